"""A general layer with indices, and what is found in a text where a slip was made."""

from symbp.checking import check

LAYER = r"""
$$f(x) = \frac{1}{1 + e^{-x}}$$
$$f'(x) = f(x) (1 - f(x))$$
$$z_j^{(l)} = \sum_k w_{jk}^{(l)} a_k^{(l-1)} + b_j^{(l)}$$
$$a_j^{(l)} = f(z_j^{(l)})$$
$$E = \frac{1}{2} \sum_j (a_j^{(L)} - t_j)^2$$
$$\delta_j^{(l)} = \frac{\partial E}{\partial z_j^{(l)}}$$
"""


def found(text):
    """Return the slip and what should stand there for each refuted link."""
    return [(link.slip, link.expected) for link in check(text=text).refuted]
