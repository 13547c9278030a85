"""How names are read: bases, indices, labels, marks; and the d of a differential."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .tokens import GREEK
from .tree import Apply, Call, Group, Name, Negative, Node, Number, Power, Product, Sum, Transpose

if TYPE_CHECKING:
    from .reader import Reader

FONTS = (
    "\\mathbf",
    "\\boldsymbol",
    "\\bm",
    "\\mathbb",
    "\\mathcal",
    "\\mathscr",
    "\\pmb",
    "\\mathrm",
    "\\text",
    "\\mathit",
)
ACCENTS = ("\\hat", "\\widehat", "\\tilde", "\\widetilde", "\\bar", "\\overline", "\\vec", "\\dot")
_MARKS = {"+", "new", "old", "New", "Old", "\\prime", "'", "*", "\\star", "\\ast"}
_TRANSPOSES = {"T", "\\top", "\\intercal", "\\mathsf"}
_LAYERS = {"l", "L", "\\ell"}
MOST_INDICES = 3
_WORDS = frozenset({"in", "out", "net", "hid", "new", "old", "max", "min", "tot", "pre", "act", "avg", "ref"})
_PASSED = ("(", ")", ",", ":", ".", "\\to", "\\rightarrow", ";", ">", "|", "[", "]")


@dataclass(frozen=True, slots=True)
class Differential(Node):
    """``dx`` on its own, as in the numerator of a derivative that is not finished yet."""

    body: Node


def base(reader: Reader) -> Name:
    """Read the base of a name; an escaped underscore joins two words."""
    token = reader.take()
    if token.kind == "command" and token.text not in _LETTERS:
        raise reader.refuse(f"the command {token.text} is not known; before it was", token)
    text = token.text
    if text in _DIFFERENCES and (reader.here.text in _LETTERS or reader.here.kind == "word"):
        text = f"{text} {reader.take().text}"
    while reader.here.text == "\\_" and reader.ahead().kind == "word":
        reader.take()
        text += f"_{reader.take().text}"
    if reader.here.kind == "number" and reader.here.tight and token.kind == "word" and reader.here.text.isdigit():
        return Name(text, (Number(reader.take().text),))
    return Name(text)


_DIFFERENCES = ("\\Delta", "\\triangle")
_VARIANTS = ("varepsilon", "vartheta", "varrho", "varsigma", "varphi", "ell", "imath", "jmath", "hbar", "omicron")
_LETTERS = frozenset({*GREEK.values(), *(f"\\{name}" for name in _VARIANTS)})


def scripted(reader: Reader, name: Name) -> Node:
    """Read the indices, labels, marks and the exponent that follow a name."""
    exponent: Node | None = None
    turned = False
    while reader.here.text in ("_", "^", "'", "\\_"):
        if reader.here.text == "^" and transposes(reader):
            turned = True
            continue
        sign = reader.take().text
        if sign == "'":
            name = replace(name, marks=(*name.marks, "'"))
        elif sign != "^":
            name = replace(name, sub=(*name.sub, *_indices(reader)))
        elif name.base != "e" and (label := _label(reader)) is not None:
            name = replace(name, label=(*name.label, *label))
        elif (mark := _mark(reader)) is not None:
            name = replace(name, marks=(*name.marks, mark))
        elif exponent is not None:
            raise reader.refuse("a second exponent")
        else:
            exponent = _exponent(reader)
    if turned:
        return Transpose(name) if exponent is None else Power(Transpose(name), exponent)
    if exponent is None:
        return name
    return Call("exp", (exponent,)) if name == Name("e") else Power(name, exponent)


def transposes(reader: Reader) -> bool:
    """Read ``^T`` in any of its forms; say whether it stood there. A label before the T is left for the name."""
    steps = 1
    while reader.ahead(steps).text in ("{", "\\mathrm", "\\text", "\\mathsf", "\\intercal", "\\boldsymbol"):
        steps += 1
    if reader.ahead(steps).text not in _TRANSPOSES:
        return False
    closing = steps + 1
    while reader.ahead(closing).text == "}" and closing - steps < steps:
        closing += 1
    if steps > 1 and closing == steps + 1:
        return False
    for _ in range(closing):
        reader.take()
    return True


def _exponent(reader: Reader) -> Node:
    body = reader.argument()
    return body.body if isinstance(body, Group) else body


def _mark(reader: Reader) -> str | None:
    braced = reader.here.text == "{"
    token = reader.ahead() if braced else reader.here
    if token.text not in _MARKS or (braced and reader.ahead(2).text != "}"):
        return None
    for _ in range(3 if braced else 1):
        reader.take()
    return "'" if token.text == "\\prime" else token.text.lower()


def _label(reader: Reader) -> tuple[Node, ...] | None:
    """Read a superscript that says which layer, step or sample; leave an exponent alone."""
    if reader.here.text == "{" and reader.ahead().text in ("(", "[") and _closes(reader) and not _is_arithmetic(reader):
        return _indices(reader)
    if reader.here.text in _LAYERS and not reader.roles.plain:
        return (Name(reader.take().text),)
    if reader.here.text == "{" and reader.ahead().text in _LAYERS and reader.ahead(2).text in ("}", "+", "-"):
        return _indices(reader)
    return None


def _closes(reader: Reader) -> bool:
    """Whether the bracket after the brace closes just before the brace does."""
    depth, step = 0, 1
    while (text := reader.ahead(step).text) and reader.ahead(step).kind != "end":
        depth += (text in ("(", "[")) - (text in (")", "]"))
        if depth == 0:
            return reader.ahead(step + 1).text == "}"
        step += 1
    return False


def _is_arithmetic(reader: Reader) -> bool:
    """Whether what stands in the brackets is numbers and signs, as in an exponent ``(1-1)``."""
    kinds, step = set(), 2
    while reader.ahead(step).text not in (")", "]", ""):
        kinds.add(reader.ahead(step).kind)
        step += 1
    return kinds == {"number", "sign"}


def _indices(reader: Reader) -> tuple[Node, ...]:
    """Read what stands in an index: letters, numbers, words and their sums, side by side or with commas."""
    if not reader.skip("{"):
        return _bare_index(reader)
    found: list[Node] = []
    while not reader.skip("}"):
        if reader.skip(*_PASSED):
            continue
        if _is_letters(reader):
            found.extend(Name(letter) for letter in reader.take().text)
        else:
            found.append(_index(reader))
    return tuple(found)


def _is_letters(reader: Reader) -> bool:
    """Whether the next word is letters side by side, as the indices of ``w_{jk}``, and not a word such as ``in``."""
    token, following = reader.here, reader.ahead()
    plain = token.kind == "word" and not token.upright and token.text.isascii() and token.text.islower()
    short = 1 < len(token.text) <= MOST_INDICES and token.text not in _WORDS
    return plain and short and following.text in ("}", ",", ";")


def _bare_index(reader: Reader) -> tuple[Node, ...]:
    if not reader.roles.plain:
        return (_index_atom(reader),)
    found: list[Node] = []
    while reader.here.kind in ("word", "number") and (not found or reader.here.tight):
        token = reader.take()
        found.append(Name(token.text) if token.kind == "word" else Number(token.text))
    if not found:
        raise reader.refuse("an index expected")
    return tuple(found)


def _index(reader: Reader) -> Node:
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
        body = _index(reader)
        reader.expect("}", "to close the index")
        return body
    name = _index_atom(reader)
    while isinstance(name, Name) and reader.here.text in ("_", "^", "'"):
        sign = reader.take().text
        name = (
            replace(name, marks=(*name.marks, "'"))
            if sign == "'"
            else replace(name, sub=(*name.sub, *_indices(reader)))
        )
    return name


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


def slashed(reader: Reader, name: Name) -> Node | None:
    """Read ``/dw`` after ``dE`` and return what the derivative is by."""
    following = reader.ahead()
    is_slash = reader.here.text == "/" and following.kind == "word" and following.text.startswith("d")
    if not is_slash or differential(name) is None or len(following.text) < 2:
        return None
    reader.take()
    return differential(scripted(reader, base(reader)))
