"""Learning rates that a sentence gives: ``with a learning rate ($\\eta$) of 0.1``."""

import re
from collections.abc import Iterator

from .delimiters import Passage

_LETTER = re.compile(r"\s*(?:\\(?:eta|alpha|epsilon|gamma|mu|lambda)|[ηαεγμλ]|lr)\s*\Z")
_RATE = re.compile(
    r"(?:learning[ -]?rate|step[ -]?size|学习率|學習率|学习速率|学習率|학습률|taux d['’]apprentissage|lernrate|tasa de "
    r"aprendizaje|taxa de aprendizado|скорость обучения|tốc độ học|hệ số học)[\s,，:：(（*是为]{0,4}\Z",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"[)）]?[ *:：,，]{0,4}(?:을|를|은|는|이|가|is|of|to|as|be|at|为|是|取|设为|設為|を|は"
    r"|de|von|igual a|là|bằng)?[ *]{0,4}(?P<value>\d?\.\d+|1)"
    r"(?!\d|%|\.\d|\s*(?:to|or|and|和|或|bis|[-–~,、×*/^]\s*\d|\\))",
    re.IGNORECASE,
)


def rates(text: str, found: list[Passage]) -> Iterator[Passage]:
    """Yield the learning rates that sentences give for a letter between delimiters.

    >>> from symbp.documents.delimiters import delimited
    >>> text = "The learning rate ($\\\\eta$) is 0.1 here."
    >>> [rate.text for rate in rates(text, list(delimited(text)))]
    ['\\\\eta = 0.1']
    """
    for passage in found:
        start, end = passage.outer
        if not _LETTER.match(passage.text) or not _RATE.search(text[max(0, start - 40) : start]):
            continue
        if value := _VALUE.match(text[end : end + 40]):
            given = f"{passage.text.strip()} = {value['value']}"
            yield Passage(given, passage.start, "inline", (start, end + value.end()), made=True)
