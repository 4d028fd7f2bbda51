"""Pages as a browser has them, on a screen and on a phone: for the tests and for the whole site.

    python tests/crawl.py SITE    # every page of a folder; exit status 1 for a fault

It is served below the path that its address has in mkdocs.yml.

One Chromium opens each page in a frame and tells this process what it found: errors, links
that lead nowhere, what a check of accessibility (axe) objects to in light and in dark, how
wide the page is, and what further words asked for.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
DARK = "@media screen and (prefers-color-scheme: dark)"
BROWSERS_AT_ONCE = 2  # each takes one processor
PHONE = 390  # pixels
# What a page has before all else: its errors are kept, and colours change at once.
WATCH = b"""<head><script>
faults = []; onerror = message => { faults.push(message); };
onunhandledrejection = event => { faults.push(String(event.reason)); };
console.error = (...words) => { faults.push(words.join(" ")); };
</script><style>* { transition: none !important; }</style>"""
# Rule -> what is not held to it: a script of the documentation's theme puts each button that copies
# a block into a landmark, and gives none of them a name.
SPARED = {"landmark-unique": ".md-code__nav"}
MOST = 1500  # seconds for all pages, beside other checks on a small machine
HOST = """<!DOCTYPE html><html lang="en"><title>Crawl</title><body><script>
const visits = {}, known = {}, dark = %(dark)s, spared = %(spared)s;
async function leads(url) {
  const [file, id] = url.split("#");
  known[file] ??= fetch(file).then(async answer => answer.ok && {text: await answer.text()});
  const found = await known[file];
  return found && (!id || found.text.includes(` id="${decodeURIComponent(id)}"`));
}
async function visit(page) {
  const frame = document.createElement("iframe"), url = `${location.origin}/${page}`;
  frame.style = "width:%(phone)dpx;height:800px;border:0";
  frame.src = url;
  document.body.append(frame);
  await new Promise(done => { frame.onload = done; });
  const inner = frame.contentWindow, found = frame.contentDocument, errors = inner.faults;
  const wide = found.documentElement.scrollWidth;
  const measured = await inner.eval(%(measure)s);
  const links = [...found.querySelectorAll("[href], [src]")].map(part => part.href || part.src);
  const own = [...new Set(links)].filter(link => link.startsWith(location.origin));
  const dead = [];
  for (const link of own) if (!await leads(link)) dead.push(link.slice(location.origin.length));
  frame.style.width = "1200px";
  inner.eval(axe);
  const violations = [];
  for (const theme of ["light", "dark"]) {
    if (theme === "dark") {
      for (const style of found.querySelectorAll("style"))
        style.textContent = style.textContent.replaceAll(dark, "@media all");
      found.body.dataset.mdColorScheme = "slate";  // of the documentation's theme
    }
    const rules = theme === "dark" ? {runOnly: ["color-contrast"]} : {};
    const result = await inner.axe.run(found, {resultTypes: ["violations"], ...rules});
    for (const {id, nodes} of result.violations) {
      const held = ({target}) => !found.querySelector(target[0]).matches(spared[id] ?? "none");
      const node = nodes.find(held);
      if (node) violations.push(`${theme}: ${id}: ${node.html.slice(0, 200)}`);
    }
  }
  frame.remove();
  visits[page] = {errors, dead, violations, wide, links: own.length, measured};
}
let axe;
(async () => {
  axe = await (await fetch("/.axe")).text();
  for (const page of %(pages)s) {
    try { await visit(page); } catch (error) { visits[page] = {errors: [String(error)]}; }
  }
  await fetch("/.visits", {method: "POST", body: JSON.stringify(visits)});
})();
</script>"""


def crawl(
    folder: Path, pages: list[str], browser: str, measure: str = "null"
) -> dict[str, dict[str, Any]]:
    """What the browser tells of each page; `measure` is a script whose value comes back too."""
    visits: dict[str, dict[str, Any]] = {}
    heard = threading.Event()
    words = {"pages": pages, "dark": DARK, "spared": SPARED, "measure": measure}
    texts = {name: json.dumps(value).replace("</", "<\\/") for name, value in words.items()}
    spec = find_spec("axe_core_python")
    assert spec is not None and spec.origin is not None
    own = {
        "/.host": ("text/html", (HOST % {**texts, "phone": PHONE}).encode()),
        "/.axe": ("text/javascript", (Path(spec.origin).parent / "axe.min.js").read_bytes()),
    }

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            file = Path(self.translate_path(self.path))
            if self.path in own:
                kind, body = own[self.path]
            elif file.suffix == ".html" and file.is_file():
                kind, body = "text/html", file.read_bytes().replace(b"<head>", WATCH, 1)
            else:
                return super().do_GET()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)
            return None

        def do_POST(self) -> None:
            visits.update(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()
            heard.set()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        running = subprocess.Popen(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
             "--no-first-run", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--blink-settings=primaryHoverType=2,availableHoverTypes=2",
             "--remote-debugging-port=0", "--window-size=1200,800",
             f"--user-data-dir={profile}", f"http://127.0.0.1:{server.server_port}/.host"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            ends = time.monotonic() + MOST
            while not heard.wait(1) and running.poll() is None and time.monotonic() < ends:
                pass
        finally:
            running.terminate()
            running.wait()
            server.shutdown()
            server.server_close()
    return visits


def faults(visits: dict[str, dict[str, Any]], pages: list[str]) -> list[str]:
    """What is wrong with the pages, a line each."""
    found = [f"{page}: the browser told nothing of it" for page in pages if page not in visits]
    for page, visit in visits.items():
        for kind in ("errors", "dead", "violations"):
            found += [f"{page}: {kind}: {what}" for what in visit.get(kind, [])]
        if visit.get("wide", 0) > PHONE:
            found.append(f"{page}: {visit['wide']} pixels wide on a phone of {PHONE}")
    return found


if __name__ == "__main__":
    import shutil
    import urllib.parse
    from concurrent.futures import ThreadPoolExecutor

    import yaml

    site = Path(sys.argv[1]).resolve()
    settings = yaml.safe_load((site.parent / "mkdocs.yml").read_text(encoding="utf-8"))
    below = urllib.parse.urlsplit(settings["site_url"]).path.strip("/")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("NO BROWSER: no page was opened in one")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "served", below)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(site)
        names = [file.relative_to(site) for file in sorted(site.rglob("*.html"))]
        pages = [Path(below, name).as_posix() for name in names]
        opened = partial(crawl, Path(folder, "served"), browser=browser)
        with ThreadPoolExecutor(BROWSERS_AT_ONCE) as pool:
            parts = pool.map(opened, (pages[n::BROWSERS_AT_ONCE] for n in range(BROWSERS_AT_ONCE)))
            visits = {page: visit for part in parts for page, visit in part.items()}
    found = faults(visits, pages)
    links = sum(visit.get("links", 0) for visit in visits.values())
    print("\n".join([*found, f"{len(visits)} pages, {links} links within, {len(found)} faults"]))
    sys.exit(bool(found))
