"""Notations that few documents have: a slip in each is refuted, and the right formula is not."""

import pytest

from symbp.checking import check

GATES = r"""
$$z_t = \sigma(w_z x_t + u_z h_{t-1}), \quad r_t = \sigma(w_r x_t + u_r h_{t-1})$$
$$\tilde h_t = \tanh(w x_t + u (r_t h_{t-1})), \quad h_t = (1 - z_t) h_{t-1} + z_t \tilde h_t$$
$$%s$$
"""
CELL = r"""
$$c_t = f_t c_{t-1} + i_t g_t, \quad h_t = o_t \tanh(c_t)$$
$$f_t = \sigma(w_f x_t), \quad i_t = \sigma(w_i x_t), \quad g_t = \tanh(w_g x_t), \quad o_t = \sigma(w_o x_t)$$
$$\delta h_t = \frac{\partial L}{\partial h_t}$$
$$\delta o_t = \delta h_t \tanh(c_t)$$
$$\delta c_t = \delta h_t o_t (1 - \tanh^2(c_t)) + \delta c_{t+1} f_{t+1}$$
$$\delta i_t = \delta c_t g_t$$
$$%s$$
"""
GENERALISED = r"""
$$net_{pj} = \sum_i w_{ji} o_{pi}, \qquad o_{pj} = f_j(net_{pj}), \qquad E_p = \frac{1}{2} \sum_j (t_{pj} - o_{pj})^2$$
$$\delta_{pj} = -\frac{\partial E_p}{\partial net_{pj}}$$
$$%s$$
"""
SOFTPLUS = r"$\sigma(x) = \frac{1}{1 + e^{-x}}$ and $\zeta(x) = \ln(1 + e^x)$, so $%s$"
POTENTIAL = r"$y = f(a)$, $f(a) = \frac{1}{1 + e^{-a}}$, $%s$"
PENALTY = r"""
$$J = \frac{1}{2}(y - t)^2 + \frac{\lambda}{2} w^2, \quad z = w x + b, \quad y = \sigma(z)$$
$$\frac{\partial J}{\partial b} = %s$$
"""
COMMAS = r"""
$$a = 0{,}5, \quad b = 1{,}25$$
$$c = a b = %s$$
"""
SAMPLES = r"""
$$\hat y^{(i)} = \sigma(z^{(i)}), \quad z^{(i)} = w x^{(i)} + b$$
$$J = -\frac{1}{3} \sum_{i=1}^3 \left[ y^{(i)} \log \hat y^{(i)} + (1 - y^{(i)}) \log (1 - \hat y^{(i)}) \right]$$
For the second $z^{(2)} = 0.5 \cdot 1.5 - 0.25 = 0.5$ and $\hat y^{(2)} = \frac{1}{1 + e^{-0.5}} = 0.6225$.
$$\frac{\partial J}{\partial b} = %s = \frac{0.5 - 0.3775 + 0.3208}{3} = 0.1478$$
"""
LABELS = r"""
$y = (0, 1, 0)$, $p_1 = \frac{e^{z_1}}{S}$, $p_2 = \frac{e^{z_2}}{S}$, $p_3 = \frac{e^{z_3}}{S}$,
$S = e^{z_1} + e^{z_2} + e^{z_3}$
$$L = -\sum_{k=1}^{3} y_k \ln p_k = %s$$
"""
GREEK = """w1 = 0.2, x1 = 1, θ3 = -0.4
net3 = w1*x1 + θ3 = %s
"""
ANOTHER = r"""
$$J = -\log \sigma(u v) - \log \sigma(-w v), \quad \frac{\partial J}{\partial u} = (\sigma(u v) - 1) v$$
$$\hat y = \frac{e^{u v}}{e^{u v} + e^{w v}}, \quad J = -\log \hat y, \quad \frac{\partial J}{\partial w} = %s$$
"""
ATTENTION = r"""
Let $Q, K \in \mathbb{R}^{n \times d}$ and $V \in \mathbb{R}^{n \times m}$.
$$S = \frac{1}{\sqrt{d}} Q K^\top, \quad A = \mathrm{softmax}(S), \quad O = A V$$
$$G = \frac{\partial L}{\partial O}, \quad A_{ij} = \frac{e^{S_{ij}}}{\sum_k e^{S_{ik}}}$$
$$\frac{\partial L}{\partial A} = G V^\top$$
$$\frac{\partial L}{\partial Q} = \frac{1}{\sqrt{d}} \frac{\partial L}{\partial S} K$$
$$%s$$
"""
INVERSE = r"""
Let $X \in \mathbb{R}^{d \times n}$, $y \in \mathbb{R}^n$.
$$A = X X^\top, \quad w = A^{-1} X y$$
$$%s$$
"""
NUDGED = r"""
$$y = w x, \quad L = (y - t)^2, \quad w = 0.5, \quad x = 2, \quad t = 3, \quad h = 0.01$$
$$\frac{L(w+h) - L(w-h)}{2h} \approx %s$$
"""
AT_A_POINT = r"""
$$a = \tanh(z), \quad z = 0.38, \quad \left.\frac{d a}{d z}\right|_{z = 0.38} = %s$$
"""
BATCH = r"""
$$H = \begin{bmatrix} 1 & 0 \\ 0.5 & 2 \end{bmatrix}, \quad V = \begin{bmatrix} 1 & -1 \\ 0.5 & 2 \end{bmatrix}$$
$$T = \begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}$$
$$Y = H V, \quad L = \frac{1}{4} \sum_{n,k} (Y_{nk} - T_{nk})^2, \quad \frac{\partial L}{\partial V} = %s$$
"""
TOTAL = r"""
$$net_{o1} = w_7 h_1, \quad out_{o1} = \tanh(net_{o1}), \quad net_{o2} = w_8 h_1, \quad out_{o2} = \tanh(net_{o2})$$
$$E_{total} = \sum \frac{1}{2}(target - output)^2 = E_{o1} + E_{o2}$$
$$E_{o1} = \frac{1}{2}(t_1 - out_{o1})^2, \quad E_{o2} = \frac{1}{2}(t_2 - out_{o2})^2$$
$$\frac{\partial E_{total}}{\partial out_{o1}} = %s$$
"""
CLASSES = r"""
$z_1 = 2$, $z_2 = 1$, $h_1 = 0.4$, $h_2 = -0.6$: $e^{z_1} = e^2 = 7.389$, $e^{z_2} = e^1 = 2.718$
$$S = e^{z_1} + e^{z_2}, \quad p_1 = \frac{e^{z_1}}{S}, \quad p_2 = \frac{e^{z_2}}{S}$$
$$L = -\sum_{k=1}^{2} y_k \ln p_k$$
$$z_k = \sum_j w_{kj} h_j + b_k, \quad \frac{\partial L}{\partial w_{12}} = %s$$
"""


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            GATES,
            r"\frac{\partial z_t}{\partial w_z} = z_t (1 - z_t) x_t",
            r"\frac{\partial z_t}{\partial w_z} = z_t x_t",
        ),
        (
            GATES,
            r"\frac{\partial \tilde h_t}{\partial r_t} = (1 - \tilde h_t^2) u h_{t-1}",
            r"\frac{\partial \tilde h_t}{\partial r_t} = (1 - \tilde h_t) u h_{t-1}",
        ),
        (CELL, r"\delta g_t = \delta c_t i_t", r"\delta g_t = \delta c_t g_t"),
        (CELL, r"\frac{\partial L}{\partial w_f} = \delta f_t f_t (1 - f_t) x_t", r"\delta f_t = \delta c_t c_t"),
        (
            GENERALISED,
            r"\delta_{pj} = f'_j(net_{pj}) \sum_k \delta_{pk} w_{kj}",
            r"\delta_{pj} = f'_j(net_{pj}) \sum_k \delta_{pk} w_{jk}",
        ),
        (
            GENERALISED,
            r"\frac{\partial E_p}{\partial o_{pj}} = -(t_{pj} - o_{pj})",
            r"\frac{\partial E_p}{\partial o_{pj}} = (t_{pj} - o_{pj})",
        ),
        (SOFTPLUS, r"\zeta'(x) = \sigma(x)", r"\zeta'(x) = \sigma(x) (1 - \sigma(x))"),
        (POTENTIAL, r"\dot f(a) = y (1 - y)", r"\dot f(a) = y (1 + y)"),
        (PENALTY, r"\frac{\partial J}{\partial z}", r"\frac{\partial J}{\partial z} + \lambda b"),
        (COMMAS, "0{,}625", "0{,}652"),
        (LABELS, r"-\ln p_2", r"-\ln p_1"),
        (TOTAL, "-(t_1 - out_{o1})", "t_1 - out_{o1}"),
        (CLASSES, r"\frac{\partial L}{\partial z_1} h_2", r"\frac{\partial L}{\partial z_1} h_1"),
        (GREEK, "0.2*1 - 0.4 = -0.2", "0.2*1 + 0.4 = 0.6"),
        (ANOTHER, r"(1 - \hat y) v", r"\hat y v"),
        (ATTENTION, r"\frac{\partial L}{\partial V} = A^\top G", r"\frac{\partial L}{\partial V} = A G"),
        (INVERSE, "X X^\\top w = X y", "X^\\top X w = X y"),
        (NUDGED, "-8.0", "8.0"),
        (AT_A_POINT, r"1 - a^2 = 0.8684", r"1 - a = 0.6373"),
        (BATCH, r"\frac{1}{2} H^\top (Y - T)", r"\frac{1}{4} H^\top (Y - T)"),
        (
            SAMPLES,
            r"\frac{1}{3} \sum_{i=1}^3 (\hat y^{(i)} - y^{(i)})",
            r"\frac{1}{3} \sum_{i=1}^3 (y^{(i)} - \hat y^{(i)})",
        ),
    ],
)
def test_what_is_right_is_not_refuted_and_a_slip_is(text: str, right: str, wrong: str) -> None:
    assert not check(text=text % right).refuted
    assert check(text=text % wrong).refuted


def test_the_last_link_of_each_right_document_is_judged() -> None:
    for text, right in (
        (GATES, r"\frac{\partial \tilde h_t}{\partial r_t} = (1 - \tilde h_t^2) u h_{t-1}"),
        (CELL, r"\frac{\partial L}{\partial w_f} = \delta f_t f_t (1 - f_t) x_t"),
        (GENERALISED, r"\delta_{pj} = f'_j(net_{pj}) \sum_k \delta_{pk} w_{kj}"),
        (SOFTPLUS, r"\zeta'(x) = \sigma(x)"),
        (POTENTIAL, r"\dot f(a) = y (1 - y)"),
        (LABELS, r"-\ln p_2"),
        (TOTAL, "-(t_1 - out_{o1})"),
        (CLASSES, r"\frac{\partial L}{\partial z_1} h_2"),
        (ATTENTION, r"\frac{\partial L}{\partial V} = A^\top G"),
        (INVERSE, "X X^\\top w = X y"),
        (AT_A_POINT, r"1 - a^2 = 0.8684"),
        (BATCH, r"\frac{1}{2} H^\top (Y - T)"),
    ):
        assert list(check(text=text % right).links)[-1].verdict in ("proved", "holds")


def test_a_letter_of_one_feature_does_not_define_that_of_another_anew() -> None:
    text = (
        r"$$v = \frac1d \sum_{j=1}^d x_j^2, \quad s = \sqrt{v}, \quad n_j = \frac{x_j}{s}$$"
        r"$$\frac{\partial s}{\partial x_i} = \frac{x_i}{d s} = \frac{n_i}{d}$$"
        r"$$\frac{\partial L}{\partial x_i} = \sum_j \frac{\partial L}{\partial n_j} \frac{d n_j}{d x_i}$$"
        r"$$\frac{\partial n_j}{\partial x_i} = \frac{1}{s} \left( \delta_{ij} %s \frac{n_i n_j}{d} \right)$$"
    )
    assert list(check(text=text % "-").links)[-1].verdict in ("proved", "holds")
    assert list(check(text=text % "+").links)[-1].verdict == "refuted"


def test_a_wrong_result_that_is_carried_on_is_not_refuted_again() -> None:
    text = (
        r"$x = 0.6$, $v = 0.5$, $u = 0.7$, $\eta = 0.2$, $d = 0.08 \cdot 0.5 - 0.15 \cdot 0.6 = -0.065$ and "
        r"$\Delta w = \eta d x = 0.2 \cdot (-0.065) \cdot 0.6 = -0.0078$."
    )
    verdicts = [link.verdict for link in check(text=text).links]
    assert verdicts[5] == "refuted"
    assert "refuted" not in verdicts[6:]


def test_a_dotted_capital_with_a_layer_is_no_square_of_a_loss_of_that_letter() -> None:
    text = r"""
$$n^1 = W^1 p, \quad a^1 = f(n^1), \quad n^2 = W^2 a^1, \quad F = (t - n^2)^T (t - n^2)$$

$$\dot F^1(n^1) = \mathrm{diag}(f'(n^1))$$
"""
    assert all(link.verdict != "refuted" for link in check(text=text).links)


OUTPUT = r"""
$$Z = W X + b, \quad A = \tanh(Z), \quad S = V A + c, \quad \hat Y = P = \sigma(S)$$
$$J = -\frac{1}{m} \sum_{i=1}^m \left( y^{(i)} \log p^{(i)} + (1 - y^{(i)}) \log (1 - p^{(i)}) \right)$$
$$dS = P - Y, \quad dV = \frac{1}{m} dS A^T, \quad dZ = %s$$
"""
ENTRIES = r"""
$$H = \max(0, X W), \quad S = H V, \quad P_{ij} = \frac{e^{S_{ij}}}{\sum_k e^{S_{ik}}}$$
$$L = -\frac{1}{N} \sum_{i=1}^N \sum_j Y_{ij} \log P_{ij} + \frac{\lambda}{2} \|V\|^2$$
$$dS = \frac{\partial L}{\partial S} = \frac{1}{N} (P - Y), \quad dV = %s$$
"""
ROWS = r"""
$$Q = X M, \quad K = X N, \quad S = \frac{Q K^\top}{\sqrt{d_k}}, \quad A = \mathrm{softmax}(S), \quad O = A V$$
$$dA = dO\, V^\top, \quad dS_{ij} = A_{ij} (dA_{ij} - %s), \quad dK = \frac{1}{\sqrt{d_k}} dS^\top Q$$
"""


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (OUTPUT, "V^T dS * (1 - A^2)", "V^T dS * (1 - A)"),
        (ENTRIES, r"H^T dS + \lambda V", r"H^T dS + 2 \lambda V"),
        (ENTRIES, r"H^T dS + \lambda V", r"H dS + \lambda V"),
        (ROWS, r"\sum_k dA_{ik} A_{ik}", r"\sum_k dA_{kj} A_{kj}"),
        (ROWS, r"\sum_k dA_{ik} A_{ik}", r"\sum_k dA_{ik}"),
    ],
)
def test_short_derivatives_of_the_loss_behind_entries_and_second_names(text: str, right: str, wrong: str) -> None:
    assert {link.verdict for link in check(text=text % right).links} <= {"given", "proved", "holds"}
    assert check(text=text % wrong).refuted


def test_outputs_that_are_given_by_their_numbers_only_have_no_derivative_of_zero() -> None:
    text = (
        r"$\hat y = w x + b$, $w = 0.5$, $b = 0.2$, $J = \frac{1}{2} \sum_{i=1}^2 (\hat y_i - y_i)^2$, "
        r"$\hat y_1 = 0.5 \cdot 1 + 0.2 = 0.7$, $\hat y_2 = 0.5 \cdot 2 + 0.2 = %s$, "
        r"$\frac{\partial J}{\partial b} = \sum_{i=1}^2 (\hat y_i - y_i)$"
    )
    assert not check(text=text % "1.2").refuted
    assert len(check(text=text % "1.4").refuted) == 1


def test_an_argument_of_which_no_formula_says_anything_refutes_nothing() -> None:
    text = (
        r"$$z_t = \sigma(w_z x_t + u_z h_{t-1}), \quad h_t = (1 - z_t) n_t + z_t h_{t-1}$$"
        r"$$\delta_t = \frac{\partial L}{\partial h_t}, \quad \frac{\partial L}{\partial n_t} = \delta_t (1 - z_t)$$"
        r"$$\frac{\partial L}{\partial z_t} = \delta_t (h_{t-1} - n_t)$$"
        r"$$\frac{\partial L}{\partial s_t} = \frac{\partial L}{\partial z_t} z_t (1 - z_t)$$"
    )
    assert [link.verdict for link in check(text=text).links][3:] == ["proved", "proved", "undecided"]


def test_numbers_handed_down_for_the_derivatives_of_an_undefined_loss_are_put_in() -> None:
    text = (
        r"$x_1 = 3$, $x_2 = -1$, $g = 1.5$, $b = 0.5$, $y_1 = g x_1 + b = 5$, $y_2 = g x_2 + b = -1$. "
        r"Given $\frac{\partial L}{\partial y_1} = 0.2$ and $\frac{\partial L}{\partial y_2} = 0.3$: "
        r"$\frac{\partial L}{\partial g} = \sum_i \frac{\partial L}{\partial y_i} x_i = %s$"
    )
    verdicts = {link.verdict for link in check(text=text % r"0.2 \cdot 3 - 0.3 = 0.3").links}
    assert verdicts <= {"given", "proved", "holds"}
    assert check(text=text % r"0.3 \cdot 3 - 0.3 = 0.6").refuted


def test_the_identity_beside_the_jacobian_of_a_branch() -> None:
    text = (
        r"$$h = W x + b, \quad a = \tanh(h), \quad f = V a + c, \quad y = x + f$$"
        r"$$\frac{\partial y}{\partial x} = %s$$"
    )
    right = r"I + V \mathrm{diag}(1 - a^2) W"
    assert {link.verdict for link in check(text=text % right).links} <= {"given", "proved", "holds"}
    for wrong in (r"I - V \mathrm{diag}(1 - a^2) W", r"V \mathrm{diag}(1 - a^2) W", r"I + V \mathrm{diag}(1 - a) W"):
        assert list(check(text=text % wrong).links)[-1].verdict == "refuted"


ARGUMENTS = r"""
$$n_t = \tanh(w x_t + r_t u h_{t-1}), \quad r_t = \sigma(v x_t), \quad h_t = (1 - z_t) n_t + z_t h_{t-1}, \quad
z_t = \sigma(k x_t)$$
Denote by $\bar n_t$ and $\bar r_t$ the arguments. With $\delta_t = \frac{\partial L}{\partial h_t}$
$$\frac{\partial L}{\partial \bar n_t} = \delta_t (1 - z_t) (1 - %s)$$
$$\frac{\partial L}{\partial r_t} = \frac{\partial L}{\partial \bar n_t} u h_{t-1}$$
$$\frac{\partial L}{\partial \bar r_t} = \frac{\partial L}{\partial r_t} r_t (1 - r_t)$$
"""
EACH = r"""
Model $\hat y = \sigma(z)$, $z = w x + b$, cost
$J = -\frac{1}{m} \sum_{i=1}^m (y_i \ln \hat y_i + (1 - y_i) \ln (1 - \hat y_i))$.
$$\frac{\partial J}{\partial w} = %s$$
"""


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (ARGUMENTS, "n_t^2", "n_t"),
        (EACH, r"\frac{1}{m} \sum_{i=1}^m (\hat y_i - y_i) x_i", r"\frac{1}{m} \sum_{i=1}^m (y_i - \hat y_i) x_i"),
        (EACH, r"\frac{1}{m} \sum_{i=1}^m (\hat y_i - y_i) x_i", r"\frac{1}{m} \sum_{i=1}^m (\hat y_i - y_i)"),
        (EACH, r"\frac{1}{m} \sum_{i=1}^m (\hat y_i - y_i) x_i", r"\sum_{i=1}^m (\hat y_i - y_i) x_i"),
    ],
)
def test_what_the_text_leaves_to_its_reader_is_put_in(text: str, right: str, wrong: str) -> None:
    assert {link.verdict for link in check(text=text % right).links} <= {"given", "proved", "holds"}
    assert check(text=text % wrong).refuted


def test_a_definition_with_another_letter_is_that_of_each_and_a_ridge_has_the_identity() -> None:
    net = (
        r"$y = f(z)$, $z = w x + b$; $y_k = \sigma(z_k)$, $z_k = \sum_j w_{kj} h_j$, "
        r"$E = \frac12 \sum_i (y_i - t_i)^2$, "
        r"$\frac{\partial E}{\partial w_{kj}} = %s$"
    )
    ridge = (
        r"$J = \frac{1}{2} (X w - y)^T (X w - y) + \frac{\lambda}{2} w^T w$ and "
        r"$\nabla_w J = X^T (X w - y) + \lambda w = %s$"
    )
    assert {link.verdict for link in check(text=net % "(y_k - t_k) y_k (1 - y_k) h_j").links} <= {"given", "proved"}
    assert list(check(text=ridge % r"(X^T X + \lambda I) w - X^T y").links)[-1].verdict == "proved"
    assert list(check(text=ridge % r"(X^T X - \lambda I) w - X^T y").links)[-1].verdict == "refuted"
