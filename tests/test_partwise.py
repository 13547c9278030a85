"""Components of vectors that are defined as a whole; and what is no claim about them."""

import pytest

from symbp import check

SOFTMAX = r"""Let $\mathbf{p} = \text{softmax}(\mathbf{z})$ and $L = -\sum_k y_k \log p_k$ where $\sum_k y_k = 1$.

"""
UNITS = r"""$$z = W x + b, \quad a = \sigma(z), \quad \sigma(u) = \frac{1}{1 + e^{-u}}$$

$$E = \frac12 \sum_j (a_j - t_j)^2$$

"""
SAMPLES = r"""$$p_i = \sigma(z_i), \quad z_i = w^Tx_i + b$$

$$P = \prod_{i=1}^N p_i^{y_i} (1-p_i)^{(1-y_i)}$$

$$L = -\sum_{i=1}^N [y_ilog(p_i) + (1-y_i)log(1-p_i)]$$

"""
SIZED = r"""$$\begin{aligned}
z^{[l]} &= W^{[l]} a^{[l-1]} + b^{[l]} \\
&: [n^{[l]}, m] \\
a^{[l]} &= g(z^{[l]}) \\
&: [n^{[l]}, m]
\end{aligned}$$

"""


def last(text: str, link: str) -> str:
    return [*check(text=f"{text}$${link}$$").links][-1].verdict


@pytest.mark.parametrize(
    ("text", "link", "verdict"),
    [
        (SOFTMAX, r"\frac{\partial L}{\partial z_k} = p_k - y_k", "proved"),
        (SOFTMAX, r"\frac{\partial L}{\partial z_k} = y_k - p_k", "refuted"),
        (SOFTMAX, r"\frac{\partial p_k}{\partial z_k} = p_k (1 - p_k)", "proved"),
        (SOFTMAX, r"\frac{\partial p_k}{\partial z_k} = p_k (1 + p_k)", "refuted"),
        (UNITS, r"\frac{\partial E}{\partial z_j} = (a_j - t_j) a_j (1 - a_j)", "proved"),
        (UNITS, r"\frac{\partial E}{\partial z_j} = (a_j - t_j) a_j (1 + a_j)", "refuted"),
        (SAMPLES, r"\frac{\partial L}{\partial w} = \sum_{i=1}^N (p_i - y_i) x_i", "proved"),
        (SAMPLES, r"\frac{\partial L}{\partial w} = \sum_{i=1}^N (y_i - p_i) x_i", "refuted"),
        (SAMPLES, r"\frac{\partial L}{\partial b} = \sum_{i=1}^N (p_i - y_i)", "proved"),
        (SAMPLES, r"\log P = -L", "proved"),
        (SAMPLES, r"\log P = L", "refuted"),
    ],
)
def test_components_of_vectors(text, link, verdict):
    said = last(text, link)
    assert said == verdict or (verdict == "proved" and said == "holds")


def test_sizes_on_rows_of_their_own_belong_to_no_formula():
    assert [link.verdict for link in check(text=SIZED).links] == ["given", "given"]
    assert last(SIZED, r"\frac{\partial a^{[l]}}{\partial z^{[l]}} = g(z^{[l]})") in ("refuted", "undecided")


def test_a_loss_of_one_layer_says_nothing_of_the_last():
    text = SIZED + r"$$L = -(y \ln a^{[l]} + (1 - y) \ln(1 - a^{[l]}))$$" + "\n\n"
    link = r"\frac{dL}{da^{[L]}} = -\frac{y}{a^{[L]}} + \frac{1 - y}{1 - a^{[L]}}"
    assert last(text, link) in ("undecided", "holds", "proved")


def test_a_letter_in_a_script_font_may_be_another_name():
    text = SAMPLES.replace("$$P = ", r"$$\mathcal{L}(w, b) = ")
    assert last(text, r"\frac{\partial L}{\partial b} = \sum_{i=1}^N (p_i - y_i)") == "proved"
    assert last(text, r"\frac{\partial L}{\partial b} = \sum_{i=1}^N (p_i + y_i)") == "refuted"
    alone = SAMPLES.replace("$$L = ", r"$$\mathcal{L} = ")
    assert last(alone, r"\frac{\partial L}{\partial b} = \sum_{i=1}^N (p_i - y_i)") == "proved"
