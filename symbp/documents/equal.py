"""Two indices that the text beside a formula says are equal: ``= a_i (1 - a_i) \\quad \\text{if } i = j``."""

from __future__ import annotations

import re

from .splitting import Part

_EQUAL = re.compile(r"(?<![\w\\^{_.])(?P<one>[a-z])\s{0,3}=\s{0,3}(?P<other>[a-z])(?![\w(^\\'.])")
_BEFORE = re.compile(
    r"(?:[\s,;(&]|\\[,;:! ]|\\q?quad(?![a-z])|\\(?:text|mbox|textrm|mathrm)\{[^{}]{0,40}\}|[^\W\d_]{2,9}\s)*\Z"
)


def beside(parts: tuple[Part, ...], after: tuple[Part, ...] | None, text: str) -> tuple[str, str] | None:
    """Return the two letters that the text after a chain says are equal, up to the next chain of its passage.

    Args:
        parts: the members of the chain.
        after: those of the next chain in the passage; the condition may itself have been taken for a chain.
        text: the passage.
    """
    end = parts[-1].start + len(parts[-1].text)
    if after is not None and _EQUAL.fullmatch(f"{after[0].text}={after[-1].text}"):
        until = after[-1].start + len(after[-1].text)
    else:
        until = after[0].start if after is not None else len(text)
    said = _EQUAL.search(text, end, until)
    if said is None or said["one"] == said["other"] or not _BEFORE.match(text[end : said.start()]):
        return None
    return said["one"], said["other"]
