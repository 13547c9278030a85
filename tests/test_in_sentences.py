"""Formulas in the sentences of texts without delimiters."""

import pytest

from symbp.checking import check
from symbp.documents import chains

SENTENCES = [
    ("The loss is L = (z - y)^2, so dL/dz = 2*(z - y) by the chain rule.", ["L = (z - y)^2", "dL/dz = 2*(z - y)"]),
    (
        "Let z = w*x + b and L = (z - y)^2.\nHence ∂L/∂z = 2*(z - y)",
        ["z = w*x + b", "L = (z - y)^2", "∂L/∂z = 2*(z - y)"],
    ),
    ("With a = sigmoid(z) we get da/dz = a*(1 - a) here.", ["a = sigmoid(z)", "da/dz = a*(1 - a)"]),
    ("Then dv/dx = 4*u\nTherefore, dv/du = 2*u", ["dv/dx = 4*u", "dv/du = 2*u"]),
    ("Take x = 2, w = 0.5 and dz/dw = x = 2 (the input).", ["x = 2", "w = 0.5", "dz/dw = x = 2"]),
    ("It is dz/dw = x - the input is all that counts.", []),  # no telling where the formula ends
    ("We have dL/dw = 2 (z - y) x for one sample.", []),
    ("The rate was p = 5% of dL/dw = 3 here.", ["dL/dw = 3"]),
    ("A sentence about x = 3 apples alone.", []),  # nothing in this text is differentiated
]


@pytest.mark.parametrize(("text", "formulas"), SENTENCES, ids=[text[:30] for text, _ in SENTENCES])
def test_formulas(text: str, formulas: list[str]) -> None:
    assert [chain.source.strip() for chain in chains(text)] == formulas


def test_a_definition_in_a_sentence_is_used() -> None:
    report = check(
        text="A neuron has z = w*x + b. The loss is L = (z - y)^2.\n\ndL/dz = (z - y)\ndL/dw = 2*(z - y)*x\n"
    )
    verdicts = [link.verdict for equation in report.equations for link in equation.links]
    assert verdicts == ["given", "given", "refuted", "proved"]


def test_between_delimiters_prose_stays_prose() -> None:
    assert [chain.source for chain in chains("Here k = 3 times $a = b$ and dL/dw = 4 of these were used.")] == ["a = b"]
