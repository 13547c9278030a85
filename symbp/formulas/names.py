"""How names are read: bases, indices, labels, marks; and the d of a differential."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .commands import FONTS, LETTERS, is_symbol
from .spellings import COMBINING, unaccented
from .tokens import PRODUCT
from .tree import Apply, Call, Differential, Group, Name, Negative, Node, Number, Power, Product, Sum, Transpose

if TYPE_CHECKING:
    from .reader import Reader
    from .tokens import Token

_MARKS = {"+", "new", "old", "New", "Old", "\\prime", "'", "*", "\\star", "\\ast", "\\dagger"}
_TRANSPOSES = {"T", "\\top", "\\intercal", "\\mathsf"}
_LAYERS = {"l", "L", "\\ell"}
MOST_INDICES = 3
_WORDS = frozenset({"in", "out", "net", "hid", "new", "old", "max", "min", "tot", "pre", "act", "avg", "ref"})
_PASSED = ("(", ")", ",", ":", ".", "\\to", ";", ">", "<", "|", "[", "]", "\\langle", "\\rangle", "\\{", "\\}", "\\mid")
_COUNTERS = frozenset({*"ijklmnpqrstuvLTNMKJ", "\\ell", "\\tau", "\\nu", "\\mu"})


def base(reader: Reader) -> Name:
    """Read the base of a name; an escaped underscore joins two words."""
    token = reader.take()
    if token.kind == "command" and token.text not in LETTERS and not _is_symbol(reader, token):
        raise reader.refuse(f"the command {token.text} is not known; before it was", token)
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
    if reader.here.kind == "number" and reader.here.tight and token.kind == "word" and reader.here.text.isdigit():
        return Name(text, (Number(reader.take().text),), (), marks)
    return Name(text, (), (), marks)


def _is_symbol(reader: Reader, token: Token) -> bool:
    """Whether a command is a symbol of the document: nothing in braces follows it."""
    return is_symbol(token.text) and reader.here.text not in ("{", "}", "*")


def scripted(reader: Reader, name: Name) -> Node:
    """Read the indices, labels, marks and the exponent that follow a name."""
    exponent: Node | None = None
    turned = False
    while reader.here.text in ("_", "^", "'", "\\_", "\\prime") or _brackets_index(reader) or _is_attribute(reader):
        if reader.here.text == "^" and transposes(reader):
            turned = True
            continue
        sign = reader.take().text
        if sign in ("'", "\\prime"):
            name = replace(name, marks=(*name.marks, "'"))
        elif sign == "[":
            name = replace(name, sub=(*name.sub, *_bracketed(reader)))
        elif sign == "." and reader.skip("T"):
            turned = True
        elif sign == ".":
            name = replace(name, marks=(*name.marks, reader.take().text))
        elif sign != "^":
            name = replace(name, sub=(*name.sub, *indices(reader)))
        elif name.base != "e" and (found := label(reader)) is not None:
            name = replace(name, label=(*name.label, *found))
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


def _bracketed(reader: Reader) -> tuple[Node, ...]:
    found: list[Node] = []
    while not reader.skip("]"):
        found.append(_index(reader))
        reader.skip(",", ":")
    return tuple(found)


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


def label(reader: Reader) -> tuple[Node, ...] | None:
    """Read a superscript that says which layer, step or sample; leave an exponent alone."""
    opening = reader.ahead().text
    if reader.here.text == "{" and opening in _OPENING and _closes(reader) and not _is_arithmetic(reader):
        return indices(reader)
    if reader.here.text == "{" and (_lists(reader) or _is_word(reader) or opening in ("\\mathcal", "\\mathscr")):
        return indices(reader)
    labels = _LAYERS | reader.roles.labels
    if reader.here.text in labels and not reader.roles.plain:
        return (_labelled(reader),)
    if reader.here.text == "{" and reader.ahead().text in labels and reader.ahead(2).text in ("}", "+", "-"):
        return indices(reader)
    return None


def _labelled(reader: Reader) -> Node:
    token = reader.take()
    return Number(token.text) if token.kind == "number" else Name(token.text)


_OPENING = ("(", "[", "<", "\\langle", "\\{")
_CLOSING = (")", "]", ">", "\\rangle", "\\}")


def _closes(reader: Reader) -> bool:
    """Whether what stands in the braces is one bracket, or several side by side."""
    depth, step = 0, 1
    while reader.ahead(step).kind != "end":
        text = reader.ahead(step).text
        depth += (text in _OPENING) - (text in _CLOSING)
        step += 1
        if depth == 0 and reader.ahead(step).text not in _OPENING:
            return reader.ahead(step).text == "}"
    return False


def _lists(reader: Reader) -> bool:
    """Whether a comma stands in the braces."""
    depth, step = 0, 0
    while reader.ahead(step).kind != "end":
        text = reader.ahead(step).text
        depth += (text in ("{", "(", "[")) - (text in ("}", ")", "]"))
        if depth == 0 or (depth == 1 and text == ","):
            return depth == 1
        step += 1
    return False


def _is_word(reader: Reader) -> bool:
    """Whether a word of several letters stands in the braces: ``W^{hh}`` or ``y^{pred}``."""
    word = reader.ahead()
    long = word.kind == "word" and len(word.text) > 1 and not word.text.endswith("T")
    return long and word.text.lower() not in _MARKS and reader.ahead(2).text == "}"


def _is_arithmetic(reader: Reader) -> bool:
    """Whether what stands in the brackets is numbers and signs, as in an exponent ``(1-1)``."""
    kinds, step = set(), 2
    while reader.ahead(step).text not in (*_CLOSING, ""):
        kinds.add(reader.ahead(step).kind)
        step += 1
    return kinds == {"number", "sign"}


def indices(reader: Reader) -> tuple[Node, ...]:
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
        if reader.ahead().text == "_":
            _part_letters(reader)
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
        if sign == "_":
            _part_letters(reader)
        name = (
            replace(name, marks=(*name.marks, "'")) if sign == "'" else replace(name, sub=(*name.sub, *indices(reader)))
        )
    return name


def _part_letters(reader: Reader) -> None:
    """Part the next word after its first letter: in ``w_{u_tv}`` only the t belongs to the u."""
    token = reader.here
    plain = token.kind == "word" and not token.upright and token.text.isascii() and token.text.islower()
    if plain and 1 < len(token.text) <= MOST_INDICES and token.text not in _WORDS:
        middle = token.start + 1
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
    return reader.argument() if reader.here.text == "{" else _index_atom(reader)


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
