"""Files that are to be checked: found in folders, and read within a limit."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError

ENDINGS = (".md", ".markdown", ".mdx", ".qmd", ".rmd", ".tex", ".ipynb", ".html", ".htm", ".rst", ".txt")
MOST_BYTES = 1 << 28  # of one document
NOTHING = "no equation found, so nothing can be checked"


@dataclass(frozen=True, slots=True)
class Found:
    """The path of a document; ``searched`` where it was found in a folder instead of being named."""

    path: str
    searched: bool = False


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, of which there must not be too much.

    Raises:
        InputError: there is none, or it is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    if len(content) > MOST_BYTES:
        raise InputError(f"{path}: larger than {MOST_BYTES >> 20} MB")
    return content


def side_of(document: str) -> Path:
    """Return where the side file of a document stands.

    >>> side_of("notes/homework.md").name
    'homework.symbp.toml'
    """
    return Path(document).with_suffix(".symbp.toml")


def decoded(name: str, data: bytes) -> str:
    """Return the text of a document.

    Raises:
        InputError: it is no text.
    """
    if b"\0" in data[:65536]:
        raise InputError(f"{name}: not a text document")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 text (byte {error.start} is {data[error.start]:#04x})") from None


def found_in(paths: Iterable[str]) -> Iterator[Found]:
    """Yield the documents among some paths, each once; folders are searched for files with the known endings.

    Raises:
        InputError: a folder has none.
    """
    seen: set[str] = set()
    for path in paths:
        inside = list(_within(path)) if os.path.isdir(path) else [path]
        if not inside:
            raise InputError(f"{path}: no document in this folder ({', '.join(ENDINGS)})")
        for document in inside:
            if os.path.realpath(document) not in seen:
                seen.add(os.path.realpath(document))
                yield Found(document, document != path)


def _within(folder: str) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if os.path.splitext(name)[1].lower() in ENDINGS and not name.startswith("."):
                yield os.path.join(place, name)


def keep_apart(output: str | None, documents: Iterable[Found], *, annotated: bool = False) -> None:
    """Refuse to write a report over one of the documents, or a document of one kind under the name of another.

    Raises:
        InputError: the output is one of them, or ends like another kind.
    """
    for document in documents if output is not None else ():
        if os.path.realpath(output or "") == os.path.realpath(document.path):
            raise InputError(f"{output}: is itself a document to be checked; name another file")
        kinds = [os.path.splitext(name)[1].lower() for name in (output or "", document.path)]
        if annotated and kinds[1] != ".txt" and kinds[0] != kinds[1] and {".tex", ".ipynb"} & {*kinds}:
            raise InputError(f"{output}: the annotated {document.path} must end in {kinds[1]}")


def read_document(path: Path) -> str:
    """Return the text of a file.

    Raises:
        InputError: there is none, or it is no text.
    """
    return decoded(str(path), read_bytes(path))
