"""Letters of activations: which function they mean where the document names it another way."""

import pytest

from symbp import check

RECTIFIED = r"""$z = [1, 2]$, $a = \text{ReLU}(z) = [1, 2]$
$$d = \sigma'(z) \odot [2, 2] = [1, 1] \odot [2, 2]$$"""
NAMED = r"""$$a = \phi(z) = \tanh(z)$$
$$\phi'(z) = SLOPE$$"""


def test_the_slope_of_the_activation_that_is_said() -> None:
    report = check(text=RECTIFIED)
    assert not report.refuted
    assert report.equations[-1].links[-1].verdict in ("proved", "holds")


def test_a_sigmoid_that_is_written_out_stays_one() -> None:
    report = check(text=r"$\sigma(x) = \frac{1}{1 + e^{-x}}$. " + RECTIFIED)
    assert [link.rhs for link in report.refuted] == [r"[1, 1] \odot [2, 2]"]


@pytest.mark.parametrize(("slope", "passes"), [(r"1 - \tanh^2(z)", True), ("1 - a^2", True), (r"a (1 - a)", False)])
def test_a_letter_that_is_said_to_be_another_function(slope: str, passes: bool) -> None:
    link = check(text=NAMED.replace("SLOPE", slope)).equations[-1].links[-1]
    assert link.verdict in (("proved", "holds") if passes else ("refuted",))


@pytest.mark.parametrize(("rule", "passes"), [("(sigma(w*x) - y) * x", True), ("(sigma(w*x) + y) * x", False)])
def test_the_sigmoid_in_plain_letters(rule: str, passes: bool) -> None:
    text = f"L = -y * log(sigma(w*x)) - (1-y) * log(1 - sigma(w*x))\ndL/dw = {rule}\n"
    assert check(text=text).equations[-1].links[-1].verdict in (("proved", "holds") if passes else ("refuted",))
