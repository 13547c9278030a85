"""How what stands in brackets is read: groups, arguments, vectors, matrices, cases, bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .tokens import DETERMINANT_BEGIN, GRID_BEGIN, GRID_END
from .tree import (
    Call,
    Dots,
    Dotted,
    Group,
    Indicator,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Opaque,
    Piecewise,
    Product,
    Row,
    Sum,
    Transpose,
)
from .writing import EMPTY

if TYPE_CHECKING:
    from .reader import Reader

CLOSING = {"(": ")", "[": "]", "\\{": "\\}", "{": "}", "\\lfloor": "\\rfloor", "\\lceil": "\\rceil",
           "\\langle": "\\rangle"}  # fmt: skip
_NAMELESS = {"\\lfloor": "a number rounded down", "\\lceil": "a number rounded up", "\\langle": "angle brackets"}
COMPARISONS = {"=": "=", "<": "<", ">": ">", "\\le": "<=", "\\ge": ">=", "\\neq": "!="}
_OTHERS = {"\\in", "\\sim", "\\to", "\\notin", "\\leftarrow", "\\approx", "\\subset", "\\propto", "\\equiv"}
RELATIONS = frozenset({*COMPARISONS, *_OTHERS})
_CONDITIONS = (
    "if for when where with otherwise else elsewhere If Otherwise si sinon sino wenn falls sonst se senão caso "
    "casocontrário encasocontrario enotrocaso если иначе при nếu ngượclại 若 如果 当 當 否则 否則 其他 其它 其余"
)
CONDITIONS = frozenset(_CONDITIONS.split())
_CLOSERS = frozenset(CLOSING.values())
MOST_TOKENS_IN_BRACKETS = 60
MOST_IN_CONDITION = 200  # tokens in the bracket of an indicator


def inside(reader: Reader, step: int = 0, most: int = MOST_TOKENS_IN_BRACKETS) -> list[str]:
    """Return the tokens that stand directly in the bracket that opens some steps ahead, not in one within it."""
    depth = 0
    found: list[str] = []
    for place in range(step, step + most):
        token = reader.ahead(place)
        depth += (token.text in CLOSING) - (token.text in _CLOSERS)
        if depth == 0 or token.kind == "end":
            return found
        if depth == 1 and place > step:
            found.append(token.text)
    return []


def passed(reader: Reader) -> None:
    """Read a bracket without keeping what stands in it."""
    depth = 0
    opening = reader.here
    while reader.here.kind != "end":
        text = reader.take().text
        depth += (text in CLOSING) - (text in _CLOSERS)
        if depth <= 0:
            return
    raise reader.refuse(f"{opening.text} is not closed", opening)


def brackets(reader: Reader) -> Node:
    if reader.here.text == "\\{" and GRID_BEGIN in (
        reader.ahead().text,
        reader.ahead().text == "{" and reader.ahead(2).text,
    ):
        reader.take()
        braced = reader.skip("{")
        cases = piecewise(reader)
        if braced:
            reader.expect("}", "to close the brace")
        reader.skip("\\}")
        return cases
    if reader.here.text == "\\{" and {",", "|", ":", "\\mid", "\\in", "\\dots"} & {*inside(reader)}:
        passed(reader)
        return Opaque("a set")
    opening = reader.take().text
    body = comparison(reader, reader.expression())
    if opening in _NAMELESS:
        return _nameless(reader, body, opening)
    if opening != "{" and reader.here.text in (",", ";"):
        return listing(reader, body, CLOSING[opening])
    reader.expect(CLOSING[opening], f"to close {opening}")
    if opening == "{" or isinstance(body, Indicator):
        return body
    return Group(body, opening[-1] + CLOSING[opening][-1])


def _nameless(reader: Reader, body: Node, opening: str) -> Node:
    parts = [body]
    separated = reader.here.text == ","  # an inner product
    while reader.skip(",", "|"):
        parts.append(reader.expression())
    reader.expect(CLOSING[opening], f"to close {opening}")
    if opening == "\\langle" and len(parts) == 2 and separated:
        return Group(Product((Transpose(parts[0]), parts[1]), ("",)), "()")
    return Opaque(_NAMELESS[opening], tuple(parts))


def comparison(reader: Reader, left: Node) -> Node:
    relation = reader.skip(*COMPARISONS)
    if relation is None:
        return left
    sign = COMPARISONS[relation.text]
    if reader.skip("=") and sign in ("<", ">"):  # as in ==, or >=
        sign += "="
    return Indicator(left, sign, reader.expression())


def arguments(reader: Reader) -> tuple[Node, ...]:
    """Read what stands in the brackets after a function: with commas, conditions after a bar, comparisons."""
    among = inside(reader)
    opening = reader.take().text
    closing = CLOSING.get(opening)
    if closing is None:
        raise reader.refuse("( expected before the arguments")
    conditional = among.count("|") % 2 == 1
    reader.bars += conditional
    found = [_argument(reader)]
    while sign := reader.skip(",", ";", ":", "|", "\\|", "\\mid"):
        found.append(_argument(reader) if sign.text in ",;:" else Opaque("a condition", (_argument(reader),)))
    reader.bars -= conditional
    reader.expect(closing, "to close the arguments")
    return tuple(found)


def _argument(reader: Reader) -> Node:
    if reader.here.text in ("\\cdot", "*") and reader.ahead().text in (")", ",", "]"):
        reader.take()
        return Opaque("an argument that is left open")
    left = reader.expression()
    relation = reader.skip(*RELATIONS)
    if relation is None:
        return left
    reader.skip("=")
    return Opaque(f"a comparison with {relation.text}", (left, reader.expression()))


def listing(reader: Reader, first: Node, closing: str) -> Node:
    """Read a vector on one line; rows of rows make a matrix."""
    entries = [first]
    while reader.skip(",", ";"):
        if reader.here.text == closing:
            break
        entries.append(reader.expression())
    reader.expect(closing, "to close the vector")
    if closing == "\\}":
        return Call("set", tuple(entries))
    if all(isinstance(entry, Matrix) and len(entry.rows) == 1 for entry in entries):
        return Matrix(tuple(entry.rows[0] for entry in entries if isinstance(entry, Matrix)), listed=True)
    return _matrix([Row(tuple(entries))], listed=True)


def _matrix(rows: list[Row], *, listed: bool = False) -> Node:
    spread = [_spread(row) for row in rows]
    dotted = any(isinstance(entry, Dots) for row in spread for entry in row.entries)
    matrix = Matrix(tuple(spread), listed)
    return Dotted(matrix) if dotted else matrix


def grid(reader: Reader) -> Node:
    begin = reader.take()
    rows: list[Row] = []
    while reader.here.text != GRID_END:
        if reader.here.kind == "end":
            raise reader.refuse("the matrix is not closed", begin)
        entries = _row(reader)
        if any(entry is not None for entry in entries):
            blank = Opaque(EMPTY)
            rows.append(Row(tuple(blank if entry is None else entry for entry in entries)))
    reader.take()
    full = {len(row.entries) for row in rows if not all(isinstance(entry, Dots) for entry in row.entries)}
    if not rows or len(full) > 1:
        raise reader.refuse("the rows of the matrix differ in length", begin)
    matrix = _matrix(rows)
    return Opaque("a determinant", (matrix,)) if begin.text == DETERMINANT_BEGIN else matrix


def _row(reader: Reader) -> list[Node | None]:
    """Read one row of a matrix with the mark that ends it; nothing for an empty place."""
    entries: list[Node | None] = [None]
    while reader.here.kind != "end" and reader.here.text != GRID_END and not reader.skip("\\\\"):
        comma = reader.skip(",", ";")
        if reader.skip("&") or (comma and reader.here.text not in ("\\\\", GRID_END)):
            entries.append(None)
        elif not comma:
            entry = reader.expression()
            entries = [*entries, entry] if entries[-1] is not None else [*entries[:-1], entry]
    return entries


def piecewise(reader: Reader) -> Node:
    """Read cases: on each row a value, then its condition."""
    begin = reader.take()
    reader.cases += 1
    values: list[Node] = []
    conditions: list[Node] = []
    while not reader.skip(GRID_END):
        if reader.skip("\\\\", "&"):
            continue
        if reader.here.kind == "end":
            raise reader.refuse("the cases are not closed", begin)
        values.append(reader.expression())
        conditions.append(_condition(reader))
    reader.cases -= 1
    if not values:
        raise reader.refuse("no case", begin)
    return Piecewise(tuple(values), tuple(conditions))


def _condition(reader: Reader) -> Node:
    """Read the condition of a case up to the end of its row; what is no comparison is kept as something opaque."""
    while reader.skip(",", ";", ":", "&", *CONDITIONS):
        pass
    if reader.here.text in ("\\\\", GRID_END, "."):
        reader.skip(".")
        return Number("1")
    place, depth = reader.place, reader.depth
    try:
        found = comparison(reader, reader.expression())
    except ValueError:
        found = Opaque("a condition that is not understood")
    while reader.skip(",", ".", ";", "&"):
        pass
    if isinstance(found, Indicator) and _is_plain(found) and reader.here.text in ("\\\\", GRID_END):
        return found
    reader.place, reader.depth = place, depth
    while reader.here.text not in ("\\\\", GRID_END) and reader.here.kind != "end":
        reader.take()
    return Opaque("a condition that is not understood")


def _is_plain(found: Indicator) -> bool:
    """Whether a comparison is one of indices or numbers, or says which is larger."""
    return found.relation not in ("=", "!=") or all(map(_is_index, (found.left, found.right)))


def _is_index(node: Node) -> bool:
    if isinstance(node, Sum):
        return all(map(_is_index, node.terms))
    return isinstance(node, Name | Number) or (isinstance(node, Negative) and _is_index(node.body))


def bars(reader: Reader) -> Node:
    bar = reader.take().text
    if bar == "|" and reader.here.text == "|" and reader.here.tight:
        reader.take()
        bar = "||"
    reader.bars += 1
    body = reader.expression()
    if reader.here.text == ",":
        body = _matrix([Row((body, *_rest(reader)))], listed=True)
    reader.bars -= 1
    for mark in "||" if bar == "||" else (bar,):
        reader.expect(mark, "to close the bars")
    return Call("abs" if bar == "|" else "norm", (body,))


def _rest(reader: Reader) -> list[Node]:
    found: list[Node] = []
    while reader.skip(","):
        found.append(reader.expression())
    return found


def _spread(row: Row) -> Row:
    """Return a row of entries with dots among them that nothing but space separates; as a product it had no dots."""
    entry = row.entries[0]
    if len(row.entries) > 1 or not isinstance(entry, Product) or any(entry.signs) or Dots() not in entry.factors:
        return row
    return Row(entry.factors)
