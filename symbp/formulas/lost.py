"""Formulas that lost backslashes on their way through Markdown, and indices in braces of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .tokens import Token

_QUOTIENTS = frozenset({"\\frac", "\\dfrac", "\\tfrac", "\\cfrac"})
_SIGNS = frozenset({"\\cdot", "\\times", "\\odot", "\\circ", "\\otimes"})
MOST_OVER = 300  # fractions of this kind in one formula
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_DOTS = frozenset({"\\dots", "\\ldots", "\\cdots", "..."})


def restored(found: Sequence[Token]) -> list[Token]:
    """Return the tokens of a formula without spacing that shows as ``,`` or ``!``, and with ``{_2}`` as ``_2``.

    >>> from .tokens import tokens
    >>> [token.text for token in restored(tokens(r"\\delta{_2} , a + f!\\left(x\\right)"))][:8]
    ['\\\\delta', '_', '2', 'a', '+', 'f', '(', 'x']
    """
    found = _slopes(_fractions(_indexed(found)))
    left_out = {place for place, token in enumerate(found) if _is_spacing(found, place, token)}
    left_out |= {brace for pair in _scripts(found) for brace in pair}
    left_out |= {brace for pair in _words(found) for brace in pair}
    left_out |= set(_commas(found))
    left_out |= {
        step for place in range(1, len(found) - 3) if _is_size(found, place) for step in range(place, place + 3)
    }
    if not left_out:
        return list(found)
    return [token for place, token in enumerate(found) if place not in left_out]


_UNITS = frozenset({"net", "out", "target", "ideal"})  # of which a unit in braces is the index


def _indexed(found: Sequence[Token]) -> Sequence[Token]:
    """Return tokens with ``out{o1}`` as ``out_{o1}``."""
    places = [place for place in range(1, len(found) - 3) if found[place - 1].text in _UNITS and _is_unit(found, place)]
    for place in reversed(places):
        sign = replace(found[place], text="_", end=found[place].start)
        found = [*found[:place], sign, *found[place:]]
    return found


def _is_unit(found: Sequence[Token], place: int) -> bool:
    """Whether braces right behind a name hold a letter with a number, as ``{o1}`` or ``{o_1}``."""
    brace, letter, number, end = found[place : place + 4]
    if number.text == "_" and place + 4 < len(found):
        number, end = end, found[place + 4]
    tight = brace.text == "{" and brace.tight
    return tight and letter.kind == "word" and number.kind == "number" and end.text == "}"


def _fractions(found: Sequence[Token]) -> Sequence[Token]:
    """Return tokens with ``{\\partial a \\over \\partial b}`` as ``\\frac{\\partial a}{\\partial b}``."""
    for place in [place for place, token in enumerate(found) if token.text == "\\over"][-1:-MOST_OVER:-1]:
        start, end = _brace(found, place, -1), _brace(found, place, 1)
        if start < 0 or end < 0 or not (_is_differential(found[start + 1]) and _is_differential(found[place + 1])):
            continue  # one of numbers and names is read as it stands
        brace, close, sign = found[start], found[end], found[place]
        opened = replace(sign, kind="sign", text="{"), replace(sign, kind="sign", text="}")
        inner = [*found[start:place], opened[1], opened[0], *found[place + 1 : end + 1]]
        inner = [replace(brace, kind="command", text="\\frac"), *inner]
        is_operator = place == start + 2 and found[start - 1].text not in ("^", "_")  # what it is of stands behind
        inner = inner if is_operator else [brace, *inner, close]
        found = [*found[:start], *inner, *found[end + 1 :]]
    return found


def _slopes(found: Sequence[Token]) -> Sequence[Token]:
    """Return tokens with ``\\frac{\\delta a}{\\delta b}`` as ``\\frac{\\partial a}{\\partial b}``."""
    for place in [place for place in range(len(found) - 6) if found[place].text in _QUOTIENTS][:MOST_OVER]:
        if not _is_moved(found, place + 1, lone=True):
            continue
        below = _brace(found, place + 2, 1) + 1
        if below > 0 and _is_moved(found, below):
            signs = {step: replace(found[step], text="\\partial") for step in (place + 2, below + 1)}
            found = [signs.get(step, token) for step, token in enumerate(found)]
    return found


def _is_moved(found: Sequence[Token], place: int, *, lone: bool = False) -> bool:
    """Whether a brace begins with a delta before what it is of, or holds nothing else."""
    if place + 3 > len(found):
        return False
    brace, sign, after = found[place : place + 3]
    operand = after.kind in ("word", "command") and after.text not in _SIGNS
    return brace.text == "{" and sign.text == "\\delta" and (operand or (lone and after.text == "}"))


def _is_differential(token: Token) -> bool:
    return token.text == "\\partial" or (token.kind == "word" and token.text.startswith("d"))


def _brace(found: Sequence[Token], place: int, step: int) -> int:
    """Return where the brace around a place opens or closes; -1 where there is none."""
    depth = 0
    while 0 <= place < len(found):
        depth += ((found[place].text == "}") - (found[place].text == "{")) * step
        if depth > 0:
            return place
        place += step
    return -1


def _is_spacing(found: Sequence[Token], place: int, token: Token) -> bool:
    """Whether a sign was ``\\!`` before a bracket, ``\\,`` before a prime, or ``\\;`` behind a comma."""
    if not 0 < place < len(found) - 1 or token.text not in ("!", ",", ";"):
        return False
    if found[place - 1].text == "," and token.tight:
        return token.text != ","  # it was \\; behind a comma
    if token.text == ";":
        return False
    after = found[place + 1].text
    return after in ("(", "[") if token.text == "!" else after == "'" and found[place - 1].text == ")"


def _scripts(found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where the braces of ``{_2}`` stand, right after a name."""
    for place in range(1, len(found) - 2):
        before, brace, sign = found[place - 1 : place + 2]
        if brace.text != "{" or not brace.tight or sign.text != "_" or before.kind not in ("word", "command"):
            continue
        depth = 0
        for end in range(place, len(found)):
            depth += (found[end].text == "{") - (found[end].text == "}")
            if depth == 0:
                yield place, end
                break


def _words(found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where the braces of ``{\\mbox{if}}`` stand that is no argument."""
    for place in range(1, len(found) - 2):
        before, brace, word, end = found[place - 1 : place + 3]
        if brace.text == "{" and word.upright and end.text == "}" and before.text in ("&", ",", "\\\\"):
            yield place, place + 2


def _is_size(found: Sequence[Token], place: int) -> bool:
    """Whether a shape such as ``3 \\times 2`` stands right behind a name with an index: nobody multiplies so."""
    before, rows, sign, columns, after = found[place - 1 : place + 4]
    counts = rows.text.isdigit() and sign.text == "\\times" and columns.text.isdigit()
    return counts and after.text != "^" and before.text == "}" and _closes_index(found, place - 1)


def _closes_index(found: Sequence[Token], place: int) -> bool:
    depth = 0
    for start in range(place, 0, -1):
        depth += (found[start].text == "}") - (found[start].text == "{")
        if depth == 0:
            return found[start - 1].text == "_"
    return False


def _commas(found: Sequence[Token]) -> Iterator[int]:
    """Yield where a comma between blanks stands between two factors: it was ``\\,``."""
    depth = 0
    for place, token in enumerate(found):
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        if token.text != "," or token.tight or depth or not 0 < place < len(found) - 2:
            continue
        before, after = found[place - 1], found[place + 1]
        left = before.kind in ("word", "command") or before.text in _CLOSE
        right = after.text == "(" or (after.kind in ("word", "command") and after.text not in _DOTS)
        if left and right and not after.tight and not after.upright:
            yield place
