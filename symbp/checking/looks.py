"""What formulas look like: arrays, and numbers with zeros that say nothing."""

from collections.abc import Mapping
from types import MappingProxyType

from ..formulas import Gradient, Matrix, Node, Number, Product, Transpose, walk
from ..formulas.functions import RECTIFIERS, SPELLINGS

KNOWN: Mapping[str, str] = MappingProxyType(  # functions that need no definition
    {**SPELLINGS, "\\sigma": "sigmoid", **dict.fromkeys(RECTIFIERS, "max")}
)


def is_array(part: Node) -> bool:
    """Whether a part of a formula is an array by its looks."""
    return isinstance(part, Matrix | Transpose | Gradient) or (isinstance(part, Product) and "@" in part.signs)


def plain_digits(text: str) -> str:
    """Return a number's text without zeros that say nothing."""
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def numbers_in(node: Node) -> list[str]:
    """Return the numbers that are printed in a formula."""
    return sorted(part.text for part in walk(node) if isinstance(part, Number))


def decimals_in(node: Node) -> list[str]:
    """Return the printed numbers that are no whole numbers."""
    return [text for text in numbers_in(node) if not text.isdigit()]
