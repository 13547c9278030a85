"""What formulas look like: arrays, and numbers with zeros that say nothing."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ..formulas import (
    Call,
    Derivative,
    Gradient,
    Group,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Sum,
    Transpose,
    walk,
    without_groups,
)
from ..formulas.commands import LETTERS
from ..formulas.functions import RECTIFIERS, SPELLINGS

RATES = frozenset(
    {"\\eta", "\\alpha", "\\lambda", "\\epsilon", "\\varepsilon", "e", "\\pi", "eta", "alpha", "lr", "learning_rate"}
)
KNOWN: Mapping[str, str] = MappingProxyType(  # functions that need no definition
    {**SPELLINGS, "\\sigma": "sigmoid", "sigma": "sigmoid", **dict.fromkeys(RECTIFIERS, "max")}
)

_SIZE = r"\s*[\[(]\s*[\w\\{}^']{1,20}\s*(?:\\times|×)\s*[\w\\{}^']{1,20}\s*[\])]\s*"
_SIZES = re.compile(rf"(?:{_SIZE}(?:\\times|\\cdot|×|\*)?)+\Z")

LOSSES = frozenset(  # names of losses, and of functions whose value is a number
    ["L", "J", "E", "C", "H", "l", "Loss", "loss", "Cost", "cost", "Error", "error", "\\ell", "\\xi", "\\mathcal{L}"]
)
WEIGHTS = frozenset({"W", "w", "\\Theta", "\\theta"})
BIASES = frozenset({"b", "B", "\\beta", "\\theta"})
COUNTS = frozenset(["m", "n", "N", "M", "K", "c", "k", "t", "T"])  # names that may be numbers beside arrays
UPRIGHT = "\\mathrm"  # marks a letter that is a word, and no index
CHAIN_PRODUCT = "prod"  # multiplies the factors of a chain rule, with what transposes they need
SHORT = 3  # letters, with the backslash, of a command that is but a way to write a symbol, such as \\vx

_COMMAND = re.compile(r"\\[A-Za-z]+")


def is_array(part: Node) -> bool:
    """Whether a part of a formula is an array by its looks."""
    return isinstance(part, Matrix | Transpose | Gradient) or (isinstance(part, Product) and "@" in part.signs)


def has_open_shape(matrix: Matrix) -> bool:
    """Whether the shape of a matrix is not that in which it is printed: it may be turned, or is made of arrays."""
    listed = as_listed(matrix)
    made_of_arrays = any(isinstance(part, Matrix | Transpose) for part in walk(matrix) if part is not matrix)
    return made_of_arrays or (isinstance(listed, Matrix) and listed.listed)


def plain_digits(text: str) -> str:
    """Return a number's text without zeros that say nothing."""
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def numbers_in(node: Node) -> list[str]:
    """Return the numbers that are printed in a formula."""
    return sorted(part.text for part in walk(node) if isinstance(part, Number))


def decimals_in(node: Node) -> list[str]:
    """Return the printed numbers that are no whole numbers."""
    return [text for text in numbers_in(node) if not text.isdigit()]


def as_listed(side: Node) -> Node:
    """Return a vector of derivatives as one that may be a row or a column: how it is printed says what it has."""
    bare = without_groups(side)
    if not isinstance(bare, Matrix) or (len(bare.rows) > 1 and len(bare.rows[0].entries) > 1):
        return side
    entries = [entry for row in bare.rows for entry in row.entries]
    return replace(bare, listed=True) if all(isinstance(entry, Derivative) for entry in entries) else side


def unknown_command(name: str) -> str:
    """Return the command that a name begins with, where it is no letter; an empty string for other names."""
    command = _COMMAND.match(name)
    known = command is None or command.group() in LETTERS or len(command.group()) <= SHORT
    return "" if known or command is None else command.group()


def bare(node: Node) -> Node:
    """Return a formula without its sign and the brackets around it."""
    return bare(node.body) if isinstance(node, Negative | Group) else node


def is_bias(node: Node) -> bool:
    """Whether a term is a bias by its name."""
    inner = bare(node)
    inner = inner.body if isinstance(inner, Transpose) else inner
    return isinstance(inner, Name) and inner.base in BIASES


def is_capital(node: Name) -> bool:
    """Whether a name is a capital letter, as those of matrices."""
    return len(node.base) == 1 and node.base.isupper() and "\\hat" not in node.marks


def may_scale(node: Name) -> bool:
    """Whether a name may be a number beside arrays."""
    return node.base in COUNTS or (node.base.startswith("\\") and node.base not in ("\\delta", "\\epsilon", "\\Delta"))


def single_sides(sizes: tuple[Node, ...]) -> tuple[bool, bool]:
    """Return whether an array of ones has a single row, and a single column: without sizes it is a column.

    Of a size that is a formula, as the number of rows of another array, only that it stands first or last counts.
    """
    if len(sizes) < 2:
        return False, True
    return sizes[0] == Number("1"), sizes[-1] == Number("1")


def has_one(*nodes: Node) -> bool:
    """Whether a product has a factor 1 or 0, which stands for a derivative at the given values."""
    products = (part for node in nodes for part in walk(node) if isinstance(part, Product))
    return any(without_groups(factor) in (Number("1"), Number("0")) for part in products for factor in part.factors)


def is_function_word(prose: str) -> bool:
    """Whether a text ends with the word for a function, as before a formula that is but its argument.

    >>> is_function_word("the output is softmax $")
    True
    """
    words = prose.rstrip("$\\( ").split()
    return bool(words) and words[-1].lower() in {"softmax", *KNOWN}


def is_size(text: str) -> bool:
    r"""Whether a text is the size of an array, or a product of sizes.

    >>> is_size(r"(2 \times 3) \cdot (3 \times 1)"), is_size("2 * 3")
    (True, False)
    """
    return _SIZES.match(text) is not None


def is_lost_step(left: Node, right: Node) -> bool:
    """Whether a parameter is said to be the same after a step: ``w = w - \\eta g`` within a chain."""
    left, right = without_groups(left), without_groups(right)
    return isinstance(left, Name) and isinstance(right, Sum) and left in right.terms


def unlike(one: set[str], other: set[str]) -> set[str]:
    """Return the names that stand on one side only, and none with another index on the other, as f_1 beside f_2."""
    bases = {name.split("_")[0] for name in one} & {name.split("_")[0] for name in other}
    return {name for name in one ^ other if name.split("_")[0] not in bases}


def is_root_of_count(node: Node) -> bool:
    r"""Whether a formula is the root of a number of things, as the d of ``QK^T / \sqrt{d}``."""
    inner = bare(node.arguments[0]) if isinstance(node, Call) and node.function == "sqrt" else None
    return isinstance(inner, Name) and inner.base in COUNTS | {"d"}
