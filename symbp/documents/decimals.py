"""Decimal commas: documents in many languages print 0,35 for 0.35."""

import re

_ZERO = re.compile(r"(?<![\d.,\w{])0,\d{2,}(?![\d,])")
_POINT = re.compile(r"(?<![\d.,])\d+\.\d+(?![\d.])")
_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![\d.,]\d)")
_BRACED = re.compile(r"(?<=\d)\{,\}(?=\d)")
_FRACTION = re.compile(
    r"(?<![\d.,}])(?:0\{,\}\d|\d+\{,\}(?!\d{3}(?!\d)))"
)  # where a comma in braces is no mark of thousands
_OPENED = re.compile(r"[_^]\{[^{}]*\Z")
FEWEST = 3  # numbers such as 0,35 that tell a document with decimal commas
FEW = 5  # so many times more are they there than numbers with a decimal point


def with_points(text: str) -> str:
    r"""Return a text with points for decimal commas, where it has such; places stay.

    >>> with_points("$a = 0,35 + 0,15 = 0,50$ and $w_{1,2} = 1,5$")
    '$a = 0.35 + 0.15 = 0.50$ and $w_{1,2} = 1.5$'
    >>> with_points("$a = 0{,}5, b = 1{,}664$")
    '$a = 0{.}5, b = 1{.}664$'
    """
    if _FRACTION.search(text):
        text = _BRACED.sub("{.}", text)
    zeros = len(_ZERO.findall(text))
    if zeros < FEWEST or zeros < FEW * len(_POINT.findall(text)):
        return text
    return _COMMA.sub(lambda number: _pointed(text, number), text)


def _pointed(text: str, number: re.Match[str]) -> str:
    """Return a number with a point; the numbers of an index stay two."""
    before = text[max(0, number.start() - 20) : number.start()]
    return number.group() if _OPENED.search(before) else f"{number[1]}.{number[2]}"
