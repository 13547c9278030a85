"""Fences in which a person typed formulas, functions printed without their argument, words for quantities."""

import pytest

from symbp import check
from symbp.documents import chains

UNIT = """# A unit

```
z = w × x + b          (before the activation)
a = σ(z)               # σ is the sigmoid
L = (1/2)(a - y)²
```

```
∂L/∂w = ∂L/∂a × ∂a/∂z × ∂z/∂w
      = %s
```
"""
LAYERS = """# Layers

```
z₁ = W₁ᵀx + b₁        # [m]
a₁ = tanh(z₁)
z₂ = W₂ᵀa₁ + b₂
L = (1/2)‖z₂ - y‖²
```

```text
%s
```
"""


def found(text: str) -> list[list[str]]:
    return [[member.text.strip() for member in chain.members] for chain in chains(text)]


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        ("(a - y) × a(1 - a) × x", "proved"),
        ("(a - y) × a(1 + a) × x", "refuted"),
        ("(y - a) × a(1 - a) × x", "refuted"),
    ],
)
def test_a_fence_of_formulas_is_read(right, verdict):
    assert [*check(text=UNIT % right).links][-1].verdict == verdict


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        ("∂z₂/∂a₁ = W₂ᵀ", "proved"),
        ("∂L/∂W₂ = a₁ × (∂L/∂z₂)ᵀ", "proved"),
        ("∂L/∂W₂ = a₁ × (∂L/∂z₂)", "refuted"),
        ("∂L/∂a₁ = W₂ @ ∂L/∂z₂", "proved"),
        ("∂L/∂a₁ = W₂.T @ ∂L/∂z₂", "refuted"),
        ("따라서 ∂L/∂a₁ = W₂ × ∂L/∂z₂", "proved"),
    ],
)
def test_arrays_in_a_fence(link, verdict):
    assert [*check(text=LAYERS % link).links][-1].verdict == verdict


@pytest.mark.parametrize(
    "code",
    [
        "x = y + 1",
        "dW = dZ @ A.T\ndb = dZ.sum()",
        "import numpy as np\nσ = np.exp(x)  # ∂L/∂x = 1",
        "def f(x):\n    return x ** 2  # x² = x^2",
        "loss = torch.sum((a - y)^2)",
    ],
)
def test_code_in_a_fence_stays_code(code):
    assert found(f"```\n{code}\n```\n\n$p = q$") == [["p", "q"]]


def test_a_fence_with_a_language_stays_code():
    assert found("```python\n# ∂L/∂w = ∂L/∂a × ∂a/∂w\n```\n\n$p = q$") == [["p", "q"]]


def test_what_follows_a_fence_is_read_as_before():
    assert found("```\n∂L/∂w = a × x\n```\n\n$p = q$\n\n```\nu = v + 1\n```\n") == [["∂L/∂w", "a × x"], ["p", "q"]]


def test_an_operator_before_brackets():
    text = "$$y = 3 x^2$$\n\n```\ndy/dx = d/dx[3 x^2]\n      = %s x\n```"
    assert [*check(text=text % 6).links][-1].verdict == "proved"
    assert [*check(text=text % 5).links][-1].verdict == "refuted"


def test_a_function_printed_without_its_argument():
    text = r"""$$\sigma = \frac{1}{1 + e^{-z}}$$

$$\tanh(z) = 2 \sigma(2 z) %s 1$$"""
    assert [*check(text=text % "-").links][-1].verdict in ("proved", "holds")
    assert [*check(text=text % "+").links][-1].verdict == "refuted"


def test_words_for_quantities_define_nothing():
    text = "$x = input$\n\n$y = output$\n\n$$y = w x + b$$\n\n$$\\frac{\\partial y}{\\partial w} = %s$$"
    assert [link.verdict for link in check(text=text % "x").links] == ["given", "given", "given", "proved"]
    assert [*check(text=text % "w").links][-1].verdict == "refuted"


def test_a_composition_of_any_functions_claims_nothing():
    text = "If $y = f(g(x))$, then $\\frac{dy}{dx} = \\frac{dy}{dg} \\frac{dg}{dx}$.\n\n$f(x) = \\tanh(x)$\n\n"
    links = [*check(text=text + "Let $g = 3 x + 2$ and $y = g^2$.").links]
    assert [link.verdict for link in links if link.verdict == "refuted"] == []
