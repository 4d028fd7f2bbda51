"""Pages as a browser has them, on a screen and on a phone: for the tests and for the whole site.

    python tests/crawl.py SITE FOLDER    # every page of a folder of it; exit status 1 for a fault

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
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
DARK = "@media screen and (prefers-color-scheme: dark)"
PHONE = 390  # pixels
MOST = 1500  # seconds for all pages, beside other checks on a small machine
HOST = """<!DOCTYPE html><html lang="en"><title>Crawl</title><body><script>
const visits = {}, known = {}, dark = %(dark)s;
async function leads(url) {
  const [file, id] = url.split("#");
  known[file] ??= fetch(file).then(async answer => answer.ok && {text: await answer.text()});
  const found = await known[file];
  return found && (!id || found.text.includes(` id="${decodeURIComponent(id)}"`));
}
async function visit(page) {
  const frame = document.createElement("iframe"), url = `${location.origin}/${page}`;
  frame.style = "width:%(phone)dpx;height:800px;border:0";
  const watch = `<base href="${url}"><script>faults = []; onerror = m => { faults.push(m) }</`;
  const text = await (await fetch(url)).text();
  frame.srcdoc = text.replace("<head>", () => `<head>${watch}script>`);
  document.body.append(frame);
  await new Promise(done => { frame.onload = done; });
  const inner = frame.contentWindow, found = frame.contentDocument, errors = inner.faults;
  const wide = found.documentElement.scrollWidth;
  const measured = inner.eval(%(measure)s);
  const links = [...found.querySelectorAll("[href], [src]")].map(part => part.href || part.src);
  const own = [...new Set(links)].filter(link => link.startsWith(location.origin));
  const dead = [];
  for (const link of own) if (!await leads(link)) dead.push(link.slice(location.origin.length));
  frame.style.width = "1200px";
  inner.eval(axe);
  const violations = [];
  for (const theme of ["light", "dark"]) {
    if (theme === "dark") for (const style of found.querySelectorAll("style"))
      style.textContent = style.textContent.replaceAll(dark, "@media all");
    const rules = theme === "dark" ? {runOnly: ["color-contrast"]} : {};
    const result = await inner.axe.run(found, {resultTypes: ["violations"], ...rules});
    for (const violation of result.violations)
      violations.push(`${theme}: ${violation.id}: ${violation.nodes[0].html.slice(0, 200)}`);
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
    words = {"pages": pages, "dark": DARK, "measure": measure}
    texts = {name: json.dumps(value).replace("</", "<\\/") for name, value in words.items()}
    spec = find_spec("axe_core_python")
    assert spec is not None and spec.origin is not None
    own = {
        "/.host": ("text/html", (HOST % {**texts, "phone": PHONE}).encode()),
        "/.axe": ("text/javascript", (Path(spec.origin).parent / "axe.min.js").read_bytes()),
    }

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path not in own:
                return super().do_GET()
            kind, body = own[self.path]
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
             "--disable-sync", "--remote-debugging-port=0", "--window-size=1200,800",
             f"--user-data-dir={profile}", f"http://127.0.0.1:{server.server_port}/.host"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            heard.wait(MOST)
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

    site, folder = map(Path, sys.argv[1:])
    files = sorted((site / folder).rglob("*.html"))
    pages = [file.relative_to(site).as_posix() for file in files]
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("NO BROWSER: no page was opened in one")
    visits = crawl(site, pages, browser)
    found = faults(visits, pages)
    links = sum(visit.get("links", 0) for visit in visits.values())
    print("\n".join([*found, f"{len(visits)} pages, {links} links within, {len(found)} faults"]))
    sys.exit(bool(found))
