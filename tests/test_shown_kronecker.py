"""Deltas that a formula shows to be Kronecker's, though no word says so."""

import pytest

from symbp import check

SOFTMAX = r"$$q_m = \frac{\exp(u_m)}{\sum_{r=1}^R \exp(u_r)}$$"
LINEAR = r"With $v_m = \sum_n A_{mn} h_n$:"


@pytest.mark.parametrize(
    ("given", "link", "verdict"),
    [
        (SOFTMAX, r"\frac{\partial \log q_m}{\partial u_s} = \delta_{ms} - q_s", "proved"),
        (SOFTMAX, r"\frac{\partial \log q_m}{\partial u_s} = \delta_{ms} - q_m", "refuted"),
        (SOFTMAX, r"\frac{\partial \log q_m}{\partial u_s} = q_s - \delta_{ms}", "refuted"),
        (LINEAR, r"\frac{\partial v_t}{\partial A_{mn}} = \delta_{tm} h_n", "proved"),
        (LINEAR, r"\frac{\partial v_t}{\partial A_{mn}} = \delta_{tm} h_m", "refuted"),
        (
            LINEAR,
            r"\frac{\partial E}{\partial A_{mn}} = \sum_t \frac{\partial E}{\partial v_t} \delta_{tm} h_n",
            "proved",
        ),
        (
            LINEAR,
            r"\frac{\partial E}{\partial A_{mn}} = \sum_t \frac{\partial E}{\partial v_t} \delta_{tm} h_m",
            "refuted",
        ),
    ],
)
def test_a_delta_between_both_letters_of_a_derivative_is_kroneckers(given: str, link: str, verdict: str) -> None:
    assert list(check(text=f"{given}\n\n$${link}$$").links)[-1].verdict == verdict


@pytest.mark.parametrize(
    "link",
    [
        r"\frac{\partial E_p}{\partial A_{mn}} = \delta_{pm} h_{pn}",
        r"\frac{\partial E}{\partial A_{mn}} = \sum_p \delta_{pm} h_{pn}",
    ],
)
def test_an_error_signal_is_none(link: str) -> None:
    text = rf"With $v_{{pm}} = \sum_n A_{{mn}} h_{{pn}}$: $${link}$$"
    assert list(check(text=text).links)[-1].verdict != "refuted"
