"""Formulas in one column of a Markdown table and their values in another, or in one column for each round."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from .delimiters import Passage

_RULE = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.MULTILINE)
_VALUE_WORDS = re.compile(
    r"value|result|numeric|数值|結果|结果|数値|值|값|결과|valor|resultado|wert|ergebnis|valeur|résultat|giá trị"
    r"|kết quả|значение|результат",
    re.IGNORECASE,
)
_FORMULA_WORDS = re.compile(
    r"formula|expression|equation|calculation|computation|公式|表达式|表達式|计算|計算|수식|계산|fórmula|expresión|cálculo"
    r"|expressão|formel|berechnung|formule|calcul|công thức|формула|вычисление",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[ \t*]*([-+−]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)[ \t*]*\Z")
_CALCULATED = re.compile(r"\s*(?:\\boxed\s*\{\s*)?[-+−]?\s*(?:\\?[\[({]|\\begin\{[bp]?matrix\}|\d)")
_WORKED = re.compile(r"[ \t*]*([-+−]?[\d(][\d\s.,()+*/×·÷^−-]*[\d)])[ \t*]*\Z")
_OPERATOR = re.compile(r"[\d)}\]][\s$]*(?:[-+*/×·÷−(]|\\times|\\cdot|\\div)|\\d?frac")
_COMMANDS = re.compile(r"\\(?:(?:begin|end)\{[bp]?matrix\}|text\{[^{}]*\}|[A-Za-z]+)|(?<=\d)e(?=[-+]?\d)|\^\{?T")
_RELATION = re.compile(r"(?<![<>!:+-])=|\\approx|≈")
_CLOSED = re.compile(r"(?:=|\\approx|≈)\s*[-+−]?\s*\d+(?:\.\d+)?\s*\Z")  # its value stands in it
_LABELLED = re.compile(r"(?:[^\W\d_]{2,30}[ ]){1,5}(?P<name>[^\W\d_](?:_?\w{1,2})?)[ \t*]*\Z")
_PLAIN = re.compile(  # a symbol without delimiters; a letter alone only below a heading that says so
    r"[ \t*]*(?P<name>(?P<lone>[A-Za-z])|[α-ωΑ-Ω](?:_?\w{1,3})?|[^\W\d_]{1,6}_[^\W_]{1,5}"
    r"|[^\W\d_](?:\d{1,2}|[₀-₉ₐ-ₜᵢᵣₕ]{1,3}))[ \t*]*\Z"
)
_SIGNS = re.compile(r"[\d=+*/^$·×→]")  # of a formula
_SYMBOLS = re.compile(
    r"symbol|variable|parameter|weight|bias|符号|变量|參數|参数|权重|기호|변수|símbolo|paramètre", re.IGNORECASE
)
_SLOPES = re.compile(
    r"gradient|derivative|slope|delta|change|[Δδ∂∇]|\\(?:partial|delta|Delta|nabla)|梯度|导数|偏导|기울기|勾配|derivada|dérivée"
    r"|ableitung|градиент|производная|đạo hàm",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:^|[\s$*(])([a-z])[\s$*)]*$")
_QUANTITY = r"(?<![A-Za-z\\])(\\?[A-Za-z]+)_(?:{{)?{letter}(?:}})?(?![A-Za-z\d])"
LONGEST = 20_000  # characters of a line of a table

Cell = tuple[int, int]  # from where to where it reaches


def tables(text: str, found: list[Passage]) -> Iterator[Passage]:
    """Yield a formula and its value as one chain, for each row of a table that pairs them.

    >>> text = "| what | value |\\n|---|---|\\n| $a$ | 0.5 |"
    >>> from symbp.documents.delimiters import delimited
    >>> [" ".join(row.text.split()) for row in tables(text, list(delimited(text)))]
    ['a = 0.5']
    """
    at = place = 0
    for rule in _RULE.finditer(text):
        if "|" not in rule.group() or rule.start() == 0 or rule.start() < place:
            continue
        head = text[text.rfind("\n", 0, rule.start() - 1) + 1 : rule.start() - 1]
        place = rule.end() + 1
        while (line := _line(text, place)) and "|" in line:
            while at < len(found) and found[at].start < place:
                at += 1
            inside = []
            while at < len(found) and found[at].start < place + len(line):
                inside.append(found[at])
                at += 1
            yield from _read(text, _cells(line, place, inside), inside, head, rule.start())
            place += len(line) + 1


def _read(text: str, cells: list[Cell], inside: list[Passage], head: str, table: int) -> Iterator[Passage]:
    """Yield what a row pairs: within each part of it where several tables stand side by side."""
    heads = _split(head)
    parts = _parts(text, cells, inside)
    for start, end in parts:
        own, above = cells[start:end], heads[start:end]
        found = list(_rounds(text, own, inside, above, table))
        found = found or (list(_numbered(text, own, inside, heads)) if not parts[1:] else [])
        yield from found or _row(text, own, inside, above)


def _parts(text: str, cells: list[Cell], inside: list[Passage]) -> list[Cell]:
    """Return from where to where the parts of a row reach: a formula behind a value begins another."""
    starts, valued = [0], False
    for place, cell in enumerate(cells):
        formula = _only(text, cell, inside)
        if valued and formula is not None and not _is_calculated(formula.text):
            starts.append(place)
            valued = False
        valued = valued or _number(text, cell, formula) is not None
    return [*zip(starts, [*starts[1:], len(cells)], strict=True)]


def _line(text: str, place: int) -> str:
    end = text.find("\n", place, place + LONGEST)
    return text[place : len(text) if end < 0 and len(text) - place < LONGEST else max(end, place)]


def _split(head: str) -> list[str]:
    return head.strip(" \t>").removeprefix("|").removesuffix("|").split("|")


def _cells(line: str, place: int, inside: list[Passage]) -> list[Cell]:
    """Return the cells of a row; a bar within a formula parts none."""
    spans = [passage.outer for passage in inside]
    bars = [place + found.start() for found in re.finditer(r"(?<!\\)\|", line)]
    bars = [bar for bar in bars if not any(start <= bar < end for start, end in spans)]
    edges = [place - 1, *bars, place + len(line)]
    cells = [(left + 1, right) for left, right in zip(edges, edges[1:], strict=False)]
    if cells and not line[: bars[0] - place].strip(" \t>") if bars else False:
        cells = cells[1:]
    return cells


def _rounds(text: str, cells: list[Cell], inside: list[Passage], head: list[str], table: int) -> Iterator[Passage]:
    """Yield a formula, or a quantity that words name, with each of its values: one for each round of an iteration."""
    whole = [_only(text, cell, inside) for cell in cells]
    values = [(k, value) for k, cell in enumerate(cells) if (value := _number(text, cell, whole[k]))]
    if len(values) < 2 or not values[0][0]:
        return
    last = values[0][0] - 1
    formula = whole[last] if whole[last] is not None else _labelled(text, cells[last])
    if formula is None or _is_calculated(formula.text) or _CLOSED.search(formula.text):
        return
    if not _SLOPES.search(formula.text):  # a gradient is no value of the weight beside it
        values = [(k, value) for k, value in values if k >= len(head) or not _SLOPES.search(head[k])]
    if len(values) < 2:
        return
    if _RELATION.search(formula.text) or _is_name(formula.text):
        for k, value in values:
            yield replace(_joined(text, formula, value), turn=(table, k))


def _numbered(text: str, cells: list[Cell], inside: list[Passage], heads: list[str]) -> Iterator[Passage]:
    """Yield the values of a numbered row, for the quantities that the head names: ``a_2`` below ``a_t``."""
    letter = _COUNTED.search(heads[0])
    place = re.fullmatch(r"[ \t*$]*(\d{1,3})[ \t*$]*", text[slice(*cells[0])]) if cells else None
    if not letter or not place:
        return
    whole = [_only(text, cell, inside) for cell in cells]
    index = place[1] if len(place[1]) < 2 else f"{{{place[1]}}}"
    for k in range(1, min(len(cells), len(heads))):
        quantity = re.search(_QUANTITY.format(letter=letter[1]), heads[k])
        value = _number(text, cells[k], whole[k])
        if quantity and value:
            pair = f"{quantity[1]}_{index} = {text[slice(*value)]}"
            yield Passage(pair, value[0], "inline", value, made=True)


def _number(text: str, cell: Cell, passage: Passage | None) -> Cell | None:
    inner = cell if passage is None else (passage.start, passage.end)
    return _value(text, inner, None)


def _labelled(text: str, cell: Cell) -> Passage | None:
    """Return the symbol that stands after words, as in ``label y``."""
    found = _LABELLED.search(text[cell[0] : cell[1]])
    if not found:
        return None
    start, end = (cell[0] + place for place in found.span("name"))
    return Passage(text[start:end], start, "inline", (start, end))


def _symbol(text: str, cells: list[Cell], head: str) -> Passage | None:
    """Return the symbol that is all of a first cell, without delimiters, where only words stand before its value."""
    found = _PLAIN.match(text[slice(*cells[0])])
    if not found or (found["lone"] and not _SYMBOLS.search(head)):
        return None
    after = [text[slice(*cell)] for cell in cells[1:]]
    before = takewhile(lambda said: not _NUMBER.match(said), after)
    if any(_SIGNS.search(said) for said in before):
        return None
    start, end = (cells[0][0] + place for place in found.span("name"))
    return Passage(text[start:end], start, "plain", (start, end))


def _row(text: str, cells: list[Cell], inside: list[Passage], head: list[str]) -> Iterator[Passage]:
    whole = [_only(text, cell, inside) for cell in cells]
    heads = [*head, *[""] * len(cells)]
    for place in range(len(cells)):
        formula = whole[place] or _symbol(text, cells[place:], heads[place])
        if formula is None or _is_calculated(formula.text):
            continue
        related = _RELATION.search(formula.text) is not None
        after = [(k, _value(text, cells[k], whole[k])) for k in range(place + 1, len(cells))]
        named = [(k, value) for k, value in after if value and _VALUE_WORDS.search(heads[k])]
        values = [(k, value) for k, value in after if value]
        if related and len(values) == 1 and not _CLOSED.search(formula.text):
            named = values
        if named and len(values if related else named) == 1 and (related or _is_name(formula.text)):
            last, value = named[0]
            between = (_worked(text, cells[k], whole[k], heads[k]) for k in range(place + 1, last))
            yield _joined(text, formula, *filter(None, between), value)
        return


def _is_calculated(text: str) -> bool:
    """Whether a formula is made of numbers alone."""
    return _CALCULATED.match(text) is not None and not re.search(r"[^\W\d_]", _COMMANDS.sub("", text))


def _worked(text: str, cell: Cell, passage: Passage | None, head: str) -> Cell | None:
    """Return where what a formula is stands in a cell: the numbers put in, or below such a heading a formula."""
    if passage is None:
        found = _WORKED.match(text[slice(*cell)])
        return (cell[0] + found.start(1), cell[0] + found.end(1)) if found and _OPERATOR.search(found[1]) else None
    if _RELATION.search(passage.text):
        return None
    numbers = _is_calculated(passage.text) and _OPERATOR.search(passage.text)
    return (passage.start, passage.end) if numbers or _FORMULA_WORDS.search(head) else None


def _is_name(text: str) -> bool:
    return not re.search(r"\\(?:to|rightarrow|times|in)(?![A-Za-z])|[,<>]", re.sub(r"\{[^{}]*\}", "", text))


def _only(text: str, cell: Cell, inside: list[Passage]) -> Passage | None:
    """Return the passage that is all of a cell."""
    here = [passage for passage in inside if cell[0] <= passage.outer[0] and passage.outer[1] <= cell[1]]
    if len(here) != 1:
        return None
    around = text[cell[0] : here[0].outer[0]] + text[here[0].outer[1] : cell[1]]
    return None if around.strip(" \t*") else here[0]


def _value(text: str, cell: Cell, passage: Passage | None) -> Cell | None:
    """Return where the value in a cell stands."""
    if passage is not None:
        return (passage.start, passage.end) if _is_calculated(passage.text) else None
    number = _NUMBER.match(text[cell[0] : cell[1]])
    return (cell[0] + number.start(1), cell[0] + number.end(1)) if number else None


def _joined(text: str, formula: Passage, *values: Cell) -> Passage:
    """Return a formula and its values as a passage; a bar between them is read as the sign of equality."""
    whole, at = formula.text, formula.end
    for start, end in values:
        whole += " = ".ljust(start - at) + text[start:end]
        at = end
    return Passage(whole, formula.start, formula.kind, (formula.outer[0], at))
