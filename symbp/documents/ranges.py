r"""Ranges of several indices beside a formula: the ``, \qquad i, j \in \{0, 1\}`` behind it is no part of it."""

import re

_GAP = r"(?:[\s&~]|\\[,;:! ]|\\q?quad(?![A-Za-z]))*"
_INDEX = r"(?:[a-z]|\\(?:ell|mu|nu)(?![A-Za-z]))'?(?![A-Za-z_^({])"
_INDICES = rf"{_INDEX}(?:{_GAP},{_GAP}{_INDEX})"
_VALUE = r"(?:\d{1,4}|[A-Za-z](?![A-Za-z_^({])|\\[lc]?dots[cb]?(?![A-Za-z])|\.{3}|…)"
_VALUES = rf"={_GAP}{_VALUE}(?:{_GAP},{_GAP}{_VALUE})+"
_SET = (
    r"(?:\\\{[^{}]{0,80}\\\}|\\(?:mathbb|mathcal)(?:\s?[A-Z]|\s?\{[A-Z]\})(?:[_^](?:\w|\{[^{}]{1,30}\})){0,2}"
    r"|[\[(][^()\[\]{}]{1,40}[\])]|[A-Z](?![A-Za-z(])|\d{1,4})"
)
_IN = rf"(?:\\(?:in|geq?|leq?|gt|lt|neq?)(?![A-Za-z])|[∈≥≤≠<>]){_GAP}{_SET}"
_END = rf"(?={_GAP}(?:[.,;]|\\\\|\\end(?![A-Za-z])|\Z))"
_RANGE = re.compile(
    rf"(?:(?:,|\\q?quad(?![A-Za-z])){_GAP}"
    rf"(?:{_INDICES}+{_GAP}(?:{_IN}|{_VALUES})|[(\[]{_GAP}{_INDICES}*{_GAP}{_VALUES}{_GAP}[)\]])"
    rf"|\\q?quad(?![A-Za-z]){_GAP}{_INDICES}+){_END}"
)


def without_ranges(text: str) -> str:
    r"""Return a text in which such ranges are blank; places stay.

    >>> without_ranges(r"y_{ij} = x_i x_j, \quad i,j\in\{0,1\}").rstrip()
    'y_{ij} = x_i x_j'
    """
    return _RANGE.sub(lambda found: " " * len(found.group()), text) if "," in text else text
