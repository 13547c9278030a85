"""Long formulas on a page: how wide a formula is, and where a line may break."""

from ..formulas import Call, Derivative, Fraction, Name, Negative, Node, Number, Product, Sum, children
from ..formulas.writer import Writer
from ..formulas.writing import sign_between

WIDEST = 84  # characters of a line of a formula on an A4 page


def width(node: Node) -> float:
    """Return about how many characters wide a formula is in print.

    >>> from symbp.formulas import read
    >>> width(read(r"\\frac{a + b}{c}")) < width(read("(a + b) / c"))
    True
    """
    if isinstance(node, Number):
        return len(node.text)
    if isinstance(node, Name):
        return (
            (1 if node.base.startswith("\\") else len(node.base))
            + 0.6 * sum(width(i) for i in node.sub)
            + 0.6 * len(node.marks)
        )
    parts = [width(child) for child in children(node)]
    if isinstance(node, Fraction | Derivative) and not getattr(node, "slash", False):
        return max(parts) + 1
    if isinstance(node, Call) and node.function == "exp":
        return 1 + 0.7 * sum(parts)
    return sum(parts) + (2 if isinstance(node, Sum | Product) else 1) * (len(parts) - 1) + 2


Piece = tuple[str, float]  # a text and its width


def lines(node: Node, writer: Writer, room: float = WIDEST) -> list[Piece]:
    """Return a formula in lines that fit, with their widths: broken before outermost terms, then before factors."""
    if width(node) <= room:
        return [(writer(node), width(node))]
    packed: list[Piece] = []
    for text, size in _pieces(node, writer, room):
        if packed and packed[-1][1] + size + 3 <= room:
            packed[-1] = (f"{packed[-1][0]} {text}", packed[-1][1] + size + 3)
        else:
            packed.append((text, size))
    return packed


def _pieces(node: Node, writer: Writer, room: float) -> list[Piece]:
    if isinstance(node, Sum):
        found: list[Piece] = []
        for place, term in enumerate(node.terms):
            body = term.body if isinstance(term, Negative) else term
            sign = "-" if isinstance(term, Negative) else "+" if place else ""
            found += _signed(sign, _factors(body, writer, room))
        return found
    return _factors(node, writer, room)


def _factors(node: Node, writer: Writer, room: float) -> list[Piece]:
    if not isinstance(node, Product) or width(node) <= room or max(map(width, node.factors)) > room - 12:
        return [(writer(node, 2), width(node))]
    found = [(writer(node.factors[0], 2), width(node.factors[0]))]
    for before, sign, factor in zip(node.factors, node.signs, node.factors[1:], strict=False):
        text = writer(factor, 3)
        found += _signed(sign_between(writer, before, sign or "*", text), [(text, width(factor))])
    return found


def _signed(sign: str, pieces: list[Piece]) -> list[Piece]:
    text, size = pieces[0]
    return [(f"{sign} {text}".strip(), size), *pieces[1:]]
