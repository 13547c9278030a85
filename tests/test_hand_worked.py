"""Habits and slips of derivations worked by hand: what is meant is judged, and what contradicts the rest is refuted."""

import pytest

from symbp import check

ONE_LAYER = r"""The net is $$S_j = \sum_{i=1}^{m} w_{ij} x_i + b_j, \quad y_j = f(S_j)$$ with
$$f(x) = \frac{A}{1 + e^{-\frac{x}{B}}}$$ and the error is $$E(w,b) = \frac{1}{2} \sum_{j=1}^{n} (d_j - y_j)^2$$
$$\delta_{ij} = (d_j - y_j) \cdot \frac{f(S_j)[A - f(S_j)]}{AB}$$
%s
and in the layer before $$\delta_{ki} = \sum_{j=1}^{n} \delta_{ij} w_{ij} \frac{f(S_i)[A - f(S_i)]}{AB}$$
The weights are W = (0.1, 0.2, 0.3, 0.4) and the biases b = (0.5, 0.6)."""


def verdict(text: str) -> str:
    """Return what is found of the last of the links that claim anything."""
    return [link.verdict for link in check(text=text).links if link.verdict != "given"][-1]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (r"\frac{\partial E(w,b)}{\partial b_j} = -\delta_{ij}", "proved"),
        (r"\frac{\partial E(w,b)}{\partial b_j} = \delta_{ij}", "refuted"),
        (r"\frac{\partial E(w,b)}{\partial w_{ij}} = -\delta_{ij} x_i", "proved"),
        (r"\frac{\partial E(w,b)}{\partial w_{ij}} = -\delta_{ij} x_j", "refuted"),
        (r"\frac{\partial E(w,b)}{\partial w_{ij}} = -(d_j - y_j) \frac{\partial y_j}{\partial w_{ij}}", "proved"),
        (r"\frac{\partial E(w,b)}{\partial w_{ij}} = -(d_j - y_j) \frac{\partial d_j}{\partial w_{ij}}", "refuted"),
        (r"\frac{1}{\partial w_{ij}} \cdot \frac12 \sum_{j=1}^{n} (d_j - y_j)^2 = -\delta_{ij} x_i", "proved"),
        (r"\frac{1}{\partial w_{ij}} \cdot \frac12 \sum_{j=1}^{n} (d_j - y_j)^2 = \delta_{ij} x_i", "refuted"),
        (r"w_{ij} = w_{ij} - \eta \frac{\partial E(w,b)}{\partial w_{ij}} = w_{ij} + \eta \delta_{ij} x_i", "proved"),
        (r"w_{ij} = w_{ij} - \eta \frac{\partial E(w,b)}{\partial w_{ij}} = w_{ij} - \eta \delta_{ij} x_i", "refuted"),
    ],
)
def test_letters_tell_which_delta_is_meant(link: str, expected: str) -> None:
    assert verdict(ONE_LAYER % f"$${link}$$") == expected


@pytest.mark.parametrize(("result", "expected"), [("2 w x^2", "proved"), ("w x^2", "refuted")])
def test_the_sign_above_the_line_of_a_derivative_may_be_lost(result: str, expected: str) -> None:
    assert verdict(rf"$$E = (w x)^2$$ $$\frac{{E}}{{\partial w}} = {result}$$") == expected
    assert verdict(rf"$$E = (w x)^2$$ $$\frac{{1}}{{\partial w}} (w x)^2 = {result}$$") == expected


SQUARED = r"""Let $f(x) = \frac{1}{1 + e^{-x}}$. $$net_{o1} = w_7 out_{h1} + b_2, \quad outo1 = f(net_o1)$$
$$E_{total} = E_{o1} + E_{o2} = 0.25 + 0.14 = 0.39$$
$$\frac{\partial E_{total}}{\partial w_7} = \frac{\partial E_{01}}{\partial out_{o1}} *
\frac{\partial Out_{o1}}{\partial net_{o1}} * \frac{\partial net_{o1}}{\partial w_7} =
%s out_{o1} (1 - out_{o1}) out_{h1}$$"""


@pytest.mark.parametrize(
    ("factor", "expected"),
    [
        (r"-\frac{1}{2} * 2 * (target_{o1} - out_{o1})", "proved"),
        (r"2 * \frac{1}{2} * (target_{o1} - out_{o1})^{2-1} * (-1)", "holds"),
        (r"\frac{1}{2} * 2 * (out_{o1} - target_{o1})", "proved"),
        (r"\frac{1}{2} * 2 * (target_{o1} - out_{o1})", "refuted"),
        (r"-\frac{1}{2} * 2 * (out_{o1} - target_{o1})", "refuted"),
    ],
)
def test_half_times_two_tells_that_an_undefined_error_is_a_squared_difference(factor: str, expected: str) -> None:
    links = [link.verdict for link in check(text=SQUARED % factor).links if link.verdict != "given"]
    assert links == ["proved", "proved", expected]


def test_a_function_that_is_defined_twice_may_be_meant_either_way() -> None:
    text = SQUARED.replace(r"\frac{1}{1 + e^{-x}}", r"\frac{A}{1 + e^{-x/B}}") + r"Here $f(x) = \frac{1}{1+e^{-x}}$."
    assert verdict(text % r"-\frac{1}{2} * 2 * (target_{o1} - out_{o1})") == "proved"
    assert verdict(text % r"\frac{1}{2} * 2 * (target_{o1} - out_{o1})") == "refuted"


def test_the_derivative_of_an_error_with_a_value_but_no_formula_is_open() -> None:
    text = (
        r"$$E = A + B = 0.3 + 0.2 = 0.5$$ $$A = \frac12 (t - h)^2$$ $$\frac{\partial E}{\partial h} = "
        r"%s + \frac{\partial B}{\partial h}$$"
    )
    assert verdict(text % r"\frac{\partial A}{\partial h}") == "proved"
    assert verdict(text % r"-\frac{\partial A}{\partial h}") != "proved"


def test_a_product_of_derivatives_with_a_step_that_leads_nowhere_is_zero() -> None:
    text = (
        r"$$w = 0.5, \quad x = 3, \quad v = 0.7$$ $$n = w x, \quad h = n^2, \quad E = A + B = 1 + 2 = 3$$"
        r" $$\frac{\partial B}{\partial h} = 0.5$$ $$A = (h v)^2$$"
        r" $$\frac{\partial E}{\partial v} = \frac{\partial E}{\partial h} \cdot \frac{\partial h}{\partial v}$$"
    )
    assert verdict(text) == "refuted"
    assert verdict(text.replace(r"\partial v", r"\partial w")) in ("proved", "holds")


@pytest.mark.parametrize(
    ("text", "expected", "slip"),
    [
        (r"$$g(x) = \frac{1}{1 + e^{-x}} = g(x)(1 - g(x))$$", "g'(x)", "lost prime"),
        (
            r"$$z = 2 w, \quad \hat y = \sigma(z)$$ $$\hat y = \frac{1}{1 + e^{-\hat y}}$$",
            r"\frac{1}{1 + e^{-z}}",
            None,
        ),
        (
            r"$$\frac{\partial E}{\partial h_1} = \frac{\partial A}{\partial h_1} + \frac{\partial B}{\partial h_2}$$",
            r"\frac{\partial A}{\partial h_1} + \frac{\partial B}{\partial h_1}",
            "wrong index",
        ),
        (
            r"$$E = \frac12 (0.1 + 0.75)^2 + \frac12 (0.9 + 0.25)^2 = 0.4225$$",
            r"\frac{1}{2} (0.1 - 0.75)^2 + \frac{1}{2} (0.9 - 0.25)^2",
            "sign",
        ),
        (r"$$0.993 + 2 \cdot 0.25 = 1.5$$ $$y = 0.5 + 0.25 = 0.85$$", "0.75", None),
    ],
)
def test_what_the_form_of_a_link_shows_is_repaired(text: str, expected: str, slip: str | None) -> None:
    link = check(text=text).refuted[-1]
    assert link.expected == expected
    assert slip is None or link.slip == slip


def test_an_index_that_is_wrong_throughout_is_repaired_throughout() -> None:
    text = (
        r"$$w_1 = 0.3, \quad w_5 = 0.4, \quad i_1 = 0.7$$ $$net_{h1} = w_1 i_1, \quad out_{h1} = \sigma(net_{h1})$$ "
        r"$$net_{o1} = w_5 out_{h1}, \quad out_{o1} = \sigma(net_{o1}), \quad E = out_{o1}^2$$ $$\frac{\partial E}"
        r"{\partial w_5} = \frac{\partial E}{\partial out_{h1}} \frac{\partial out_{h1}}{\partial net_{h1}} "
        r"\frac{\partial net_{h1}}{\partial w_5}$$"
    )
    link = check(text=text).refuted[-1]
    assert link.slip == "wrong index"
    assert link.expected == (
        r"\frac{\partial E}{\partial out_{o1}} \frac{\partial out_{o1}}{\partial net_{o1}} "
        r"\frac{\partial net_{o1}}{\partial w_5}"
    )


def test_a_sign_may_be_wrong_beside_another_slip() -> None:
    text = r"$$y = w x, \quad E = \frac12 (d - y)^2$$ $$\frac{\partial E}{\partial w} = "
    link = check(text=text + r"(d - y) \frac{\partial d}{\partial w}$$").refuted[-1]
    assert link.expected == r"-(d - y) \frac{\partial y}{\partial w}"


ROUNDED = r"$$w = 0.7, \quad x = 0.45$$ $$z = w x = 0.315, \quad h = \sigma(z) = 0.578$$ "


@pytest.mark.parametrize(
    ("line", "sentence", "sentence_zh"),
    [
        (r"$$v = 12 \cdot 0.578 = 6.9373$$", "with h not rounded", "未舍入的 h"),
        (r"$$v = 12 h = 6.936$$", "with h rounded to 3 places", "把 h 四舍五入到 3 位小数"),
        (r"$$v = 25 \cdot (0.5781 \cdot 0.3333) = 4.8175$$", "with 0.5781 * 0.3333 rounded to 4 places", "到 4 位小数"),
    ],
)
def test_the_report_says_what_was_rounded(line: str, sentence: str, sentence_zh: str) -> None:
    english = list(check(text=ROUNDED + line).links)[-1]
    chinese = list(check(text=ROUNDED + line, lang="zh").links)[-1]
    assert (english.verdict, english.reason.endswith(sentence)) == ("holds", True), english.reason
    assert sentence_zh in chinese.reason


def test_nothing_is_said_of_rounding_where_none_explains_the_result() -> None:
    link = list(check(text=ROUNDED + r"$$v = 12 \cdot 0.5782 = 6.938$$").links)[-1]
    assert "rounded to" not in link.reason
    assert "not rounded" not in link.reason


LAYERS = (
    r"$$z^{(k)} = W^{(k)} n^{(k-1)} + b^{(k)}, \quad n^{(k)} = f(z^{(k)})$$ $$z_1 = 3 x_1, \quad z_2 = 2 x_1$$ $$%s$$"
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"z^{(2)} = W^{(2)} z^{(1)} + b^{(2)}", r"W^{(2)} n^{(1)} + b^{(2)}"),
        (r"z^{(2)} = W^{(2)} [z_1, z_2]^T + (b^{(2)})^T", r"W^{(2)} n^{(1)} + (b^{(2)})^T"),
        (r"z^{(2)} = W^{(2)} n^{(1)} + b^{(2)}", None),
        (r"z^{(1)} = W^{(1)} x + b^{(1)}", None),
    ],
)
def test_the_definition_of_a_layer_may_contradict_that_of_all_layers(line: str, expected: str | None) -> None:
    refuted = check(text=LAYERS % line).refuted
    assert [link.expected for link in refuted] == ([expected] if expected else [])


def test_a_derivative_is_not_itself_times_another() -> None:
    text = r"$$\frac{\partial E}{\partial n} = \frac{\partial E}{\partial %s} \frac{\partial o}{\partial n}$$"
    assert verdict(text % "o") in ("proved", "holds")
    assert verdict(text % "n") == "refuted"
