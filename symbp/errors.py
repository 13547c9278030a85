"""What can go wrong, by whose fault it is: yours, nobody's, or ours for now."""

import difflib
import re
from collections.abc import Mapping, Sequence


class SymbpError(Exception):
    """Every error that symbp raises on purpose. Its text is one line: what, where, what to do."""


class InputError(SymbpError):
    """Your input is wrong: a file, a name, a shape, an option."""


class ImpossibleError(SymbpError):
    """This cannot be done, by anybody: a derivative that does not exist, a gradient of a constant."""


class UnsupportedError(SymbpError):
    """This is not done yet."""


def in_one_line(error: BaseException) -> str:
    r"""Return the kind of an error that somebody's code raised, and the first line of what it says.

    >>> in_one_line(ValueError("shapes differ\n(2,) and (3,)"))
    'ValueError: shapes differ'
    """
    said = str(error).strip().splitlines()
    return ": ".join([type(error).__name__, *said[:1]])


def nearest(word: str, known: list[str]) -> str:
    """Return a hint ``; did you mean 'x'?`` for a misspelt word, or an empty string.

    >>> nearest("sigmiod", ["tanh", "sigmoid"])
    "; did you mean 'sigmoid'?"
    """
    found = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {found[0]!r}?" if found else ""


_MISSING = re.compile(r"Object missing required field `(?P<key>.*?)`(?: - at `\$\.?(?P<table>\w*)`)?$")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>.*?)`(?: - at `\$\.?(?P<table>\w*)`)?$")


def explained(message: str, tables: Mapping[str, Sequence[str]]) -> str:
    """Return what is wrong with a TOML file, by key and table, from what msgspec says and the keys of each table.

    >>> explained("Object contains unknown field `lke`", {"": ["like", "names"]})
    "unknown key 'lke' in the file; did you mean 'like'? (known: like, names)"
    """
    found = _MISSING.match(message) or _UNKNOWN.match(message)
    if found is None:
        return re.sub(r" - at `\$\.?(.*)`$", r" (at \1)", message)
    key, table = found["key"], found["table"] or ""
    place = f"[{table}]" if table else "the file"
    if found.re is _MISSING:
        return f"{key!r} is missing in {place}: add it"
    known = list(tables.get(table, ()))
    return f"unknown key {key!r} in {place}{nearest(key, known)} (known: {', '.join(known)})"
