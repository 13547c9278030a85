"""Formulas with notes and damage: shapes beneath names, dittos, signs that nothing follows, names written out."""

import pytest

from symbp.checking import check


def _verdicts(text: str) -> list[str]:
    return [link.verdict for link in check(text=text).links]


SIZES = r"""
$$h = W_{vu} \text{{ }} 1 \times 3 \cdot r^{{(u)}}_{{3 \times 1}} + c_{{1 \times 1}}$$

$$\frac{{\partial h}}{{\partial r^{{(u)}}}} = {slope}$$
"""


@pytest.mark.parametrize(
    ("slope", "verdict"), [("W_{vu}^T", "proved"), ("-W_{vu}^T", "refuted"), ("2 W_{vu}", "refuted")]
)
def test_shapes_beneath_names_are_notes(slope: str, verdict: str) -> None:
    assert _verdicts(SIZES.format(vu="{vu}", slope=slope))[-1] == verdict


def test_names_that_only_their_shapes_tell_apart_are_different() -> None:
    text = r"$$h = W_{2 \times 3} x$$ $$y = W_{1 \times 2} h$$ $$\frac{\partial y}{\partial h} = W_{2 \times 3}$$"
    assert _verdicts(text)[-1] != "proved"


DITTO = r"""
$$E = \frac12 (p - y)^2, \quad p = w q + c$$

$$\frac{{\partial E}}{{\partial c}} = \frac{{\partial E}}{{\partial p}} \cdot \frac{{\partial p}}{{\partial c}}
= \sim \cdot \frac{{\partial (w q + c)}}{{\partial {by}}} = {result}$$
"""


@pytest.mark.parametrize(
    ("by", "result", "verdicts"),
    [
        ("c", "p - y", ["proved", "proved", "proved"]),
        ("c", "y - p", ["proved", "proved", "refuted"]),
        ("w", "(p - y) q", ["proved", "refuted", "proved"]),
    ],
)
def test_a_ditto_repeats_the_first_factor(by: str, result: str, verdicts: list[str]) -> None:
    assert _verdicts(DITTO.format(by=by, result=result))[-3:] == verdicts


@pytest.mark.parametrize("text", [r"$$x = \sim \cdot 3$$", r"$$y = a + \sim = 2$$", r"$$\sim = 3$$"])
def test_a_ditto_that_repeats_nothing_is_unread(text: str) -> None:
    assert set(_verdicts(text)) == {"unread"}


SIGN = r"""
$$E = \frac12 (p - y)^2, \quad p = w q$$

$$\frac{{\partial E}}{{\partial w}} = {product} *$$
"""


@pytest.mark.parametrize(
    ("product", "verdict"),
    [
        (r"\frac{\partial E}{\partial p} * \frac{\partial p}{\partial w}", "proved"),
        ("(p - y) * q", "proved"),
        ("(p - y)", "unread"),
        ("(p + y) * q", "unread"),
    ],
)
def test_a_sign_at_the_end_is_left_out_only_where_the_rest_holds(product: str, verdict: str) -> None:
    assert _verdicts(SIGN.format(product=product))[-1] == verdict


OPEN = r"""
$$\delta_k = \frac{{\partial L}}{{\partial z_k}}$$

$$\frac{{\partial n_k}}{{\partial r}} \frac{{\partial s_k}}{{\partial n_k}} \frac{{\partial L}}{{\partial z_{{k+1}}}}
= {right}$$
"""


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (r"\frac{\partial n_k}{\partial r} \frac{\partial s_k}{\partial n_k} \delta_{k+1}", "holds"),
        (r"\frac{\partial n_k}{\partial r} \frac{\partial s_k}{\partial n_k} \delta_{k}", "other"),
        (r"-\frac{\partial n_k}{\partial r} \frac{\partial s_k}{\partial n_k} \delta_{k+1}", "other"),
        (r"\frac{\partial n_k}{\partial r} \delta_{k+1}", "other"),
    ],
)
def test_a_name_may_be_written_out_whatever_stands_behind_it(right: str, verdict: str) -> None:
    found = _verdicts(OPEN.format(right=right))[-1]
    assert (found in ("holds", "proved")) == (verdict == "holds")


def test_a_definition_with_a_slip_is_no_proof_of_itself() -> None:
    text = r"""
$$p_i = \frac{e^{a_i}}{\sum_k e^{a_k}}$$

$$p_j = \frac{e^{a_i}}{\sum_k e^{a_k}}$$
"""
    assert _verdicts(text)[-1] not in ("holds", "proved")


def test_what_is_said_of_damage_is_said_in_chinese_too() -> None:
    text = OPEN.format(right=r"\frac{\partial n_k}{\partial r} \frac{\partial s_k}{\partial n_k} \delta_{k+1} *")
    reason = list(check(text=text, lang="zh").links)[-1].reason
    assert "略去末尾" in reason
