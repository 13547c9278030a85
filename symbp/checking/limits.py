"""What is too much to be judged, and the way to say so."""

from ..errors import SymbpError

MOST_EXPONENT = 10_000  # whole exponents and bounds of sums
MOST_TERMS = 1_000  # of a sum that is written out


class Undecided(SymbpError):
    """A link cannot be judged; the text is the reason."""
