"""Numbers that prose claims after so many rounds of training, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

FEWEST_DIGITS = 4  # significant ones, of a number that tells one way of updating from another
MOST_TEXT = 2_000_000  # characters that are searched
_ONES = {"a single": 1, "one": 1, "two": 2, "three": 3, "first": 1, "second": 2, "third": 3, "1st": 1, "2nd": 2}
_CHINESE = {"一": 1, "二": 2, "两": 2, "三": 3, "五": 5, "十": 10, "首": 1}
_SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "k": 1_000, "thousand": 1_000}
_NUMBER = r"(?<![\w.,^{])[-−]?\d*\.\d+(?:e[-+]?\d+|\s*(?:\\times|×)\s*10\s*\^\s*\{?\s*-?\d+\s*\}?)?"
_COUNT = r"(?P<count>\d{1,3}(?:[, ]\d{3})+|\d+)\s*(?P<scale>k|thousand)?"
_EVENTS = re.compile(
    rf"""(?P<rounds>
        (?:{_COUNT}|\b(?P<word>a\ single|one|two|three|first|second|third|1st|2nd))\$?\s+(?:more\s+|full\s+|such\s+)?
            (?:rounds?|iterations?|epochs?|times|updates?|repetitions?|training\ steps?)\b
        | 第?\s*(?P<zhcount>\d{{1,3}}(?:,\d{{3}})+|\d+|[一二两三五十首])\s*\$?\s*(?P<zhscale>[百千万]?)
            \s*(?:轮|次|遍|回|个?epoch)
      )
      | (?P<error>\b(?:total\ )?(?:error|loss|cost)\b|误差|损失|代价)
      | (?P<outputs>\boutputs?\b|输出)
      | (?P<other>\bhidden\b|\bweights?\b|\bbias(?:es)?\b|\brate\b|\binputs?\b|\btargets?\b|\boriginally\b
            |\bgradients?\b|隐藏|权重|权值|偏置|学习率|输入|目标|期望|原来|原本|梯度)
      | (?P<not>\b(?:vs|from)\b|从)
      | (?P<stop>[。！？!?;；]|\.(?=\s|$))
      | (?P<number>{_NUMBER})""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:after|repeat\w*|following|train\w*|for|with|once)\b|后|经过|完|重复|训练|迭代", re.IGNORECASE
)
_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[^\S\n]*$|<pre\b.*?</pre>|\$\$.*?\$\$", re.MULTILINE | re.DOTALL)
_BESIDE = re.compile(
    r"[(（][^()（）\n]{0,60}?(?:\bvs\b|target|desired|目标|期望|应为)[^()（）\n]{0,60}[)）]", re.IGNORECASE
)
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_ORIGINAL = re.compile(
    r"\b(?:original|old|initial)\s+(?:weights?|values)\b[^.。]{0,60}?\b(?:not|rather\s+than|instead\s+of)\b[^.。]{0,40}?"
    r"\b(?:updated|new)\b|\bnot\b[^.。]{0,30}\b(?:updated|new)\s+(?:weights?|ones)\b[^.。]{0,60}\b(?:original|old)\b"
    r"|(?:原来|原始|原先|原有|旧|更新前|未更新|尚未更新)的?\s*(?:权重|权值|参数|值)[^。]{0,20}?(?:而不是|不是|而非|不用|而不用)[^。]{0,20}?(?:更新|新)",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated|new)\s+(?:weights?|values)\b[^.。]{0,60}?\b(?:not|rather\s+than|instead\s+of)\b[^.。]{0,40}?"
    r"\b(?:original|old|initial)\b"
    r"|(?:更新后|更新过|已更新|新)的?\s*(?:权重|权值|参数|值)[^。]{0,20}?(?:而不是|不是|而非|不用)[^。]{0,20}?(?:原|旧|更新前)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a document gives for the error or for an output after so many rounds.

    Attributes:
        kind: what it is said to be.
        number: as it is printed, in plain digits.
        rounds: after how many rounds of training.
        line: from 1.
    """

    kind: Literal["error", "outputs"]
    number: str
    rounds: int
    line: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence about which weights the updates of the hidden layers use."""

    sequential: bool
    line: int


def claims(document: str) -> Iterator[Claim]:
    """Yield what the prose of a document claims of numbers of rounds.

    >>> list(claims("After the first round the total error is 0.29103."))
    [Claim(kind='error', number='0.29103', rounds=1, line=1)]
    >>> [(claim.kind, claim.rounds) for claim in claims("训练 1 万次后，输出为 0.015912。")]
    [('outputs', 10000)]
    """
    text = _BESIDE.sub(_blank, _FENCE.sub(_blank, document[:MOST_TEXT]))
    for paragraph in _PARAGRAPH.finditer(text):
        yield from _in_paragraph(paragraph.group(), text.count("\n", 0, paragraph.start()) + 1)


def statements(document: str) -> Iterator[Statement]:
    """Yield what a document says of the weights that its updates use.

    >>> list(statements("We use the original weights, not the updated ones."))
    [Statement(sequential=False, line=1)]
    """
    for sequential, pattern in ((False, _ORIGINAL), (True, _UPDATED)):
        for found in pattern.finditer(document[:MOST_TEXT]):
            yield Statement(sequential, document.count("\n", 0, found.start()) + 1)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())


def _in_paragraph(text: str, line: int) -> Iterator[Claim]:
    carried: int | None = None
    for sentence in _sentences(text):
        events = list(sentence)
        mentioned = [(event.start(), count) for event in events if (count := _rounds(event, text)) is not None]
        kind, passed = "", False
        for event in events:
            if event.lastgroup in ("error", "outputs", "other"):
                kind = event.lastgroup
            beside, passed = passed, event.lastgroup == "not"
            if event["number"] and kind in ("error", "outputs") and not beside:
                rounds = _nearest(event.start(), mentioned, carried)
                number = _plain(event["number"])
                if rounds and number is not None:
                    place = line + text.count("\n", 0, event.start())
                    yield Claim("error" if kind == "error" else "outputs", number, rounds, place)
        carried = mentioned[-1][1] if mentioned else carried


def _sentences(text: str) -> Iterator[list[re.Match[str]]]:
    found: list[re.Match[str]] = []
    for event in _EVENTS.finditer(text):
        if event["stop"]:
            yield found
            found = []
        else:
            found.append(event)
    yield found


def _rounds(event: re.Match[str], text: str) -> int | None:
    """Return the number of rounds that an event mentions, where the words around it say that they are over."""
    if not event["rounds"] or not _AFTER.search(text, max(0, event.start() - 40), event.end() + 8):
        return None
    if event["word"]:
        return _ONES[" ".join(event["word"].lower().split())]
    digits = event["count"] or event["zhcount"]
    scale = _SCALES[(event["scale"] or event["zhscale"] or "").lower()]
    number = _CHINESE.get(digits) or int(re.sub(r"\D", "", digits)[:12] or 0)
    return number * scale


def _nearest(place: int, mentioned: list[tuple[int, int]], carried: int | None) -> int | None:
    """Return the last number of rounds before a place of a sentence, else the first after it, else the one carried."""
    before = [count for start, count in mentioned if start < place]
    after = [count for start, count in mentioned if start > place]
    return before[-1] if before else after[0] if after else carried


def _plain(text: str) -> str | None:
    """Return a printed number in plain digits; nothing where it has too few of them to tell anything."""
    digits = re.sub(r"\s", "", text).replace("−", "-").lower()
    digits = re.sub(r"(?:\\times|×)10\^\{?(-?\d+)\}?", r"e\1", digits)
    significant = digits.partition("e")[0].replace(".", "").strip("-").lstrip("0")
    return digits if len(significant) >= FEWEST_DIGITS and len(digits) < 40 else None
