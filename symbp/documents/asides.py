r"""Reasons in brackets whose brackets stand within the words: ``\text{(because } z = w x\text{)}``."""

import re

_TEXT = r"\\(?:text|mbox|textrm|mathrm|textit|textnormal)\{"
_ASIDE = re.compile(
    rf"(?P<open>{_TEXT}\s?\(\s?(?:since|because|recall|where|using)(?:\s[A-Za-z ]{{0,40}})?\}})"
    rf"(?P<said>[^(){{}}=]{{0,80}}=[^\n]{{1,200}}?)(?P<end>{_TEXT}[.\s]*\)[.\s]*\}})"
)


def with_asides(text: str) -> str:
    r"""Return a text in which such reasons are chains of their own; places stay.

    >>> with_asides(r"a = b \quad \text{(since } b = c\text{)}")
    'a = b \\quad \\text{where  } b = c        '
    """
    return _ASIDE.sub(_opened, text) if "=" in text else text


def _opened(found: re.Match[str]) -> str:
    word = "where".ljust(len(found["open"]) - len(r"\text{}"))
    return rf"\text{{{word}}}{found['said']}{' ' * len(found['end'])}"
