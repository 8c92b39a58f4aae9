"""What was rendered before, kept by what it was made from: only what changed is made anew."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path

FOLDER = ".rendered"
"""Below `reports`."""
MOST_BYTES = 2 * 2**30
"""What was not used for the longest time goes beyond this."""
_TOOLS = ("jinja2", "pypandoc-binary", "python-docx", "typst")
_SEAL = 32


@lru_cache(maxsize=1)
def renderer_digest() -> str:
    """Return the hash of all that renders: this package's code, templates, words and tools."""
    package = Path(str(resources.files("ntm_analysis")))
    parts = [package / name for name in ("book", "fonts", "locale", "tables")]
    files = [package / "spelling.py", *(path for part in parts for path in part.rglob("*"))]
    digest = hashlib.sha256()
    for path in sorted(files):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    for name in _TOOLS:
        with contextlib.suppress(metadata.PackageNotFoundError):
            digest.update(f"{name} {metadata.version(name)}".encode())
    return digest.hexdigest()


def key_of(parts: Iterable[str | bytes]) -> str:
    """Return one key for all that decides a result."""
    digest = hashlib.sha256(renderer_digest().encode())
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def digest_of(content: bytes) -> str:
    """Return the hash of a file's content."""
    return hashlib.sha256(content).hexdigest()


def digest_of_file(path: Path) -> str:
    """Return the hash of a file; of one that cannot be read, what no file has."""
    try:
        return digest_of(path.read_bytes())
    except OSError:
        return ""


class Memo:
    """Results on disk by the key of what they were made from.

    A file that was cut off or spoilt is made again: each holds the hash of its content.

    Parameters
    ----------
    folder : Path, optional
        Without one, results are kept as long as the memo is.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._held: dict[str, bytes] = {}
        self.made = 0
        """How many results were not there."""

    def has(self, key: str) -> bool:
        """Return whether the result of a key is kept."""
        return key in self._held if self._folder is None else self._path(key).is_file()

    def bytes(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the result of a key: the kept one, else what `make` gives."""
        if self._folder is None:
            if key not in self._held:
                self.made += 1
                self._held[key] = make()
            return self._held[key]
        path = self._path(key)
        kept = _read(path)
        if kept is None:
            self.made += 1
            kept = make()
            _write(path, kept)
        return kept

    def _path(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / key[:2] / key[2:]

    def text(self, key: str, make: Callable[[], str]) -> str:
        """Return the text of a key: the kept one, else what `make` gives."""
        return self.bytes(key, lambda: make().encode()).decode()

    def prune(self, most: int = MOST_BYTES) -> None:
        """Remove what was not used for the longest time, where there is more than `most` bytes."""
        if self._folder is None or not self._folder.is_dir():
            return
        files = []
        for path in self._folder.rglob("*"):
            with contextlib.suppress(OSError):
                if path.is_file():
                    known = path.stat()
                    files.append((known.st_mtime_ns, known.st_size, path))
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= most:
                return
            with contextlib.suppress(OSError):
                path.unlink()
                total -= size


def _read(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    packed = data[_SEAL:]
    if hashlib.sha256(packed).digest() != data[:_SEAL]:
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # used now
    return zlib.decompress(packed)


def _write(path: Path, content: bytes) -> None:
    packed = zlib.compress(content, 1)
    # To keep it is a convenience: a full disk shows where the book itself is written.
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(hashlib.sha256(packed).digest())
                stream.write(packed)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
