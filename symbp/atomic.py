"""Writing files: a reader sees the old content or the new one, never a part."""

import os
import secrets
from pathlib import Path

from .errors import InputError


def write_file(path: str | Path, content: str | bytes) -> None:
    """Write a file atomically: a temporary file in the same folder, fsync, rename. Text is written as UTF-8.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_file(f"{folder}/a.txt", "new")
        ...     Path(folder, "a.txt").read_text()
        'new'

    Raises:
        InputError: the file cannot be written; the text names it and says why.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a device or a pipe: there is nothing to replace
        else:
            _replace(target, data)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None


def _replace(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _mode(target))
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _mode(target: Path) -> int:
    return target.stat().st_mode & 0o777 if target.exists() else 0o666


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
