"""Formulas inside the sentences of a text that has no delimiters at all: ``The loss is L = (z - y)^2.``"""

import re
from collections.abc import Collection, Iterator

from ..formulas.functions import EXTREMES, RECTIFIERS, SPELLINGS
from ..formulas.spellings import FRACTIONS, GREEK
from .delimiters import Passage
from .plain import LONGEST, free_lines, is_arithmetic, is_computed

_TOKEN = re.compile(
    rf"[ \t]*(?:(?P<part>[{FRACTIONS}](?=[ \t]*[\w(]))"  # of what follows
    rf"|(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w%])|[{FRACTIONS}])|(?P<name>∂?[^\W\d_²³⁴]\w*['’′]*)"
    r"|(?P<sign>\*\*|-(?!-?>)|[+−*/⁄∕·×∗÷⊙@^≈]|=(?![=>]))|(?P<after>[²³⁴ᵀ])|(?P<opens>\()|(?P<closes>\))|(?P<comma>,))"
)
_HEAD = re.compile(
    r"(?<![\w∂.)\]'\"/\\^{\[+*=<>−-])(?:∂?[^\W\d_]\w*/∂?[^\W\d_]\w*|[^\W\d_]\w*['’′]*(?:\([\w, ]{1,20}\))?)"
    r"(?=[ \t]*=(?![=>]))"
)
_ENDS = re.compile(
    r"(?:[.,;:!?。，；：](?=\s|\Z)|\)|[ \t]+[^\W\d_]{2,}|[ \t]+\((?=[^()=]*[^\W\d_]{3})|\s*\Z"
    r"|[ \t]*(?:[→⇒]|-{1,2}>)(?![ \t]*[-−\d.]))"  # but not what a number becomes
)
_FUNCTIONS = frozenset({*SPELLINGS, *EXTREMES, *RECTIFIERS, "sqrt", "sum"})
_SPELT = frozenset(letter.removeprefix("\\") for letter in GREEK.values())
_WORDS = frozenset(
    "an as at be by do go he if in is it me my no of on or so to up us we".split()  # noqa: SIM905  # one line, not 22
)
_SLOPE = re.compile(r"[d∂]\w+/[d∂]\w+")


def in_sentences(text: str, taken: list[tuple[int, int]], typed: list[Passage], *, bare: bool) -> Iterator[Passage]:
    """Yield the formulas in the prose of a text that has derivatives, or formulas on lines of their own.

    >>> text = "The loss is L = (z - y)^2, so dL/dz = 2*(z - y) by the chain rule."
    >>> [passage.text for passage in in_sentences(text, [], [], bare=True)]
    ['L = (z - y)^2', 'dL/dz = 2*(z - y)']

    Args:
        text: the text.
        taken: where delimiters stand, with what is between them.
        typed: the formulas on lines of their own.
        bare: whether the text has no delimiters: in one that has them, only lines with hardly a word count.
    """
    if not typed and not _SLOPE.search(text):
        return
    heads = {name for passage in typed for name in re.findall(r"[^\W\d_]\w*", passage.text.split("=")[0])}
    for start, line in free_lines(text, sorted([*taken, *(passage.outer for passage in typed)])):
        if len(line) > LONGEST or "=" not in line or not (bare or is_computed(line)):
            continue
        at = 0
        while (head := _HEAD.search(line, at)) is not None:
            end = _end(line, head, heads)
            at = end or head.end()
            if end and is_arithmetic(formula := line[head.start() : end]):
                yield Passage(formula, start + head.start(), "plain", (start + head.start(), start + end))


def _end(line: str, head: re.Match[str], known: Collection[str]) -> int:
    """Return where the formula that a name begins ends in a sentence; 0 where none can be told from the words."""
    at, depth, operand, computed = head.end(), 0, False, False
    while token := _TOKEN.match(line, at):
        kind, called = token.lastgroup, line[token.end() : token.end() + 1] == "("
        if operand and (kind in ("number", "part", "name", "opens") or (kind in ("closes", "comma") and not depth)):
            break
        if kind == "name" and not _is_symbol(token["name"], known, called=called):
            return 0
        if kind in ("closes", "comma", "after") and not operand:
            return 0
        if kind == "sign" and not operand and at != head.end() and token["sign"] not in "+-−":
            return 0
        computed = computed or kind in ("number", "part") or (kind == "sign" and token["sign"] not in "=≈") or called
        depth += (kind == "opens") - (kind == "closes")
        operand = kind in ("number", "after", "closes") or (kind == "name" and not called)
        at = token.end()
    whole = operand and computed and not depth and _ENDS.match(line, at)
    following = re.match(r"[ \t]+([^\W\d_]\w*)", line[at:])
    return at if whole and not (following and following[1] in known) else 0


def _is_symbol(name: str, known: Collection[str], *, called: bool) -> bool:
    """Whether a word is a name in a formula, and not one of the sentence."""
    bare = name.strip("∂'’′")
    if called and bare in _FUNCTIONS:
        return True
    short = len(bare) <= 2 and bare.lower() not in _WORDS
    return short or bare in known or bare in _SPELT or not bare.isascii() or not bare.isalpha()
