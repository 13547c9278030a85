"""Dual numbers: a value with its derivative by one quantity, over whatever numbers the value is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .arrays import Grid, Spread


@dataclass(frozen=True, slots=True)
class Dual:
    """``value + slope * h`` where h squared is nothing."""

    value: Any
    slope: Any

    def __add__(self, other: Any) -> Dual:
        """(u + v)' = u' + v'."""
        if isinstance(other, Grid | Spread):
            return NotImplemented
        if isinstance(other, Dual):
            return Dual(self.value + other.value, self.slope + other.slope)
        return Dual(self.value + other, self.slope)

    __radd__ = __add__

    def __neg__(self) -> Dual:
        """(-u)' = -u'."""
        return Dual(-self.value, -self.slope)

    def __sub__(self, other: Any) -> Dual:
        """(u - v)' = u' - v'."""
        if isinstance(other, Grid | Spread):
            return NotImplemented
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Dual:
        """(c - v)' = -v'."""
        if isinstance(other, Grid | Spread):
            return NotImplemented
        return self.__neg__().__add__(other)

    def __mul__(self, other: Any) -> Dual:
        """(u v)' = u' v + u v'."""
        if isinstance(other, Grid | Spread):
            return NotImplemented
        if isinstance(other, Dual):
            return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)
        return Dual(self.value * other, self.slope * other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Dual:
        """(u / v)' = (u' - (u / v) v') / v."""
        if isinstance(other, Grid | Spread):
            return NotImplemented
        if isinstance(other, Dual):
            quotient = self.value / other.value
            return Dual(quotient, (self.slope - quotient * other.slope) / other.value)
        return Dual(self.value / other, self.slope / other)

    def __rtruediv__(self, other: Any) -> Dual:
        """(c / v)' = -(c / v) v' / v."""
        if isinstance(other, Grid | Spread):
            return NotImplemented
        quotient = other / self.value
        return Dual(quotient, -quotient * self.slope / self.value)


def value_of(number: Any) -> Any:
    """Return a number without its derivative."""
    return number.value if isinstance(number, Dual) else number


def whole_power(base: Any, whole: int, *, one: Any) -> Any:
    """Return a whole power of a number, or of every entry of an array."""
    if isinstance(base, Grid | Spread):
        return base.map(lambda entry: whole_power(entry, whole, one=one))
    if isinstance(base, Dual):
        below = whole_power(base.value, whole - 1, one=one) if whole else one - one
        return Dual(whole_power(base.value, whole, one=one), base.slope * below * whole)
    if whole < 0:
        return 1 / whole_power(base, -whole, one=one)
    half = whole_power(base, whole // 2, one=one) if whole > 1 else one
    return half * half * base if whole % 2 else half * half
