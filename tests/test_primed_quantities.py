"""A quantity with a prime before a variable in brackets is differentiated by it, however it is defined."""

from symbp import check

MODEL = r"Let $z = w x$, $p = \sigma(z)$ and $Q = \frac12 (p - t)^2$."


def _verdicts(line: str) -> list[str]:
    report = check(text=f"{MODEL}\n\n$${line}$$\n")
    return [link.verdict for link in report.equations[-1].links]


def test_the_slope_of_a_quantity_by_its_variable_is_proved() -> None:
    assert _verdicts(r"Q'(w) = (p - t)\, p (1 - p)\, x") == ["proved"]
    assert _verdicts(r"p'(z) = p (1 - p)") == ["proved"]


def test_a_slip_in_it_is_refuted_at_its_place() -> None:
    assert _verdicts(r"Q'(w) = (p - t)\, p (1 + p)\, x") == ["refuted"]
    assert _verdicts(r"Q'(w) = (p - t)\, p\, x") == ["refuted"]


def test_a_function_keeps_its_argument() -> None:
    report = check(text=r"Let $h(v) = v^2 + 3 v$. At $v = 2$: $$h'(v) = 2 v + 3 = 7$$ $$h'(v) = 2 v = 4$$")
    first, second = (equation.links[0].verdict for equation in report.equations[-2:])
    assert (first, second) == ("proved", "refuted")
