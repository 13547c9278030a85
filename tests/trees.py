"""Formula trees that several tests speak of."""

from symbp.formulas import Name, Number, Product

ONE, TWO = Number("1"), Number("2")
A, B, X, W = Name("a"), Name("b"), Name("x"), Name("w")
W1 = Name("w", (ONE,))
W5 = Name("w", (Number("5"),))
E_TOTAL = Name("E", (Name("total"),))


def times(*factors, sign="*"):
    """Return a product with one sign throughout."""
    return Product(factors, (sign,) * (len(factors) - 1))
