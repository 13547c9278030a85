"""Index marks that a formatter took for emphasis: ``w*{2,1}`` and ``o*1`` where ``w_{2,1}`` and ``o_1`` are meant."""

import re

_SURE = re.compile(r"[A-Za-z]\*\{\w{1,9},\s?\w{1,9}\}")  # a product with such braces is nothing
_FORMULA = re.compile(r"(?<!\\)\\\(.{1,2000}?\\\)|(?<![\\$])\$(?!\$)[^$\n]{1,2000}\$(?!\$)")
_MARK = re.compile(r"(?<=[A-Za-z])\*(?=\{?\w)")


def with_indices(text: str) -> str:
    r"""Return a text with the index marks of its inline formulas, where a formatter made stars of pairs of them.

    >>> with_indices(r"\(w*{2,1} = 0.2\) and \(o*1 = 2 * 0.3\)")
    '\\(w_{2,1} = 0.2\\) and \\(o_1 = 2 * 0.3\\)'
    >>> with_indices(r"\(y = a*b\)")
    '\\(y = a*b\\)'
    """
    if not _SURE.search(text):
        return text
    return _FORMULA.sub(lambda formula: _MARK.sub("_", formula[0]), text)
