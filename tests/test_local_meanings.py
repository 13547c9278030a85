"""Names that mean something else further on, and rates of 1 that steps leave out."""

import symbp

EXAMPLES = r"""
For $q = c^T s$ we have $\frac{\partial q}{\partial s} = c^T$.
For $v = M s$ the Jacobian is $\frac{\partial v}{\partial s} = M$.
With $r = g(v)$, element by element, and $J = \frac12 \|r - q\|^2$ one gets
$$\frac{\partial J}{\partial r} = (r - q)^T$$
$$\frac{\partial J}{\partial s} = LINE$$
"""

STEP = r"""
Let $r = u s$ and $J = \frac{1}{2} (r - q)^2$, and take a learning rate of $\eta = RATE$. Then
$$u_{new} = u - \eta \frac{dJ}{du} = LINE$$
"""


def _last(text: str) -> str:
    return symbp.check(text=text).equations[-1].links[-1].verdict


def test_a_target_with_the_name_of_an_example_is_no_reason_to_refute() -> None:
    right = r"(r - q)^T \mathrm{diag}(g'(v)) M"
    assert _last(EXAMPLES.replace("LINE", right)) != "refuted"
    assert _last(EXAMPLES.replace("LINE", right.replace("r - q", "q - r"))) not in ("proved", "holds")


def test_a_step_leaves_out_a_rate_that_is_1_and_no_other() -> None:
    step = STEP.replace("LINE", "u - (r - q) s")
    assert _last(step.replace("RATE", "1")) in ("proved", "holds")
    assert _last(step.replace("RATE", "0.5")) == "refuted"
    assert _last(STEP.replace("LINE", "u + (r - q) s").replace("RATE", "1")) == "refuted"
