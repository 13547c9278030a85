"""Outputs that a document does not define, but of which it prints the slope: ``da/dz = f'(z)``."""

import pytest

from symbp import check

SLOPE = r"$$\frac{\partial \hat{y}}{\partial z_3} = \sigma'(z_3) = PRODUCT = 0.572 \cdot 0.428$$"
STEP = r"""$$\frac{\partial L}{\partial z_1} = \frac{\partial L}{\partial a_1} \cdot \sigma'(z_1)$$
$$\sigma'(z_1) = \sigma(z_1) (1 - \sigma(z_1)) = PRODUCT$$"""


@pytest.mark.parametrize("text", [SLOPE, STEP])
@pytest.mark.parametrize(("form", "passes"), [("{0} (1 - {0})", True), ("{0} (1 + {0})", False), ("1 - {0}^2", False)])
def test_an_output_is_what_its_slope_says(text: str, form: str, passes: bool) -> None:
    output = r"\hat{y}" if text is SLOPE else "a_1"
    report = check(text=text.replace("PRODUCT", form.format(output)))
    link = next(link for link in report.links if link.rhs.startswith(form.format(output)[:4]))
    assert link.verdict in (("proved", "holds") if passes else ("refuted",))


def test_a_number_that_is_put_in_for_it_is_its_value() -> None:
    report = check(text=SLOPE.replace("PRODUCT", r"\hat{y} (1 - \hat{y})"))
    assert [link.verdict for link in report.links][-1] == "proved"


def test_the_slope_by_another_unit_says_nothing() -> None:
    text = r"$$\frac{\partial a_2}{\partial z_1} = \sigma'(z_1)$$ $$\sigma'(z_1) = a_2 (1 + a_2)$$"
    assert check(text=text).equations[0].links[0].verdict not in ("proved", "holds")
