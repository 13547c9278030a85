"""What stands squared in a logarithm or a root is meant to be positive, as a standard deviation is."""

import pytest

from symbp import check

RIGHT = [
    (r"v = \ln \tau^2", r"\tau = e^{v/2}", r"\tau = e^{v}"),
    (r"v = \log \tau_i^2", r"\tau_i = e^{v_i/2}", r"\tau_i = e^{-v_i/2}"),
    (r"v = \log \tau^2", r"\tau = \exp(v / 2)", r"\tau = -\exp(v / 2)"),
]


@pytest.mark.parametrize(("given", "right", "wrong"), RIGHT)
def test_the_positive_root_is_right(given: str, right: str, wrong: str) -> None:
    given = given.replace("v =", "v_i =") if "_i" in given else given
    good, bad = (check(text=f"Let ${given}$.\n\n$${line}$$\n").equations[-1].links[0] for line in (right, wrong))
    assert good.verdict in ("holds", "proved")
    assert bad.verdict == "refuted"
