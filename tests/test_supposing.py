"""What one sentence supposes is no given value of the document, where the text goes on with other numbers."""

import pytest

from symbp import check

MODEL = r"A unit has $z = u x + b$ and $q = \tanh(z)$, with the loss $L = (q - t)^2$."
WORKED = r"Now let $x = 2$, $b = 0.5$ and {given}: $z = {put} \cdot 2 + 0.5 = 1.3$."


def _verdicts(text: str) -> dict[str, str]:
    report = check(text=text)
    return {link.lhs + " = " + link.rhs: link.verdict for eq in report.equations for link in eq.links}


@pytest.mark.parametrize("words", ["Even if", "If", "Suppose for a moment that", "Selbst wenn", "即使"])
def test_the_condition_of_a_sentence_ends_with_it(words: str) -> None:
    text = f"{MODEL}\n\n{words} $u = 0$, we have $q = \\tanh(b)$.\n\n{WORKED.format(given='$u = 0.4$', put='0.4')}\n"
    found = _verdicts(text)
    assert found["u = 0"] == found["u = 0.4"] == "given"
    assert found[r"q = \tanh(b)"] == "holds"
    assert found[r"z = 0.4 \cdot 2 + 0.5"] in ("holds", "proved")


def test_what_does_not_follow_from_it_is_refuted() -> None:
    text = f"{MODEL}\n\nEven if $u = 0$, we have $q = \\tanh(2 b)$.\n\n{WORKED.format(given='$u = 0.4$', put='0.4')}\n"
    assert _verdicts(text)[r"q = \tanh(2 b)"] == "refuted"


def test_a_wrong_number_behind_it_is_refuted() -> None:
    text = f"{MODEL}\n\nEven if $u = 0$, we have $q = \\tanh(b)$.\n\n{WORKED.format(given='$u = 0.4$', put='0.3')}\n"
    assert _verdicts(text)[r"z = 0.3 \cdot 2 + 0.5"] == "refuted"


def test_a_value_with_which_the_text_goes_on_is_given() -> None:
    text = rf"{MODEL} If $u = 3$, $x = 2$ and $b = 1$, then $z = 3 \cdot 2 + 1 = 7$. So $2 z = 14$ and $3 z = 20$."
    found = _verdicts(text)
    assert (found["2 z = 14"], found["3 z = 20"]) == ("proved", "refuted")
