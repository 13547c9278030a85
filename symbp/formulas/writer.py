"""The writer: a Formula tree to LaTeX or plain text, with brackets just where the reader needs them."""

from dataclasses import dataclass

from ..errors import ImpossibleError
from .constructs import WRITTEN
from .tree import Node, Quantity


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes one form.

    Attributes:
        tex: LaTeX, else plain text.
        product: the sign of a product in LaTeX where the formula has one.
    """

    tex: bool = True
    product: str = "*"

    def __call__(self, node: Node, level: int = 0) -> str:
        """Return the text of a node, in brackets where it binds more loosely than ``level``."""
        if isinstance(node, Quantity):
            raise ImpossibleError(f"the quantity {node.key} has no name yet: write it in a notation")
        rule = WRITTEN[type(node)]
        text = rule.latex(self, node) if self.tex else rule.plain(self, node)
        return text if rule.level(self, node) >= level else self.brackets(text)

    def brackets(self, text: str, opening: str = "(", closing: str = ")") -> str:
        """Return the text in brackets that are as high as it is."""
        if not self.tex:
            return f"{opening}{text}{closing}"
        opening, closing = (f"\\{mark}" if mark in "{}" else mark for mark in (opening, closing))
        tall = "\\frac" in text or "\\sum" in text
        return f"\\left{opening} {text} \\right{closing}" if tall else f"{opening}{text}{closing}"

    def sign(self, sign: str) -> str:
        """Return how a product sign is written."""
        if not self.tex:
            return "⊙" if sign == "@" else "*"
        return {"": "", "@": r"\odot", "o": r"\otimes", "x": r"\otimes", "*": self.product}[sign]


def latex(node: Node, *, product: str = "*") -> str:
    """Return a formula in LaTeX.

    >>> from symbp.formulas import read
    >>> latex(read("1/(1 + exp(-z_1))"))
    '1 / (1 + e^{-z_1})'
    """
    return Writer(product=product)(node)


def plain(node: Node) -> str:
    """Return a formula as plain text that the reader reads with ``Roles(plain=True)``.

    >>> from symbp.formulas import read
    >>> plain(read(r"\\frac{1}{2} (t - o)^2"))
    '1/2 * (t - o)^2'
    """
    return Writer(tex=False)(node)
