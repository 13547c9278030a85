"""What is too much to be judged, and the way to say so."""

from ..errors import SymbpError

PRECISION = 200  # bits of the numbers in which links are judged
MOST_EXPONENT = 10_000  # whole exponents and bounds of sums
MOST_TERMS = 1_000  # of a sum that is written out
MOST_PARTS = 20_000  # of a sum that is written out
MOST_STEPS = 2_000  # terms of sums and calls of functions behind one formula
MOST_BITS = 10_000  # of a number in an expression
MOST_EXPRESSED = 400  # definitions, or entries of an array, that are made expressions


class Undecided(SymbpError):
    """A link cannot be judged; the text is the reason."""


class Beyond(Undecided):
    """A number for an index is more than an array has entries."""


class Unsaid(Undecided):
    """How a quantity depends on another is not said, so that its derivative is not known."""
