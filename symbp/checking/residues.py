"""Exact identity: formulas evaluated at random points modulo a large prime.

Rational functions of degree d that differ agree at a random point with probability at most d / p (Schwartz, Zippel);
p is 2^127 - 1 here and two points are taken. Values of exp, log and the like are random residues, one for each
argument, so two formulas that agree are the same rational function of the same nodes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

PRIME = 2**127 - 1
MOST_KEPT = 100_000  # random numbers


class NoResidue(Exception):
    """A formula has no value modulo the prime: a division by zero, or a construct that is not rational."""


@dataclass(frozen=True, slots=True)
class Residue:
    """A number modulo the prime."""

    n: int
    point: str

    def __int__(self) -> int:
        """Return the representative between 0 and the prime."""
        return self.n

    def _with(self, n: int) -> Residue:
        return Residue(n % PRIME, self.point)

    def __add__(self, other: Residue | int) -> Residue:
        """Add."""
        return self._with(self.n + int(other)) if isinstance(other, Residue | int) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other: Residue | int) -> Residue:
        """Subtract."""
        return self._with(self.n - int(other)) if isinstance(other, Residue | int) else NotImplemented

    def __rsub__(self, other: int) -> Residue:
        """Subtract from a whole number."""
        return self._with(other - self.n)

    def __neg__(self) -> Residue:
        """Change the sign."""
        return self._with(-self.n)

    def __mul__(self, other: Residue | int) -> Residue:
        """Multiply."""
        return self._with(self.n * int(other)) if isinstance(other, Residue | int) else NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other: Residue | int) -> Residue:
        """Divide."""
        return self._with(self.n * _inverse(int(other))) if isinstance(other, Residue | int) else NotImplemented

    def __rtruediv__(self, other: int) -> Residue:
        """Divide a whole number."""
        return self._with(other * _inverse(self.n))

    def __pow__(self, exponent: int) -> Residue:
        """Raise to a whole power."""
        base = self.n if exponent >= 0 else _inverse(self.n)
        return self._with(pow(base, abs(exponent), PRIME))

    def _atom(self, kind: str, n: int) -> int:
        return drawn(f"{self.point} {kind} {n}")

    def exp(self) -> Residue:
        """e^-x = 1 / e^x."""
        if self.n == 0:
            return self._with(1)
        mirrored = PRIME - self.n
        atom = self._atom("exp", min(self.n, mirrored))
        return self._with(atom if self.n < mirrored else _inverse(atom))

    def log(self) -> Residue:
        """An atom; log 1 = 0."""
        return self._with(0 if self.n == 1 else self._atom("log", self.n))

    def tanh(self) -> Residue:
        """(e^2x - 1) / (e^2x + 1)."""
        square = self.exp() ** 2
        return (square - 1) / (square + 1)

    def sinh(self) -> Residue:
        """(e^x - e^-x) / 2."""
        power = self.exp()
        return (power - 1 / power) / 2

    def cosh(self) -> Residue:
        """(e^x + e^-x) / 2."""
        power = self.exp()
        return (power + 1 / power) / 2

    def sin(self) -> Residue:
        """2 t / (1 + t^2) with t odd."""
        t = self._odd("half")
        return 2 * t / (1 + t * t)

    def cos(self) -> Residue:
        """(1 - t^2) / (1 + t^2) with t odd."""
        t = self._odd("half")
        return (1 - t * t) / (1 + t * t)

    def atan(self) -> Residue:
        """An odd atom; atan 0 = 0."""
        return self._odd("atan")

    def erf(self) -> Residue:
        """An odd atom; erf 0 = 0."""
        return self._odd("erf")

    def pi(self) -> Residue:
        """The same random residue as for the name."""
        return self._with(drawn(f"{self.point} constant \\pi"))

    def _odd(self, kind: str) -> Residue:
        """Return an atom, that of the negative number with the other sign."""
        if self.n == 0:
            return self._with(0)
        mirrored = PRIME - self.n
        atom = self._atom(kind, min(self.n, mirrored))
        return self._with(atom if self.n < mirrored else -atom)

    def sqrt(self) -> Residue:
        """The root that is a square itself, where there is one."""
        root = pow(self.n, (PRIME + 1) // 4, PRIME)
        if root * root % PRIME != self.n:
            raise NoResidue("not a square")
        return self._with(root)

    def positive(self) -> Residue:
        """1 where the number is positive: an atom, the same for the same number."""
        return self._with(self._atom("positive", self.n))


@lru_cache(maxsize=MOST_KEPT)
def drawn(seed: str) -> int:
    """Return a residue that is the same for the same seed and looks random."""
    return int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=16).digest()) % PRIME


def _inverse(n: int) -> int:
    if n % PRIME == 0:
        raise NoResidue("division by zero")
    return pow(n, -1, PRIME)
