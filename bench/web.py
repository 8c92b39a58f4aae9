"""First view of a report in Chromium, as ratios to a bare page of the same text.

A slow phone is a processor at a quarter of its speed and a line of 1.6 Mbit/s with 150 ms.
The book must be built; files come compressed, as from a web server.
"""

from __future__ import annotations

import gzip
import html
import shutil
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.project import HERE
from bench.results import record
from tests.support.get_chromium import find
from tests.support.node import UnavailableError, open_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RUNS = 3
BITS, LATENCY, SLOWER = 1_600_000, 150, 4
PHONE = {"width": 360, "height": 740}
BARE = "bare.html"
QUERY = "hỏa táng"
_WATCH = """
window.shift = 0;
new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shift += one.value;
}).observe({type: "layout-shift", buffered: true});
"""
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


class Handler(SimpleHTTPRequestHandler):
    """A plain web server that compresses text."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        packed = path.suffix in (".html", ".css", ".js", ".svg")
        data = gzip.compress(data, 6) if packed else data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def view(browser: Browser, url: str, *, search: bool = False) -> dict[str, float]:
    """Return KB, requests, layout shift and seconds to the first paint and the first hit."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(_WATCH)
    line = context.new_cdp_session(page)
    sent: list[float] = []
    line.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    speed = BITS / 8
    line.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY,
        "downloadThroughput": speed, "uploadThroughput": speed,
    })  # fmt: skip
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, wait_until="networkidle")
    seen = {
        "kb": sum(sent) / 1000,
        "requests": float(len(sent)),
        "shift": float(page.evaluate("window.shift")),
        "paint_s": float(page.evaluate(_PAINTED)) / 1000,
    }
    if search:
        started = page.evaluate("performance.now()")
        page.fill("#search", QUERY)
        page.wait_for_selector("#search-results li", timeout=60_000)
        seen["hit_s"] = (page.evaluate("performance.now()") - started) / 1000
    context.close()
    return seen


def bare(browser: Browser, page: Path, target: Path) -> None:
    """Write the text of a page without anything else."""
    reader = browser.new_page()
    reader.goto(page.as_uri())
    lines = reader.inner_text("main").splitlines()
    reader.close()
    body = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())
    text = f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>x</title>{body}'
    target.write_text(text, encoding="utf-8")


def middle(browser: Browser, url: str, *, search: bool = False) -> dict[str, float]:
    """Return the median of several views."""
    views = [view(browser, url, search=search) for _ in range(RUNS)]
    return {key: median(one[key] for one in views) for key in views[0]}


def main(book: Path) -> None:
    """Measure the first report of a built book, and its first page; record."""
    report = next(iter(sorted(book.rglob("reports/*-[0-9][0-9][0-9][0-9]/*.html"))), None)
    if report is None:
        raise SystemExit(f"{book}: no report is built; run make book first")
    try:
        chromium = find()
    except UnavailableError as reason:
        print(f"web: not measured, {reason}")
        return
    with tempfile.TemporaryDirectory() as name, open_playwright() as playwright:
        root = Path(name) / "site"
        shutil.copytree(book, root)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(root)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/"
        try:
            with chromium.launch(playwright) as browser:
                bare(browser, report, root / BARE)
                plain = middle(browser, base + BARE)
                place = report.relative_to(book).as_posix()
                own = middle(browser, base + place, search=True)
                home = middle(browser, f"{base}index.html")
        finally:
            server.shutdown()
            server.server_close()
    record(
        web_kb=round(own["kb"]),
        web_requests=int(own["requests"]),
        web_shift=round(own["shift"], 3),
        web_paint_s=round(own["paint_s"], 2),
        web_hit_s=round(own["hit_s"], 2),
        web_kb_ratio=round(own["kb"] / plain["kb"], 2),
        web_paint_ratio=round(own["paint_s"] / plain["paint_s"], 2),
        web_home_kb=round(home["kb"]),
        web_home_paint_s=round(home["paint_s"], 2),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE / "_book")
