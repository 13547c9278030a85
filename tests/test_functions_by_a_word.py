"""Functions that are named by a word, be they used before or after their definition."""

import pytest

from symbp import check

DEFINED = r"$\mathrm{Net}(a) = B \tanh(A a + c)$"
USED = r"$v = a + \mathrm{Net}(a)$"


@pytest.mark.parametrize("parts", [(DEFINED, USED), (USED, DEFINED)])
def test_the_order_of_use_and_definition_says_nothing(parts: tuple[str, str]) -> None:
    assert [link.verdict for link in check(text=", ".join(parts)).links] == ["given", "given"]


@pytest.mark.parametrize(("slope", "verdict"), [("1 - g^2", "proved"), ("1 + g^2", "refuted")])
def test_its_slope_is_judged(slope: str, verdict: str) -> None:
    text = r"$h = \text{act}(u)$, $\text{act}(u) = \tanh(u)$, $g = \tanh(u)$, "
    assert list(check(text=rf"{text} $\frac{{d h}}{{d u}} = {slope}$").links)[-1].verdict == verdict


BLOCK = r"""$v = a + \mathrm{Net}(a)$, $\mathrm{Net}(a) = B\,\mathrm{relu}(A a + c) + q$, with $a \in \mathbb{R}^{n}$,
$A \in \mathbb{R}^{k \times n}$ and $B \in \mathbb{R}^{n \times k}$.
$s = A a + c$, $r = \mathrm{relu}(s)$, $t = \nabla_v C$.
"""


@pytest.mark.parametrize(
    ("link", "verdict", "slip"),
    [
        (r"\nabla_{q} C = t", "proved", None),
        (r"\nabla_{B} C = t r^\top", "proved", None),
        (r"\nabla_{B} C = r t^\top", "refuted", "transposed product"),
        (r"\nabla_{B} C = -t r^\top", "refuted", "sign"),
    ],
)
def test_a_function_of_a_whole_array_is_differentiated(link: str, verdict: str, slip: str | None) -> None:
    found = list(check(text=f"{BLOCK}\n\n$${link}$$").links)[-1]
    assert (found.verdict, found.slip) == (verdict, slip)


def test_a_word_before_an_index_in_brackets_is_no_function() -> None:
    text = r"$\text{net}(k) = w_1 x_1 + w_2 x_2$, $\text{net}(m) = w_3 x_1 + w_4 x_2$"
    assert "refuted" not in [link.verdict for link in check(text=text).links]
