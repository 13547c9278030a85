"""Slips in definitions: the report names the definition, and the links that follow from it are right again."""

import pytest

from symbp import derive, mlp
from symbp.checking import LinkReport, check
from symbp.checking.roots import is_activation
from symbp.formulas import read

TEXT = derive(mlp(2, 3, 2, activation="sigmoid", bias="unit"), level="layer").to_markdown("matrix", digits=6)
SLIPS = [
    (r"W^{(2)} n^{(1)} + b^{(2)} \quad", r"W^{(2)} n^{(1)} \quad", "forgotten bias"),
    (r"W^{(1)} n^{(0)} + b^{(1)} \quad", r"W^{(1)} n^{(0)} + b^{(1)} + W^{(1)} \quad", "extra term"),
    (r"W^{(2)} n^{(1)} + b^{(2)} \quad", r"2 W^{(2)} n^{(1)} + b^{(2)} \quad", "factor 2 or 1/2"),
    (r"W^{(2)} n^{(1)} + b^{(2)} \quad", r"W^{(2)} n^{(1)} z^{(2)} + b^{(2)} \quad", "extra factor"),
    (r"\frac{1}{1 + e^{-x}} \quad", r"-\frac{1}{1 + e^{-x}} \quad", "sign"),
    (r"\|y - n^{(2)}\|^2", r"\|-n^{(2)}\|^2", "missing term"),
]


def refuted(text: str) -> tuple[LinkReport, ...]:
    return check(text=text).refuted


@pytest.mark.parametrize(("right", "wrong", "slip"), SLIPS)
def test_a_slip_in_a_definition_is_named_where_it_stands(right: str, wrong: str, slip: str) -> None:
    assert right in TEXT
    start = TEXT.index(right)
    [found] = refuted(TEXT.replace(right, wrong, 1))
    assert found.line == TEXT[:start].count("\n") + 1
    assert found.slip == slip


@pytest.mark.parametrize(("right", "wrong", "slip"), SLIPS)
def test_with_what_belongs_there_nothing_is_refuted(right: str, wrong: str, slip: str) -> None:
    text = TEXT.replace(right, wrong, 1)
    [found] = refuted(text)
    assert refuted(text.replace(found.rhs.strip(), found.expected or slip, 1)) == ()


def test_a_definition_is_not_doubted_for_a_slip_in_one_chain() -> None:
    right = r"\delta^{(2)} (n^{(1)})^T \quad \text{(definition of delta)}"
    assert right in TEXT
    [found] = refuted(TEXT.replace(right, "2 " + right, 1))
    assert found.slip == "factor 2 or 1/2"
    assert "delta^{(2)} (n^{(1)})^T" in found.rhs


def test_what_is_not_defined_does_not_make_a_definition_wrong() -> None:
    text = "$$z = w x$$\n$$a = \\tanh(z)$$\n$$\\frac{\\partial L}{\\partial w} = \\frac{\\partial L}{\\partial a} x$$\n"
    assert [(link.line, link.slip) for link in refuted(text)] == [(3, "lost derivative factor")]


@pytest.mark.parametrize(
    ("body", "known"), [(r"\frac{1}{1 + e^{-x}}", True), (r"\frac{1}{1 - e^{-x}}", False), ("x + b", False)]
)
def test_an_activation_is_known_by_its_values(body: str, known: bool) -> None:
    assert is_activation(("x",), read(body)) is known


def test_a_step_against_a_gradient_is_no_path() -> None:
    start = TEXT.index(r"{W^{(1)}}^+")
    end = TEXT.index(r" \quad", start)
    head = TEXT[start:end].partition("&=")[0]
    found = refuted(TEXT[:start] + head + "&= W^{(1)}" + TEXT[end:])
    assert {link.slip for link in found} == {"missing term"}


def test_a_slip_in_a_step_is_no_equation_to_solve() -> None:
    right = r"W^{(1)} - \eta \delta^{(1)} (n^{(0)})^T \quad"
    assert right in TEXT
    [found] = refuted(TEXT.replace(right, right.replace(r"\eta", r"2 \eta"), 1))
    assert found.slip == "factor 2 or 1/2"


def test_what_a_later_section_defines_anew_has_no_slip() -> None:
    text = "# One\n\n$z = W x$, $a = \\tanh(z)$, $L = \\frac12 \\|a - y\\|^2$\n\n# Two\n\n$z = W x + b$\n\n"
    found = check(text=text + r"$$\frac{\partial L}{\partial b} = (a - y) \odot (1 - a \odot a)$$")
    assert next(link.verdict for link in found.links) == "given"
    assert found.refuted == ()


def test_a_loss_that_lacks_the_output_is_what_is_wrong() -> None:
    loss = r"$$C = \sum_j (y_j)^2$$"
    text = (
        r"$$z_j = \sum_k w_{jk} x_k$$ $$a_j = g(z_j)$$ " + loss + r" $$\frac{\partial C}{\partial z_j} = "
        r"\frac{\partial C}{\partial a_j} g'(z_j) = 2 (a_j - y_j) g'(z_j)$$"
        r" $$\frac{\partial C}{\partial w_{jk}} = \frac{\partial C}{\partial z_j} x_k$$"
    )
    assert [(link.slip, link.expected) for link in refuted(text)] == [("missing term", r"\sum_j (y_j - a_j)^2")]
    assert refuted(text.replace("(y_j)", "(y_j - a_j)")) == ()
