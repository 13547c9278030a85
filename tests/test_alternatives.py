"""What the words around an equation say of it: another convention, the other of two cases, the class that is meant."""

import pytest

import symbp

DELTA = "$$\\delta = (p - t) p (1 - p)$$\n\n{} $\\delta = (t - p) p (1 - p)$.\n"


def verdicts(text: str) -> list[str]:
    return [link.verdict for link in symbp.check(text=text).links]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Some textbooks put", "undecided"),
        ("With the opposite sign convention", "undecided"),
        ("有些书定义", "undecided"),
        ("So we have", "refuted"),
        ("Some textbooks do so. We have", "refuted"),
    ],
)
def test_another_convention_is_no_mistake(words: str, verdict: str) -> None:
    assert verdicts(DELTA.format(words))[-1] == verdict


@pytest.mark.parametrize(("words", "verdict"), [("or", "undecided"), ("oder", "undecided"), ("so", "refuted")])
def test_the_other_of_two_cases_is_no_mistake(words: str, verdict: str) -> None:
    text = f"Take $g = \\sigma(v)$ {words} $g = \\tanh(v)$ where $v = w x$.\n"
    assert verdicts(text)[1] == verdict


CLASS = "$$L = -\\sum_i y_i \\log p_i = {}\\log p_c$$\n\nwhere $c$ is the {}.\n"


def test_one_term_is_left_of_a_cross_entropy_whatever_the_outputs_are() -> None:
    assert verdicts(CLASS.format("-", "index of the correct class"))[-1] == "holds"
    assert verdicts(CLASS.format("-2 ", "index of the correct class"))[-1] == "refuted"
    assert verdicts(CLASS.format("-", "speed of light"))[-1] == "refuted"


ROWS = "| Case | Slope |\n|---|---|\n| best ($a = 0$) | 0.25 |\n| {} ($a = 2$) | 0.105 |\n"


@pytest.mark.parametrize("words", ["saturated", "tanh"])
def test_a_condition_of_one_row_is_none_of_the_next(words: str) -> None:
    assert "refuted" not in verdicts(ROWS.format(words))


@pytest.mark.parametrize(("words", "verdict"), [("at", "undecided"), ("and", "refuted")])
def test_a_condition_of_a_row_is_said_to_be_one(words: str, verdict: str) -> None:
    text = f"$a = 0$ and $y = |a| = 0$\n\n| Case | Slope |\n|---|---|\n| tanh {words} $|a| = 0.5$ | 0.786 |\n"
    assert verdicts(text)[-1] == verdict


@pytest.mark.parametrize(("words", "verdict"), [("New logits", "undecided"), ("So the logits are", "refuted")])
def test_what_is_new_may_be_another_formula(words: str, verdict: str) -> None:
    text = f"Each logit is $z = 0 \\cdot x + 0 = 0$ at first.\n\n{words} $z = \\tfrac12 x - \\tfrac16$.\n"
    assert verdicts(text)[-1] == verdict
