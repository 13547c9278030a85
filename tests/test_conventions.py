"""What a document takes for granted is found, and where its numbers or its words need something else."""

import pytest
import sympy

import symbp
from symbp.checking import Finding, Report, check
from symbp.checking.claims import claims, statements
from symbp.checking.rounds import Way, numeric, outcomes
from symbp.documents import derive
from symbp.errors import UnsupportedError
from symbp.networks import ACTIVATIONS, activations, load, mlp, worked_values

GIVEN = r"""# A network by hand

$$w_1 = 0.15, \; w_2 = 0.20, \; w_3 = 0.25, \; w_4 = 0.30, \; w_5 = 0.40, \; w_6 = 0.45, \; w_7 = 0.50, \; w_8 = 0.55$$
$$i_1 = 0.05, \; i_2 = 0.10, \; b_1 = 0.35, \; b_2 = 0.60, \; t_1 = 0.01, \; t_2 = 0.99, \; \eta = 0.5$$
$$net_{h1} = w_1 i_1 + w_2 i_2 + b_1, \quad net_{h2} = w_3 i_1 + w_4 i_2 + b_1$$
$$out_{h1} = \sigma(net_{h1}), \quad out_{h2} = \sigma(net_{h2})$$
$$net_{o1} = w_5 out_{h1} + w_6 out_{h2} + b_2, \quad net_{o2} = w_7 out_{h1} + w_8 out_{h2} + b_2$$
$$out_{o1} = \sigma(net_{o1}), \quad out_{o2} = \sigma(net_{o2})$$
$$E = \frac{1}{2}(t_1 - out_{o1})^2 + \frac{1}{2}(t_2 - out_{o2})^2$$
$$w_5^+ = w_5 - \eta \frac{\partial E}{\partial w_5}$$

"""
ENGLISH = """What happens now:

- before training, the total error was 0.298371109;
- after the first round of backpropagation the total error is 0.291027924;
- after 10,000 rounds it is tiny, the error is only 0.0000351085, while the two outputs are 0.015912196 (vs 0.01 target)
  and 0.984065734 (vs 0.99 target).
"""
CHINESE = """训练之前总误差为 0.298371109。第一轮反向传播后，总误差为 0.291027924。
重复 1 万次之后，误差降到 0.0000351085，此时两个输出为 0.015912196（目标 0.01）和 0.984065734（目标 0.99）。
"""
SEQUENTIAL = "what sequential updates give: hidden layers use the weights behind them as already updated"
EXPLAINED = [
    ("convention", f"the total error 0.291027924 after 1 round is {SEQUENTIAL}, and biases stay fixed"),
    (
        "convention",
        f"the outputs 0.015912196 and 0.984065734 after 10,000 rounds are {SEQUENTIAL}, and biases stay fixed",
    ),
    (
        "contradiction",
        "the total error 0.0000351085 after 10,000 rounds is what simultaneous updates give after 9,999 rounds; "
        "after 10,000 rounds, simultaneous updates give 0.0000351019, sequential updates give 0.0000350848",
    ),
]


def about_rounds(report: Report) -> list[tuple[str, str]]:
    return [(finding.kind, finding.text) for finding in report.findings if "round" in finding.text]


@pytest.mark.parametrize("words", [ENGLISH, CHINESE, ENGLISH.replace("10,000 rounds", "10000 iterations")])
def test_the_best_known_example_is_explained(words: str) -> None:
    report = check(text=GIVEN + words)
    assert about_rounds(report) == EXPLAINED
    assert report.refuted == ()


def test_a_network_that_the_user_names_explains_the_same_numbers() -> None:
    assert about_rounds(check(text="$E = 0.3$\n\n" + ENGLISH, network="mazur")) == EXPLAINED


def test_a_document_with_the_numbers_of_a_preset_is_completed_by_it() -> None:
    partly = GIVEN.replace(r"\; w_7 = 0.50, \; w_8 = 0.55", "").replace(r"\; t_2 = 0.99, ", "")
    report = check(text=partly + ENGLISH)
    assert about_rounds(report) == EXPLAINED
    assert any("those of the preset mazur" in finding.text for finding in report.findings)
    other = partly.replace("w_1 = 0.15", "w_1 = 0.16")
    assert about_rounds(check(text=other + ENGLISH)) == []


ORIGINAL = "For the hidden layer we use the original weights, not the updated ones.\n\n"
UPDATED = "For the hidden layer we use the updated weights instead of the original ones.\n\n"


def test_words_against_numbers_are_a_contradiction_that_names_both() -> None:
    report = check(text=GIVEN + ORIGINAL + ENGLISH)
    assert about_rounds(report)[-1] == (
        "contradiction",
        "it is said here that updates use the original weights, but 0.291027924 after 1 round (line 17) needs the "
        "already updated output weights",
    )
    chinese = check(text=GIVEN + "更新隐藏层时使用原来的权重，而不是更新后的权重。\n\n" + CHINESE)
    assert [text[:60] for _, text in about_rounds(chinese)][-1] == (
        "it is said here that updates use the original weights, but 0"
    )
    simultaneous = ENGLISH.replace("0.291027924", "0.291027774").partition("- after 10,000")[0]
    assert [kind for kind, _ in about_rounds(check(text=GIVEN + ORIGINAL + simultaneous))] == ["convention"]
    reverse = about_rounds(check(text=GIVEN + UPDATED + simultaneous))
    assert reverse[-1][1].endswith("0.291027774 after 1 round (line 17) needs the original output weights")


def test_a_number_that_nothing_gives_is_said_and_one_about_something_else_is_not() -> None:
    wrong = check(text=GIVEN + "After one round of training the total error is 0.291127.\n")
    assert about_rounds(wrong) == [
        (
            "contradiction",
            "the total error 0.291127 after 1 round is what no way of updating gives; after 1 round, simultaneous "
            "updates give 0.291028, sequential updates give 0.291028",
        )
    ]
    for words in (
        "After one round of training the test error of the larger network is 0.0512.",
        "In the first step the outputs are 0.75136507 and 0.772928465.",
        "After the first round the hidden outputs were 0.5931 and 0.5967.",
        "Training for 500 epochs took 0.29103 seconds.",
    ):
        assert about_rounds(check(text=GIVEN + words)) == []


def test_claims_are_found_in_prose() -> None:
    text = "It took time. After 2 epochs the loss fell from 0.6931 to 0.4512.\n\nThe loss is 0.5123 here."
    assert [(claim.number, claim.rounds) for claim in claims(text)] == [("0.4512", 2)]
    assert [(c.number, c.rounds, c.line) for c in claims("a\n\n经过 2 千轮训练，损失为 $1.234\\times 10^{-5}$。")] == [
        ("1.234e-5", 2000, 3)
    ]
    assert list(claims("```\nafter 1 round the error is 0.12345\n```")) == []
    assert [
        said.sequential for said in statements("Use old values, not new ones.\n使用更新后的权重，而不是原来的权重")
    ] == [
        False,
        True,
    ]


@pytest.mark.parametrize("loss", ["half_squared_error", "mean_squared_error", "binary_cross_entropy"])
@pytest.mark.parametrize("bias", ["unit", "shared", "none"])
@pytest.mark.parametrize("hidden", ["tanh", "relu", "sigmoid"])
def test_rounds_are_those_of_training(loss: str, bias: str, hidden: str) -> None:
    rows = {"unit": [[0.1, -0.2, 0.3], [0.2, 0.1]], "shared": [[0.1], [0.2]], "none": []}
    values = worked_values(
        [[[0.1, 0.2], [0.3, -0.4], [0.5, 0.6]], [[0.7, -0.8, 0.9], [0.2, 0.3, 0.4]]],
        rows[bias],
        [0.6, 0.7],
        [0.1, 0.8],
        "0.3",
    )
    network = mlp(2, 3, 2, activation=[hidden, "sigmoid"], loss=loss, bias=bias, values=values)
    found = outcomes(network, [1, 7])
    moving = {"unit": "unit", "shared": "shared", "none": "fixed"}[bias]
    for fixed, kind in ((False, moving), (True, "fixed")):
        fit = symbp.train(network, [[0.6, 0.7]], [[0.1, 0.8]], epochs=7, lr=0.3, fixed_biases=fixed)
        for rounds in (1, 7):
            assert found[rounds][Way(False, kind)].error == pytest.approx(fit.history[rounds], rel=1e-12)
        assert found[7][Way(False, kind)].outputs == pytest.approx(tuple(fit.predict([[0.6, 0.7]])[0]), rel=1e-12)


def test_every_activation_has_numbers_without_generated_code() -> None:
    for record in ACTIVATIONS.values():
        for point in (-1.5, 0.25, 2.0):
            expected = float(record.of(sympy.Float(point)))
            found = numeric(record.of(activations.x))({activations.x: point})
            assert float(found) == pytest.approx(expected, abs=1e-12)
    with pytest.raises(UnsupportedError, match="has no numbers here"):
        numeric(sympy.gamma(activations.x))


def test_too_many_rounds_are_not_counted_through() -> None:
    assert outcomes(load("mazur"), [10**9]) == {}


def findings(text: str) -> set[tuple[str, str]]:
    return {(finding.kind, finding.text) for finding in check(text=text).findings}


def test_the_conventions_of_a_derivation_are_named() -> None:
    assert findings(GIVEN) == {
        ("convention", "E is 1/2 of the squared difference, added up over the 2 outputs"),
        ("convention", "the units of a layer share one bias: b_1, b_2"),
    }
    assert ("convention", "each unit has a bias of its own") in findings(derive(mlp(2, 2, 1)).to_markdown())
    mean = derive(mlp(2, 2, 3, loss="mean_squared_error")).to_markdown()
    assert ("convention", "E_total is the mean of the squared differences of the 3 outputs") in findings(mean)


@pytest.mark.parametrize(
    ("delta", "text"),
    [
        (r"(out_{o1} - t_1) out_{o1} (1 - out_{o1})", r"\delta_o1 is the derivative of E by the net input"),
        (r"(t_1 - out_{o1}) out_{o1} (1 - out_{o1})", r"\delta_o1 is minus the derivative of E by the net input"),
    ],
)
def test_the_sign_of_delta_is_named(delta: str, text: str) -> None:
    assert ("convention", text) in findings(rf"{GIVEN}$$\delta_{{o1}} = {delta}$$")


def test_deltas_of_both_signs_contradict_one_another() -> None:
    one = r"$$\delta_{o1} = (out_{o1} - t_1) out_{o1} (1 - out_{o1})$$"
    other = r"$$\delta_{o2} = (t_2 - out_{o2}) out_{o2} (1 - out_{o2})$$"
    text = r"\delta_o1 is the derivative of E by the net input, but \delta_o2 has the other sign"
    assert ("contradiction", text) in findings(GIVEN + one + other)


ROWS = r"""$$x = \begin{bmatrix} 1 & 2 & 3 \end{bmatrix}$$ $$y = 1$$
$$W = \begin{bmatrix} 0.1 & 0.2 \\ 0.3 & 0.4 \\ 0.5 & 0.6 \end{bmatrix}$$
$$V = \begin{bmatrix} 0.1 \\ 0.2 \end{bmatrix}$$ $$z = x W$$ $$h = \sigma(z)$$ $$p = h V$$ $$L = (y - p)^2$$"""


def test_the_layout_of_matrices_is_named() -> None:
    assert ("convention", "W has a row for each input and a column for each unit") in findings(ROWS)
    columns = ROWS.replace("= x W", "= W x").replace(r"1 & 2 & 3", r"1 \\ 2 \\ 3").replace("= h V", "= V^T h")
    columns = columns.replace(r"0.1 & 0.2 \\ 0.3 & 0.4 \\ 0.5 & 0.6", r"0.1 & 0.3 & 0.5 \\ 0.2 & 0.4 & 0.6")
    assert ("convention", "W has a row for each unit and a column for each input") in findings(columns)


@pytest.mark.parametrize(("one", "other", "which"), [("12", "21", "leads to"), ("21", "12", "comes from")])
def test_the_order_of_indices_is_named(one: str, other: str, which: str) -> None:
    document = rf"""$$z_1 = w_{{11}} x_1 + w_{{{one}}} x_2$$ $$z_2 = w_{{{other}}} x_1 + w_{{22}} x_2$$
    $$a_1 = \sigma(z_1)$$ $$a_2 = \sigma(z_2)$$ $$E = \frac{{1}}{{2}}((a_1 - y_1)^2 + (a_2 - y_2)^2)$$"""
    assert ("convention", f"the first index of a weight is the unit that it {which}: w_{one}") in findings(document)


def test_a_number_of_the_network_that_is_given_twice_is_a_contradiction() -> None:
    twice = GIVEN.replace(r"\eta = 0.5$$", r"\eta = 0.5$$ $$w_5 = 0.45$$", 1)
    kinds = [finding for finding in check(text=twice).findings if finding.text.startswith("w_5")]
    text = "w_5 is 0.40 on line 3 but 0.45 here, and nothing between them uses the first"
    assert kinds == [Finding("contradiction", 4, text)]
