"""Reports kept from one run to the next, each under a key made of everything that it depends on."""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..atomic import write_file
from ..errors import InputError
from ..version import __version__

MOST_ENTRIES = 2000


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder with one file a report; what cannot be read or written there is as if it were not."""

    folder: Path

    def get(self, key: str) -> dict[str, Any] | None:
        """Return what was put under a key, if it is there and whole."""
        try:
            digest, _, text = self._path(key).read_text("utf-8").partition("\n")
            found = json.loads(text) if digest == _digest(text.encode("utf-8", "surrogatepass")) else None
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def put(self, key: str, report: dict[str, Any]) -> None:
        """Keep a report; the oldest ones go when there are too many."""
        text = json.dumps(report)
        with suppress(OSError, InputError):
            self.folder.mkdir(parents=True, exist_ok=True)
            write_file(self._path(key), f"{_digest(text.encode())}\n{text}")
            self._trim()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def _trim(self) -> None:
        entries = list(self.folder.glob("*.json"))
        if len(entries) > MOST_ENTRIES:
            by_age = sorted(entries, key=lambda entry: entry.stat().st_mtime)
            for entry in by_age[: len(entries) - MOST_ENTRIES * 9 // 10]:
                entry.unlink(missing_ok=True)


def user_cache() -> Cache:
    """Return the cache in the folder where the user's system keeps such things."""
    home = Path.home()
    usual = {"win32": os.environ.get("LOCALAPPDATA"), "darwin": str(home / "Library" / "Caches")}
    folder = os.environ.get("XDG_CACHE_HOME") or usual.get(sys.platform) or str(home / ".cache")
    return Cache(Path(folder) / "symbp" / "check")


def key_of(content: bytes, *options: str) -> str:
    """Return the key of a report: the document, the options, and symbp itself.

    >>> key_of(b"$a = b$", "en") == key_of(b"$a = b$", "en"), key_of(b"$a = b$", "en") == key_of(b"$a = b$", "zh")
    (True, False)
    """
    parts = [__version__, _own_sources(), json.dumps(options), _digest(content)]
    return _digest("\n".join(parts).encode())


@cache
def _own_sources() -> str:
    """Return a digest of the code of symbp: a changed checker judges anew."""
    return _digest(b"\0".join(_sources(Path(__file__).parents[1])))


def _sources(package: Path) -> Iterator[bytes]:
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".toml"):
            yield path.read_bytes()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
