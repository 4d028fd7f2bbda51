"""What the search of the built site finds first, in a browser: python tests/site_search.py SITE"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import crawl

FIRST = {  # what is typed -> the address of what is found first
    "how many": "how-to/recipes/#say-how-many-states-are-bound-and-since-when",
    "cite": "how-to/recipes/#cite-an-answer-in-a-footnote",
    "pandas": "how-to/recipes/#make-a-table-for-pandas",
    "install": "#install-it",
    "lithuania": "record/ottawa/ltu.html",
}
TYPE = """(async () => {
  const all = root => [...root.querySelectorAll("*")].flatMap(
    element => [element, ...element.shadowRoot ? all(element.shadowRoot) : []]);
  const until = async find => {
    for (let tries = 0; tries < 200; tries++) {
      const found = find();
      if (found) return found;
      await new Promise(done => setTimeout(done, 100));
    }
  };
  const first = () => all(document).find(
    element => element.matches("a[href]") && element.getRootNode() !== document)?.href;
  (await until(() => document.querySelector(".md-search__button"))).click();
  const field = await until(() => all(document).find(element => element.matches("[placeholder]")));
  const found = {};
  for (const words of %s) {
    const before = first();
    field.value = words;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    found[words] = await until(() => first() !== before && first());
  }
  return found;
})()"""

if __name__ == "__main__":
    browser = next(filter(None, map(shutil.which, crawl.BROWSERS)), None)
    if browser is None:
        sys.exit("NO BROWSER: nothing was typed into the search")
    visits = crawl.crawl(Path(sys.argv[1]), ["index.html"], browser, TYPE % json.dumps(list(FIRST)))
    found = visits.get("index.html", {}).get("measured") or {}
    wrong = [words for words, place in FIRST.items() if not str(found.get(words)).endswith(place)]
    print("\n".join(f"{words}: {found.get(words)}" for words in FIRST))
    sys.exit(f"not found first: {', '.join(wrong)}" if wrong else 0)
