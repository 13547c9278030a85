"""A mean over samples at the end of a text does not make the loss of the single sample before it an array."""

from symbp import check

TEXT = r"""In layers let $u^{(l)} = V^{(l)} o^{(l-1)} + c^{(l)}$ and $o^{(l)} = \sigma(u^{(l)})$ with $o^{(0)} = x$.
The loss is

$$E = -\left( t \ln o^{(L)} + (1 - t) \ln(1 - o^{(L)}) \right)$$

and with $\delta^{(l)} = \frac{\partial E}{\partial u^{(l)}}$

$$\delta^{(l)} = \left( (V^{(l+1)})^T \delta^{(l+1)} \right) \odot o^{(l)} \odot (1 SIGN o^{(l)})$$

Over $n$ samples it is $E = \frac{1}{n} \sum_{i=1}^n E_i$, which gives

$$\frac{\partial E}{\partial c^{(L)}} = \frac1n \sum_{i=1}^n (o^{(L)}_i - t_i).$$
"""


def _verdict(sign: str) -> str:
    report = check(text=TEXT.replace("SIGN", sign))
    return next(link.verdict for eq in report.equations for link in eq.links if "V^{(l+1)}" in link.rhs)


def test_the_rule_for_one_sample_is_proved() -> None:
    assert _verdict("-") == "proved"


def test_a_slip_in_it_is_no_less_wrong() -> None:
    assert _verdict("+") == "refuted"
