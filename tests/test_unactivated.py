"""The input of a unit is printed where its output belongs, as all that follows shows."""

import pytest

from symbp.checking import check

TEXT = r"""
$$z_1 = 0.3, \quad a_1 = \tanh(z_1) = 0.2913$$

$$d = 0.5, \quad a_2 = {given}$$

$$g = d a_2 = {first}$$

$$k = d (1 - a_2^2) = {second}$$
"""


def _verdicts(given: str, first: str, second: str) -> list[str]:
    links = list(check(text=TEXT.format(given=given, first=first, second=second)).links)
    return [link.verdict for link in links if link.rhs in (given, first, second)]


@pytest.mark.parametrize(
    ("given", "first", "second", "verdicts"),
    [
        ("0.2165", "0.1066", "0.4773", ["refuted", "proved", "holds"]),
        ("0.2132", "0.1066", "0.4773", ["given", "proved", "holds"]),
        ("0.2165", "0.1066", "0.4766", ["given", "refuted", "holds"]),
        ("0.2165", "0.1566", "0.4173", ["given", "refuted", "refuted"]),
        ("0.2165", "0.1082", "0.4766", ["given", "holds", "holds"]),
    ],
)
def test_a_forgotten_activation_is_the_one_slip(given: str, first: str, second: str, verdicts: list[str]) -> None:
    assert _verdicts(given, first, second) == verdicts


def test_a_forgotten_activation_of_a_vector_is_the_one_slip() -> None:
    text = r"""
$$h^{[1]} = \tanh\left(\begin{bmatrix} 0.3 \\ 0.3 \end{bmatrix}\right)
= \begin{bmatrix} 0.2913 \\ 0.2913 \end{bmatrix}$$

$$h^{[2]} = \begin{bmatrix} 0.2165 \\ 0.2165 \end{bmatrix}, \quad d = \begin{bmatrix} 0.5 \\ -0.25 \end{bmatrix}$$

$$G = d (h^{[2]})^T = \begin{bmatrix} 0.1066 & 0.1066 \\ -0.0533 & -0.0533 \end{bmatrix}$$

$$k = d \odot (1 - (h^{[2]})^2) = \begin{bmatrix} 0.4773 \\ -0.2386 \end{bmatrix}$$
"""
    report = check(text=text)
    assert [link.lhs for link in report.refuted] == ["h^{[2]}"]
