"""Documents whose formulas were damaged on their way: backslashes lost, delimiters doubled, sizes and words within."""

import pytest

import symbp

NET = "$$z = w x + b$$\n$$a = \\sigma(z)$$\n$$L = \\frac{1}{2}(a - t)^2$$\n"


def verdicts(text):
    return [link.verdict for link in symbp.check(text=text).links]


SLOPE = r"\frac{\partial L}{\partial z}"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (f"$${SLOPE} = (a - t) , @$$", "a(1 - a)", "a"),
        (f"$${SLOPE} = @ \\sigma'!\\left(z\\right)$$", "(a - t)", "a"),
        (r"\( $\frac{\partial L}{\partial a} = @$ \)", "a - t", "a + t"),
        ("$$\n[\n\\frac{\\partial L}{\\partial a} = @\n]\n$$", "a - t", "t - a"),
        (
            f"$${SLOPE} = \\frac{{\\partial L}}{{\\partial a}} a(1 - a)$$\n\n$$\\Large = @$$",
            "(a - t) a (1 - a)",
            "(a - t) a",
        ),
        (r"$$\frac{\partial z}{\partial w} = x, \text{ so that } \frac{\partial a}{\partial z} = @$$", "a(1 - a)", "a"),
        ("$$\\frac{\\partial z}{\\partial w} = x \\\n\\frac{\\partial a}{\\partial z} = @$$", "a(1 - a)", "1 - a"),
    ],
)
def test_damaged_formulas_are_read_and_still_judged(text, right, wrong):
    assert {*verdicts(NET + text.replace("@", right))} <= {"given", "proved", "holds"}
    assert verdicts(NET + text.replace("@", wrong))[-1] == "refuted"


def test_an_index_may_stand_in_braces_of_its_own():
    links = list(
        symbp.check(text="$$\\delta{_2} = 3$$ $$e{_1} = 2 \\delta{_2} = 6$$ $$e{_1} = 2 \\delta{_2} = 7$$").links
    )
    assert [link.verdict for link in links] == ["given", "given", "proved", "proved", "refuted"]
    assert links[0].lhs == "\\delta{_2}"


def test_the_items_of_a_list_are_equations_of_their_own():
    links = list(
        symbp.check(
            text="- Linear: z₁ = w₁·x\n- Activation: h₁ = tanh(z₁)\n- x = 2\n- w₁ = 0.5\n- z₁ = 0.5 * 2 = 1.5\n"
        ).links
    )
    assert [link.line for link in links] == [1, 2, 3, 4, 5, 5]
    assert links[-1].verdict == "refuted"


def test_the_rectifier_needs_no_definition():
    text = NET.replace("\\sigma(z)", "\\text{ReLU}(z)") + "$$\\frac{\\partial a}{\\partial z} = \\text{ReLU}'(z)$$"
    assert {*verdicts(text + "$$\\text{ReLU}'(2.5) = 1$$")} <= {"given", "proved", "holds"}
    assert verdicts(text + "$$\\text{ReLU}'(2.5) = 0$$")[-1] == "refuted"


def test_cases_with_arrays_are_no_crash():
    cases = "\\begin{cases} 1 & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}"
    text = f"$$z = W x, h = \\text{{ReLU}}(z)$$ $$\\text{{ReLU}}'(x) = {cases}$$ $$y = W^T h$$"
    assert "refuted" not in verdicts(text)


@pytest.mark.parametrize("words", ["Gradient of", "Total error to", "Fehler von", "So the change in", "The error "])
def test_words_before_a_name_change_what_is_meant(words):
    text = NET + f"$$w = 0.5$$\n$$\\text{{{words} }} w = 0.3$$\n$$w = 0.5$$"
    assert verdicts(text)[-3:] == ["given", "unread", "proved"]


def test_a_wide_gap_in_plain_text_sets_columns_apart():
    text = (
        "h = 6\ny = h * 4\nL = (y - 5)^2       - h = 6\nL = (24 - 5)^2      - y = 24\nL = 361             - L = 361\n"
    )
    assert {*verdicts(text)} == {"given", "proved"}


@pytest.mark.parametrize("name", ["W_{new}", "W_{\\text{mới}}", "W_{neu}", "W^+"])
def test_a_step_of_another_parameter_claims_nothing_of_the_first(name):
    rule, text = f"${name} = W - \\eta G$\n", f"\n* left ${name} = 0.5 - 0.1 * 2 = 0.3$\n* right ${name} = "
    assert verdicts(rule + text + "-0.7 - 0.1 * 3 = -1$")[-2:] == ["given", "proved"]
    assert verdicts(rule + text + "-0.7 - 0.1 * 3 = -0.4$")[-2:] == ["given", "refuted"]
    assert verdicts(rule + text + "0.5 - 0.1 * 3 = 0.2$")[-2] == "refuted"


def test_a_list_of_results_beside_their_formula_is_rounded():
    text = (
        "$$z = [z_1, z_2, z_3] = [2, 1, 0]$$\n$$p_i = \\frac{e^{z_i}}{\\sum_{j=1}^{3} e^{z_j}}$$\n"
        "$$p = [0.665, 0.245, 0.090]$$\n$$L = -\\ln(p_1) = -\\ln(0.665) = 0.408$$\n"
        "$$\\frac{\\partial L}{\\partial z_1} = 0.665 - 1 = -0.335$$\n$$\\frac{\\partial L}{\\partial z_2} = @ - 0$$"
    )
    assert verdicts(text.replace("@", "0.245"))[-1] == "holds"
    assert verdicts(text.replace("@", "0.254"))[-1] == "refuted"


@pytest.mark.parametrize(("slope", "verdict"), [("2 (w x - t) x", "proved"), ("2 (w x - t)", "refuted")])
def test_a_letter_delta_may_stand_for_the_sign_of_a_derivative(slope: str, verdict: str) -> None:
    head = "$$L = (w x - t)^2$$\n$$\\frac{\\delta L}{\\delta w} = \\frac{\\delta}{\\delta w} (w x - t)^2 = "
    assert verdicts(f"{head}{slope}$$")[1:] == ["proved", verdict]
    assert verdicts("$\\delta_1 = 6$, $\\delta_2 = 3$, $$r = \\frac{\\delta_1}{\\delta_2} = 2$$")[-1] == "proved"


@pytest.mark.parametrize(
    ("line", "verdict"), [("1: a = 2 \\cdot 3 = 6", "proved"), ("2b: a = 2 \\cdot 3 = 7", "refuted")]
)
def test_the_number_of_a_line_is_no_part_of_its_formula(line: str, verdict: str) -> None:
    assert verdicts(f"$$ {line} $$") == ["given", verdict]


def test_a_size_at_the_end_of_a_row_is_a_note() -> None:
    rows = "$$\\begin{aligned} u &= W^T d \\quad &[H \\times 1] \\\\ v &= u \\quad &(H \\times 1) \\end{aligned}$$"
    assert [link.rhs for link in symbp.check(text=rows).links] == ["W^T d", "u"]


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ("y = 3.0 \\times 4 = 12 \\quad (\\text{since } z = 4.0 > 0)", ["3.0 \\times 4", "12"]),
        ("y = 2 x_j \\qquad j = 1,2,3", ["2 x_j"]),
    ],
)
def test_what_stands_behind_a_row_is_no_part_of_it(rows: str, read: list[str]) -> None:
    assert [link.rhs for link in symbp.check(text=f"$${rows}$$").links] == read
