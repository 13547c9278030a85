"""Links of which something is open, and which hold with one plain slip less: they are wrong whatever that is."""

import pytest

from symbp import check

SUMS = r"""
Let $y_i = \gamma x_i + \beta$. The loss $L$ depends on $y_1, \dots, y_m$.

$$\frac{\partial L}{\partial \gamma} = RIGHT$$
"""
NET = r"""
$$net_k = \sum_j w_{kj} y_j$$

$$\frac{\partial E}{\partial w_{kj}} = RIGHT$$
"""


def verdicts(text: str) -> list[tuple[str, str | None]]:
    """Return the verdict and the slip of each last link of a document."""
    return [(equation.links[-1].verdict, equation.links[-1].slip) for equation in check(text=text).equations]


def test_a_chain_rule_for_a_loss_that_is_not_defined_holds() -> None:
    """It holds whatever the loss is."""
    right = r"\sum_{i=1}^m \frac{\partial L}{\partial y_i} \frac{\partial y_i}{\partial \gamma}"
    assert verdicts(SUMS.replace("RIGHT", right))[-1] == ("proved", None)


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        (r"\sum_{i=1}^m 2 \frac{\partial L}{\partial y_i} \frac{\partial y_i}{\partial \gamma}", "factor 2 or 1/2"),
        (r"-\sum_{i=1}^m \frac{\partial L}{\partial y_i} \frac{\partial y_i}{\partial \gamma}", "sign"),
        (
            r"\sum_{i=1}^m \frac{\partial L}{\partial y_i} \frac{\partial y_i}{\partial \gamma}"
            r" \frac{\partial y_i}{\partial \gamma}",
            "doubled factor",
        ),
    ],
)
def test_a_slip_in_a_chain_rule_is_found_though_the_loss_is_not_defined(right: str, slip: str) -> None:
    """No loss makes it right."""
    assert verdicts(SUMS.replace("RIGHT", right))[-1] == ("refuted", slip)


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        (r"2 \frac{\partial E}{\partial net_k} \frac{\partial net_k}{\partial w_{kj}}", "factor 2 or 1/2"),
        (r"\frac{\partial E}{\partial net_k} \frac{\partial net_k}{\partial w_{jk}}", "wrong index"),
    ],
)
def test_a_slip_in_letters_is_found_though_the_loss_is_not_defined(right: str, slip: str) -> None:
    """The letters of the indices stand for any units."""
    assert verdicts(NET.replace("RIGHT", right))[-1] == ("refuted", slip)


@pytest.mark.parametrize(
    "text",
    [
        r"$$z = w x$$ $$\frac{\partial E}{\partial w} = \frac{\partial E}{\partial z} \frac{\partial z}{\partial w}"
        r" + \frac{\partial E}{\partial h} \frac{\partial h}{\partial w}$$",
        r"$$z = w x$$ $$\frac{\partial E}{\partial w} = \frac{\partial E}{\partial z} x + \lambda w$$",
        r"$$z = w x$$ $$\frac{\partial E}{\partial w} = a x$$",
        r"$$h_t = w h_{t-1} + x_t$$ $$\frac{\partial L}{\partial h_t} = \frac{\partial L}{\partial h_{t+1}} w"
        r" + \frac{\partial L}{\partial y_t} v$$",
    ],
)
def test_more_that_the_loss_may_depend_on_is_no_slip(text: str) -> None:
    """A term or a name may be of what the text does not say."""
    assert all(verdict != "refuted" for verdict, _ in verdicts(text))


def test_a_letter_of_a_sum_may_also_be_that_of_a_quantity() -> None:
    """The target t of step t has a value at each step."""
    text = r"$$L = \frac12 \sum_{t=1}^{2} (y_t - t_t)^2$$ $y_1 = 0.5$, $y_2 = 0.75$, $t_1 = 1$, $t_2 = 1$ $$L = VALUE$$"
    assert verdicts(text.replace("VALUE", "0.15625"))[-1] == ("proved", None)
    assert verdicts(text.replace("VALUE", "0.015625"))[-1] == ("refuted", "shifted decimal point")


@pytest.mark.parametrize(
    ("words", "verdict"),
    [("For the other classes", "holds"), ("In other words", "undecided"), ("We differentiate the loss", "undecided")],
)
def test_words_that_tell_indices_apart(words: str, verdict: str) -> None:
    """What holds for different indices only is right where the text speaks of these."""
    text = r"$$p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$$ " + words + r" $$\frac{\partial p_i}{\partial z_j} = -p_i p_j$$"
    assert verdicts(text)[-1][0] == verdict


@pytest.mark.parametrize(
    "text",
    [
        r"$$\delta = \frac{\partial}{\partial y}[\frac12 (y - t)^2] \cdot f'(z) = (y - t) \cdot 1$$",
        r"$$z = w x$$ $$\frac{\partial E}{\partial w} = \frac{\partial E}{\partial z} x \foo$$",
        r"$$a_i^{(l)} = \sum_j w_{ij}^{(l)} y_j$$ $$\frac{\partial E}{\partial w_{ij}^{(l)}} = "
        r"\frac{\partial E}{\partial a_i^{(l)}} \frac{\partial a_i^{(l)}}{\partial w_{ij}}$$",
        r"$$d_k = (o_k - t_k) f'(n_k)$$ Some conventions define $d_k = (t_k - o_k) f'(n_k)$ instead.",
    ],
)
def test_what_is_open_and_what_the_text_does_not_go_by_is_no_slip(text: str) -> None:
    """An open function may have a derivative of 1, a command be a mark, a name be short, a convention another one."""
    assert all(verdict != "refuted" for verdict, _ in verdicts(text))


def test_a_mark_at_the_end_of_a_proof_is_no_factor() -> None:
    text = r"$$z = w x$$ $$\frac{\partial E}{\partial w} = \frac{\partial E}{\partial z} x \Box$$"
    assert verdicts(text)[-1] == ("proved", None)


def test_a_result_of_printed_numbers_is_repaired() -> None:
    """How ``g`` comes about is not said; its value is printed."""
    text = r"$$\frac{\partial L}{\partial z} = 0.667$$ $$\frac{\partial L}{\partial z} \cdot 3 = 2.601$$"
    [link] = check(text=text).refuted
    assert link.expected == "2.001"
