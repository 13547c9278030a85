"""How names are read: bases, indices, labels, marks; and the d of a differential."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .commands import ACCENTS, LETTERS, is_symbol
from .indices import bracketed, goes_on, indices, part_raised, power_above
from .labels import MARKS, label, label_and_mark, label_and_prime, label_and_transpose, layer, transposes
from .phrases import SAYING, leads_on
from .spellings import COMBINING, unaccented
from .tokens import PRODUCT
from .tree import Apply, Call, Derivative, Differential, Group, Name, Node, Number, Power, Product, Transpose

if TYPE_CHECKING:
    from .reader import Reader
    from .tokens import Token


def base(reader: Reader) -> Name:
    """Read the base of a name; an escaped underscore joins two words."""
    token = reader.take()
    if token.kind == "command" and token.text not in LETTERS and not _is_symbol(reader, token):
        raise reader.refuse(f"the command {token.text} is not known; before it was", token)
    if token.text in SAYING and not reader.cases:
        raise reader.refuse("words before a name that change what is meant", token)
    if token.upright and reader.here.kind in ("word", "command") and _is_about(reader, token):
        raise reader.refuse("words before a name that change what is meant", token)
    text = token.text
    if text == "\\Delta" and (reader.here.text in LETTERS or reader.here.kind == "word"):
        text = f"{text} {reader.take().text}"
    while reader.here.text == "\\_" and reader.ahead().kind == "word":
        reader.take()
        text += f"_{reader.take().text}"
    marks: tuple[str, ...] = ()
    if len(text) == 1:
        text, accent = unaccented(text)
        marks = (accent,) if accent else ()
    while reader.here.text in COMBINING and reader.here.tight:
        marks = (*marks, COMBINING[reader.take().text])
    letter = token.kind == "word" or token.end - token.start == 1  # also a Greek one, which is read as its command
    if reader.here.kind == "number" and reader.here.tight and letter and reader.here.text.isdigit():
        return Name(text, (Number(reader.take().text),), (), marks, span=(token.start, reader.end))
    return Name(text, (), (), marks, span=(token.start, reader.end))


def _is_about(reader: Reader, token: Token) -> bool:
    """Whether words stand before a name, and not before an operator or a fraction."""
    named = reader.here.kind == "word" or reader.here.text in LETTERS or reader.here.text in ACCENTS
    return named and leads_on(reader.text[token.start : token.end])


def _is_symbol(reader: Reader, token: Token) -> bool:
    """Whether a command is a symbol of the document: nothing in braces follows it."""
    return is_symbol(token.text) and reader.here.text not in ("{", "}", "*")


def scripted(reader: Reader, name: Name, start: int | None = None) -> Node:
    """Read the indices, labels, marks and the exponent that follow a name; where an accent starts it, this says."""
    exponent: Node | None = None
    turned, raised = False, (-1, -1)
    first, known = name.span if start is None else (start, reader.end)
    while reader.here.text in ("_", "^", "'", "\\_", "\\prime") or goes_on(reader, name):
        part_raised(reader)
        before = reader.end
        if reader.here.text == "^" and transposes(reader):
            turned, raised = True, (before, reader.end)
            continue
        sign = reader.take().text
        if sign != "^":
            name, mark = _beside(reader, name, sign)
            turned = turned or mark
        elif (found := label_and_transpose(reader)) is not None:
            name, turned = replace(name, label=(*name.label, *found)), True
        elif (named := _above(reader, name)) is not None:
            name = named
        elif exponent is not None:
            raise reader.refuse("a second exponent")
        else:
            exponent, raised = _exponent(reader, name), (before, reader.end)
    lone = known and raised[1] == reader.end and (exponent is None or not turned)
    name = replace(name, span=(first, raised[0]) if lone else (0, 0))
    if turned:
        return Transpose(name) if exponent is None else Power(Transpose(name), exponent)
    if exponent is None:
        return name
    return Call("exp", (exponent,)) if name == Name("e") else Power(name, exponent)


def _beside(reader: Reader, name: Name, sign: str) -> tuple[Name, bool]:
    """Read what follows a name on the line or below it; say whether that is the sign of a transpose."""
    if sign in ("'", "\\prime"):
        return replace(name, marks=(*name.marks, "'")), False
    if sign == "[":
        inner = bracketed(reader, "]")
        is_layer = reader.roles.bracketed and len(inner) == 1
        return replace(name, label=(*name.label, *inner)) if is_layer else replace(name, sub=(*name.sub, *inner)), False
    if sign == "(":
        return replace(name, label=(*name.label, *bracketed(reader, ")"))), False
    if sign == "." and reader.skip("T"):
        return name, True
    if sign == ".":
        return replace(name, marks=(*name.marks, reader.take().text)), False
    return replace(name, sub=(*name.sub, *indices(reader))), False


def _above(reader: Reader, name: Name) -> Name | None:
    """Read a label or a mark above a name; nothing where an exponent stands there."""
    if (marked := _label_and_mark(reader, name)) is not None:
        return replace(name, label=(*name.label, *marked[0]), marks=(*name.marks, marked[1]))
    if (found := _label(reader, name)) is not None:
        return replace(name, label=(*name.label, *found))
    mark = _mark(reader)
    return None if mark is None else replace(name, marks=(*name.marks, mark))


def _label_and_mark(reader: Reader, name: Name) -> tuple[tuple[Node, ...], str] | None:
    """Read a label with a prime or the mark of an updated value behind it."""
    if (found := label_and_prime(reader)) is not None:
        return found, "'"
    layered = name.base in reader.roles.layered or reader.ahead().kind != "number"
    return label_and_mark(reader) if layered else None


def _label(reader: Reader, name: Name) -> tuple[Node, ...] | None:
    """Read the label above a name; nothing where an exponent stands there."""
    if name.base in reader.roles.layered and (found := layer(reader)) is not None:
        return found
    return label(reader) if name != Name("e") or _is_indexed(reader) else None


def _is_indexed(reader: Reader) -> bool:
    """Whether an index follows what stands above a name: then e is an error, and not the number."""
    depth, step = 0, 0
    while (token := reader.ahead(step)).kind != "end":
        depth += (token.text == "{") - (token.text == "}")
        step += 1
        if depth == 0:
            break
    return reader.ahead(step).text == "_"


def _exponent(reader: Reader, name: Name) -> Node:
    """Read an exponent; the index behind one letter without braces is that of the name, as in ``a^h_j``."""
    lone = reader.here.kind == "word" and len(reader.here.text) == 1 and reader.ahead().text == "_"
    if lone and name != Name("e") and not reader.roles.plain:
        return Name(reader.take().text)
    body = power_above(reader)
    return body.body if isinstance(body, Group) else body


_AFTER = frozenset(
    {")", "]", "}", "_", ",", "+", "-", "/", "\\right"}
)  # behind a minus above a name, with nothing to negate


def _mark(reader: Reader) -> str | None:
    braced = reader.here.text == "{"
    token = reader.ahead() if braced else reader.here
    lone = token.text == "-" and (braced or reader.ahead().kind == "end" or reader.ahead().text in _AFTER)
    if not (token.text in MARKS or lone) or (braced and reader.ahead(2).text != "}"):
        return None
    for _ in range(3 if braced else 1):
        reader.take()
    return "'" if token.text == "\\prime" else token.text.lower()


def passed_over(reader: Reader) -> None:
    """Read the note under a brace without keeping it."""
    depth = 0
    while reader.here.kind != "end":
        text = reader.take().text
        depth += (text == "{") - (text == "}")
        if depth == 0:
            return


def differential(node: Node) -> Node | None:
    """Return what a differential is of: ``dw_5`` is of ``w_5``; nothing where the node is no differential.

    >>> differential(Name("dw", (Number("5"),)))
    Name(base='w', sub=(Number(text='5'),), label=(), marks=())
    """
    if isinstance(node, Differential):
        return node.body
    if isinstance(node, Name) and node.base.startswith("d") and len(node.base) > 1:
        return replace(node, base=node.base[1:], span=(node.span[0] + 1, node.span[1]))
    if isinstance(node, Apply) and not node.primes and isinstance(of := differential(node.function), Name):
        return replace(node, function=of)
    if isinstance(node, Product) and node.factors[0] == Name("d"):
        rest, signs = node.factors[1:], node.signs[1:]
        return rest[0] if len(rest) == 1 else Product(rest, signs)
    return None


def differentiated(reader: Reader) -> Node | None:
    """Read an upright d and what it stands before, where this is no numerator."""
    if reader.here.text != "d" or not reader.here.upright or reader.ahead().text in ("^", "_", "}", ""):
        return None
    reader.take()
    return Differential(reader.expression(PRODUCT), upright=True)


def slashed(reader: Reader, name: Name) -> Node | None:
    """Read ``/dw`` after ``dE`` and return what the derivative is by."""
    following = reader.ahead()
    is_slash = reader.here.text == "/" and following.kind == "word" and following.text.startswith("d")
    if not is_slash or differential(name) is None or len(following.text) < 2:
        return None
    reader.take()
    return differential(scripted(reader, base(reader)))


def operator(reader: Reader) -> Node | None:
    """Read the ``d/dx`` before what it differentiates."""
    by = reader.ahead(2)
    written = reader.here.text == "d" and reader.ahead().text == "/" and by.kind == "word" and len(by.text) > 1
    if not written or not by.text.startswith("d") or not by.tight:
        return None
    reader.take()
    reader.take()
    below = differential(scripted(reader, base(reader)))
    return None if below is None else Derivative(reader.expression(PRODUCT), below, upright=True)
