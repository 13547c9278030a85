"""Definitions that stand after the line which uses them."""

from symbp.checking import LinkReport, check

TEXT = r"""
$s_j = \sum_i w_{ij} x_i$, $y_j = f(s_j)$, $E = \frac12 \sum_j (y_j - d_j)^2$, $x_i = f(s_i)$,
$f(s) = \frac{A}{1 + e^{-s / B}}$

$\delta_j = (y_j - d_j) f'(s_j)$

$$\frac{\partial E}{\partial w_{ki}} = \sum_j \delta_j w_{ij} f'(s_i) x_k = USE$$

where
$$\varepsilon_{i} = \sum_j \delta_j w_{ij} * DEFINITION$$
"""
RIGHT = r"\frac{f(s_i) [A - f(s_i)]}{AB}"


def links(use: str, definition: str) -> tuple[LinkReport, LinkReport]:
    found = list(check(text=TEXT.replace("USE", use).replace("DEFINITION", definition)).links)
    return next(link for link in found if link.rhs == use), found[-1]


def test_a_definition_after_its_use_is_none_that_claims_anything() -> None:
    use, definition = links(r"\varepsilon_i x_k", RIGHT)
    assert (use.verdict, definition.verdict) == ("proved", "given")


def test_a_slip_in_it_is_found_by_the_line_before() -> None:
    use, definition = links(r"\varepsilon_i x_k", RIGHT.replace("s_i", "s_j"))
    assert (use.verdict, definition.verdict, definition.slip) == ("holds", "refuted", "wrong index")
    assert definition.expected == r"\sum_j \delta_j w_{ij} * \frac{f(s_i) [A - f(s_i)]}{AB}"
    assert "s_j stands where s_i belongs" in definition.reason


def test_a_slip_in_the_line_before_does_not_make_it_wrong() -> None:
    use, definition = links(r"- \varepsilon_i x_k", RIGHT)
    assert (use.verdict, use.slip, definition.verdict) == ("refuted", "sign", "given")


def test_an_address_that_was_read_with_a_formula_is_left_out() -> None:
    use, _ = links(r"\varepsilon_i x_k \text{ttp:} //\text{blog. example/pages/1234}", RIGHT)
    assert use.verdict == "proved"
