"""How indices are read: letters, numbers, words and their sums, in braces or in brackets after a name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .commands import FONTS
from .functions import SPELLINGS
from .tree import Name, Negative, Node, Number, Sum

if TYPE_CHECKING:
    from .reader import Reader
    from .tokens import Token

MOST_INDICES = 3
_WORDS = frozenset({"in", "out", "net", "hid", "new", "old", "max", "min", "tot", "pre", "act", "avg", "ref"})
PASSED = ("(", ")", ",", ".", "\\to", ";", ">", "<", "|", "[", "]", "\\langle", "\\rangle", "\\{", "\\}", "\\mid")
SLICE = ":"  # all of a row or a column, as in ``W_{1:}``: which is no entry
_COUNTERS = frozenset({*"ijklmnpqrstuvLTNMKJ", "\\ell", "\\tau", "\\nu", "\\mu"})


def indices(reader: Reader) -> tuple[Node, ...]:
    """Read what stands in an index: letters, numbers, words and their sums, side by side or with commas."""
    if not reader.skip("{"):
        return _bare_index(reader)
    found: list[Node] = []
    while not reader.skip("}"):
        if reader.skip(*PASSED):
            continue
        if reader.skip(SLICE):
            found.append(Name(SLICE))
        elif _is_letters(reader):
            found.extend(Name(letter) for letter in reader.take().text)
        elif reader.here.text == "_" and found and isinstance(number := found[-1], Number):
            reader.take()
            found[-1] = Name(number.text, indices(reader))  # as in O_{9_{in}}: no second index of O
        else:
            found.append(index(reader))
    return tuple(found)


def _is_letters(reader: Reader) -> bool:
    """Whether the next word is letters side by side, as the indices of ``w_{jk}``, and not a word such as ``in``."""
    token, following = reader.here, reader.ahead()
    plain = token.kind == "word" and not token.upright and token.text.isascii() and token.text.islower()
    short = 1 < len(token.text) <= MOST_INDICES and token.text not in _WORDS
    return plain and short and following.text in ("}", ",", ";", SLICE)


def _bare_index(reader: Reader) -> tuple[Node, ...]:
    if not reader.roles.plain:
        following = reader.ahead().text
        if following == "_" or (following == "'" and reader.ahead(2).text == "("):  # x_iw_j, g_jf'(z)
            _part_letters(reader)
        return (_index_atom(reader),)
    found: list[Node] = []
    while reader.here.kind in ("word", "number") and (not found or reader.here.tight):
        if found and reader.here.text in SPELLINGS:
            break  # as in y_ilog(p)
        token = reader.take()
        found.append(Name(token.text) if token.kind == "word" else Number(token.text))
    if not found:
        raise reader.refuse("an index expected")
    return tuple(found)


def index(reader: Reader) -> Node:
    """Read one index: a letter, number or word, or a sum of such."""
    terms = [_index_operand(reader)]
    while reader.here.text in ("+", "-") and reader.here.kind == "sign":
        minus = reader.take().text == "-"
        term = _index_operand(reader)
        terms.append(Negative(term) if minus else term)
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def _index_operand(reader: Reader) -> Node:
    reader.deeper()
    operand = _index_part(reader)
    reader.depth -= 1
    return operand


def _index_part(reader: Reader) -> Node:
    if reader.skip("-"):
        return Negative(_index_operand(reader))
    if reader.skip("{"):
        body = index(reader)
        reader.expect("}", "to close the index")
        return body
    name = _index_atom(reader)
    while isinstance(name, Name) and (reader.here.text in ("_", "^", "'") or _is_layer(reader)):
        sign = reader.take().text
        if sign == "[":
            name = replace(name, label=(*name.label, *bracketed(reader, "]")))
            continue
        if sign == "_":
            _part_letters(reader)
        name = (
            replace(name, marks=(*name.marks, "'")) if sign == "'" else replace(name, sub=(*name.sub, *indices(reader)))
        )
    return name


def _is_layer(reader: Reader) -> bool:
    """Whether a layer in brackets follows within an index, as in ``y_{n[l]}``."""
    return reader.roles.bracketed and _brackets_index(reader)


def _part_letters(reader: Reader) -> None:
    """Part the next word after its first letter: in ``w_{u_tv}`` only the t belongs to the u."""
    token = reader.here
    plain = token.kind == "word" and not token.upright and token.text.isascii() and token.text.islower()
    if plain and 1 < len(token.text) <= MOST_INDICES and token.text not in _WORDS:
        _part(reader)


def part_raised(reader: Reader) -> None:
    """Part the next word above a sign after its first letter: of ``W^Tx`` only the T stands above."""
    token = reader.ahead()
    if reader.here.text != "^" or token.kind != "word" or token.upright or reader.roles.plain or len(token.text) < 2:
        return
    if token.text[0] == "T" or (len(token.text) <= MOST_INDICES and token.text.lower() not in _WORDS):
        reader.place += 1
        _part(reader)
        reader.place -= 1


def power_above(reader: Reader) -> Node:
    r"""Read an exponent; that of an array has the sign of products entry by entry before it, as in ``a^{\odot 2}``."""
    opening, sign, number = reader.here, reader.ahead(), reader.ahead(2)
    if opening.text == "{" and sign.text in ("\\odot", "\\circ") and number.kind == "number":
        del reader.tokens[reader.place + 1]
    return reader.argument()


def _part(reader: Reader) -> None:
    token, middle = reader.here, reader.here.start + 1
    reader.tokens[reader.place : reader.place + 1] = [
        replace(token, text=token.text[0], end=middle),
        replace(token, text=token.text[1:], start=middle, tight=True),
    ]


def _index_atom(reader: Reader) -> Node:
    """Read one number or word; scripts behind it are its own only within braces."""
    token = reader.here
    if token.kind == "number":
        return Number(reader.take().text)
    if token.kind == "command" and token.text in FONTS:
        reader.take()
        return _index_operand(reader)
    if token.kind == "end" or (token.kind == "sign" and token.text not in "*"):
        raise reader.refuse("an index expected")
    return Name(reader.take().text)


def atom(reader: Reader) -> Node:
    """Read what stands above or below a sign: what is in braces, or one character without scripts of its own."""
    if reader.here.kind == "word" and len(reader.here.text) > 1 and not (reader.here.upright or reader.roles.plain):
        _part(reader)  # of \sum_ky_k only the k stands below
    return reader.argument() if reader.here.text == "{" else _index_atom(reader)


def goes_on(reader: Reader, name: Name) -> bool:
    """Whether an index in brackets, an attribute or a step of time follows a name."""
    return _brackets_index(reader) or _is_attribute(reader) or _is_step(reader, name)


_STEPS = frozenset({"n", "t", "\\tau"})


def _is_step(reader: Reader, name: Name) -> bool:
    """Whether brackets right after a name hold a step of time, as in ``w_{ji}(n + 1)``, and not a factor."""
    if reader.here.text != "(" or not reader.here.tight or reader.ahead().text not in _STEPS:
        return False
    if name.base in reader.roles.functions or name.base in _STEPS or "'" in name.marks:
        return False
    signed = reader.ahead(2).text in ("+", "-") and reader.ahead(3).text.isdigit()
    return reader.ahead(4 if signed else 2).text == ")"


def _brackets_index(reader: Reader) -> bool:
    """Whether brackets right after a name hold an index, as in ``y_i[l - 1]`` or ``W[i, j]``, and not a factor."""
    if reader.here.text != "[" or not reader.here.tight:
        return False
    step = 1
    while _is_counter(reader.ahead(step)):
        step += 1
        if reader.ahead(step).text in ("+", "-") and reader.ahead(step + 1).text.isdigit():
            step += 2
        if reader.ahead(step).text == "]":
            return True
        if reader.ahead(step).text not in (",", ":"):
            return False
        step += 1
    return False


def _is_counter(token: Token) -> bool:
    return token.text in _COUNTERS or (token.kind == "number" and token.text.isdigit())


def _is_attribute(reader: Reader) -> bool:
    """Whether a dot and a word follow as in a program: ``W.grad``."""
    dot, word = reader.here, reader.ahead()
    long = word.kind == "word" and len(word.text) > 2 and not word.upright
    attribute = dot.text == "." and dot.tight and word.tight and reader.ahead(2).text not in ("_", "(", "^")
    return attribute and (long or word.text == "T")


def bracketed(reader: Reader, closing: str) -> tuple[Node, ...]:
    """Read the indices up to the bracket that closes them."""
    found: list[Node] = []
    while not reader.skip(closing):
        found.append(index(reader))
        reader.skip(",", ":")
    return tuple(found)
