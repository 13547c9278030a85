"""Derivatives written for short (dW, dz), and losses that are sums over the samples of a batch."""

import pytest

from symbp.checking import check

LAYERS = r"""
$$Z^{[1]} = W^{[1]} X + b^{[1]}$$
$$A^{[1]} = \tanh(Z^{[1]})$$
$$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$$
$$A^{[2]} = \sigma(Z^{[2]})$$
"""
ENTROPY = r"""
$$J = -\frac{1}{m} \sum_{i=1}^{m} \left( y^{(i)} \log a^{[2](i)} + (1 - y^{(i)}) \log(1 - a^{[2](i)}) \right)$$
"""
CLASSES = r"""
$$J = -\frac{1}{m} \sum_{i=1}^{m} \sum_{k=1}^{K} y_k^{(i)} \log a_k^{[2](i)}$$
"""
BACK = {
    "output": r"dZ^{[2]} = A^{[2]} - Y",
    "weights": r"dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]T}",
    "biases": r"db^{[2]} = \frac{1}{m} \sum_{i=1}^{m} dZ^{[2](i)}",
    "hidden": r"dZ^{[1]} = W^{[2]T} dZ^{[2]} * (1 - (A^{[1]})^2)",
    "first": r"dW^{[1]} = \frac{1}{m} dZ^{[1]} X^T",
}
SLIPS = [
    ("output", r"dZ^{[2]} = Y - A^{[2]}"),
    ("weights", r"dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]}"),
    ("weights", r"dW^{[2]} = dZ^{[2]} A^{[1]T}"),
    ("hidden", r"dZ^{[1]} = W^{[2]} dZ^{[2]} * (1 - (A^{[1]})^2)"),
    ("hidden", r"dZ^{[1]} = W^{[2]T} dZ^{[2]} * (1 - A^{[1]})"),
    ("first", r"dW^{[1]} = \frac{1}{m} dZ^{[2]} X^T"),
]
UNIT = r"""
$$z = w^T x + b$$
$$a = \sigma(z)$$
$$L(a, y) = -(y \log(a) + (1 - y) \log(1 - a))$$
"""


def verdicts(forward, back):
    report = check(text=forward + "\n".join(f"$${line}$$\n" for line in back))
    return [equation.links[0].verdict for equation in report.equations[-len(back) :]]


@pytest.mark.parametrize(
    "forward",
    [
        LAYERS + ENTROPY,
        LAYERS.replace(r"\sigma(Z^{[2]})", r"\mathrm{softmax}(Z^{[2]})") + CLASSES,
    ],
    ids=["sigmoid", "softmax"],
)
def test_the_steps_of_a_batch_hold(forward):
    assert verdicts(forward, BACK.values()) == ["proved"] * 5


@pytest.mark.parametrize(("line", "slip"), SLIPS)
def test_a_slip_in_a_step_of_a_batch_is_refuted(line, slip):
    found = verdicts(LAYERS + ENTROPY, (BACK | {line: slip}).values())
    place = list(BACK).index(line)
    assert found == ["refuted" if number == place else "proved" for number in range(5)]


def test_without_a_loss_the_output_is_given_and_the_rest_follows():
    back = [BACK["output"], BACK["weights"], BACK["hidden"], BACK["first"]]
    assert verdicts(LAYERS, back) == ["given", "proved", "proved", "proved"]
    back[2] = BACK["hidden"].replace("{[2]T}", "{[2]}")
    assert verdicts(LAYERS, back) == ["given", "proved", "refuted", "proved"]


def test_one_unit():
    right = [r"da = -\frac{y}{a} + \frac{1 - y}{1 - a}", "dz = a - y", r"dw = x \, dz", "db = dz"]
    assert verdicts(UNIT, right) == ["proved"] * 4
    assert verdicts(UNIT, [right[0], "dz = y - a", r"dw = w \, dz", "db = dz"]) == [
        "proved",
        "refuted",
        "refuted",
        "proved",
    ]


def test_differentials_are_no_derivatives_of_a_loss():
    forward = "$$z = w x$$\n$$a = z^2$$\n$$L = (a - y)^2$$\n"
    assert "refuted" not in verdicts(forward, ["dz = x dw", "da = 2 z dz"])


def test_what_is_handed_on_to_the_next_step_gets_a_new_value_in_each():
    text = r"""
$W_{hh} = 0.1$, $da_3 = -0.09117$

$dh_{\text{next}} = da_3 W_{hh} \approx -0.09117 \cdot 0.1 = -0.009117$

$da_2 = -0.08948$

$dh_{\text{next}} \approx -0.08948 \cdot 0.1 = -0.008948$
"""
    assert check(text=text).summary["refuted"] == 0
    assert check(text=text.replace("-0.008948", "-0.009848")).summary["refuted"] == 1
