"""What can go wrong, by whose fault it is: yours, nobody's, or ours for now."""

import difflib


class SymbpError(Exception):
    """Every error that symbp raises on purpose. Its text is one line: what, where, what to do."""


class InputError(SymbpError):
    """Your input is wrong: a file, a name, a shape, an option."""


class ImpossibleError(SymbpError):
    """This cannot be done, by anybody: a derivative that does not exist, a gradient of a constant."""


class UnsupportedError(SymbpError):
    """This is not done yet."""


def nearest(word: str, known: list[str]) -> str:
    """Return a hint ``; did you mean 'x'?`` for a misspelt word, or an empty string.

    >>> nearest("sigmiod", ["tanh", "sigmoid"])
    "; did you mean 'sigmoid'?"
    """
    found = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {found[0]!r}?" if found else ""
