"""What numbers a formula may be evaluated in."""

from typing import Any, Protocol

from ..formulas import Number


class Field(Protocol):
    """The numbers in which a formula is evaluated.

    Attributes:
        instance: names have the given values of the document, else random ones.
        carries: names and derivatives have the numbers that the document prints for them.
    """

    @property
    def instance(self) -> bool: ...

    @property
    def carries(self) -> bool: ...

    def number(self, node: Number) -> Any:
        """Return a printed number."""

    def constant(self, name: str) -> Any:
        """Return e or pi."""

    def leaf(self, name: str) -> Any:
        """Return a random value for a name that nothing defines."""

    def smoothed(self, name: str, value: Any) -> Any:
        """Return the value of a name that is defined or given, as far as it counts."""

    def power(self, base: Any, exponent: Any) -> Any:
        """Return a power whose exponent is no whole number."""

    def positive(self, difference: Any, *, strict: bool) -> Any:
        """Return 1 where a difference is positive, else 0."""
