"""Simple slips, in several notations: each is named as a teacher would, with what belongs there, on its side."""

import pytest

from symbp.checking import LinkReport, check

OTHER, SKIPS, MEANT = "derivative of another activation", "lost skip path", "sum for mean"
IN_OUT, BOTH, INDEX = "input for output", "exchanged quantities", "wrong index"
TURNED, KRONECKER = "transposed product", "lost Kronecker delta"

SUM, BACK, SLOPE = r"\sum_k w_{kj}^{l+1}", "(W^{l+1})^T", r"\odot \sigma'(z^l)"
ACROSS, H_1, H_2, HALF = r"(1 - \tanh(z)^2)", "h_1 (1 - h_1)", "h_2 (1 - h_2)", r"-\frac12 (x - m) (v + \epsilon)"

UNIT = r"$z = w x + b$, $a = \sigma(z)$, $L = \frac12 (a - y)^2$ "
TWO = r"$z = w_1 x_1 + w_2 x_2 + b$, $a = \sigma(z)$ "
AFFINE = r"Let $W \in R^{3 \times 2}$, $x \in R^2$, $b \in R^3$. $z = W x + b$, $a = \tanh(z)$ "
TANH = r"$u = w x$, $h = \tanh(u)$ "
LAYER = r"""Let $W \in R^{2\times 3}$, $x \in R^3$. $z = W x$, $a = \tanh(z)$, $L = \frac12\|a - y\|^2$
and $\delta = \frac{\partial L}{\partial z}$ """
UNITS = r"$u_j = \sum_i w_{ij} x_i + c_j$, $h_j = \tanh(u_j)$ "
RECURRENT = r"$s_t = \tanh(u x_t + w s_{t-1})$ "
LAYERS = r"""$z_j^l = \sum_k w_{jk}^l a_k^{l-1} + b_j^l$, $a_j^l = \sigma(z_j^l)$,
$\delta_j^l = \frac{\partial C}{\partial z_j^l}$ """
MATRICES = r"$z^l = W^l a^{l-1} + b^l$, $a^l = \sigma(z^l)$, $\delta^l = \frac{\partial C}{\partial z^l}$ "
STATES = r"$h_t = \tanh(z_t)$, $z_t = w h_{t-1} + u x_t$ "
SKIP = r"$h = \tanh(w x)$, $y = h + x$, $E = \frac12 (y - t)^2$ "
SKIPPED = r"""Let $x, b \in R^3$, $W \in R^{3 \times 3}$.
$z = W x + b$, $y = x + \tanh(z)$, $L = \frac12 \|y\|^2$ """
LINEAR = r"Let $W \in R^{2\times 3}$, $x \in R^3$, $y \in R^2$. $\hat y = W x$, $L = \|\hat y - y\|^2$ "
SOFTMAX = r"$p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$ "
APART = SOFTMAX + r"For $i \ne j$: "
VECTOR = r"$s = \mathrm{softmax}(o)$ "
FILTER = r"$o_1 = f_1 i_1 + f_2 i_2$, $o_2 = f_1 i_2 + f_2 i_3$, $L = \frac12 (o_1^2 + o_2^2)$ "
PAIR = r"$h_1 = \sigma(a x + b y)$, $h_2 = \sigma(c x + d y)$, $s = u h_1 + v h_2$ "
SINE = r"$q = \sin^2(r)$ "
ROOT = r"$y = (x - m) (v + \epsilon)^{-1/2}$ "
SQUARE = r"$r = (q + c)^{-2}$ "
FRACTION = r"$g = \frac{x - m}{\sqrt{v + k}}$ "
MEAN = r"$C = \frac{1}{n} \sum_{k=1}^{n} C_k$, $C_k = \frac12 (a_k - y_k)^2$ "
BATCH = r"Let $X \in R^{m \times 3}$, $w \in R^3$, $y \in R^m$. $L = \frac{1}{m} \|X w - y\|^2$ "
THIRD = r"$E = \frac{1}{3}((a_1 - t_1)^2 + (a_2 - t_2)^2 + (a_3 - t_3)^2)$ "
NUMBERS = r"$w_1 = 0.15$, $w_2 = 0.2$, $x_1 = 0.05$, $x_2 = 0.1$, $b = 0.35$, $p = w_1 x_1 + w_2 x_2 + b$ "
STEP = r"$v = 0.40$, $\eta = 0.5$, $g = 0.08216$, $v^+ = v - \eta g$ "
CASES = [
    (UNITS, r"h_j = \tanh(u_j)", r"\tanh(\sum_i w_{ij} x_i)", r"\tanh(\sum_{i} w_{i j} x_i + c_j)", "missing term"),
    (TWO, "z", "w_1 x_1 + w_2 x_2", "w_1 x_1 + w_2 x_2 + b", "forgotten bias"),
    (TWO, "z", "w_1 x_1 + b", "w_1 x_1 + b + w_2 x_2", "missing term"),
    (AFFINE, "z", "W x", "W x + b", "forgotten bias"),
    (UNIT, "a", r"\sigma(w x)", r"\sigma(w x + b)", "forgotten bias"),
    (RECURRENT, r"\frac{\partial s_t}{\partial s_{t-1}}", "w (1 - s_{t-1}^2)", "w (1 - s_t^2)", INDEX),
    (LAYERS, r"\frac{\partial C}{\partial w_{jk}^l}", r"\delta_j^l a_k^l", r"\delta_j^l a_k^{l-1}", INDEX),
    (LAYERS, r"\delta_j^l", rf"{SUM} \delta_k^l \sigma'(z_j^l)", rf"{SUM} \delta_k^{{l+1}} \sigma'(z_j^l)", INDEX),
    (MATRICES, r"\delta^l", rf"({BACK} \delta^l) {SLOPE}", rf"({BACK} \delta^{{l+1}}) {SLOPE}", INDEX),
    (STATES, "h_t", r"\tanh(w h_t + u x_t)", r"\tanh(w h_{t-1} + u x_t)", INDEX),
    (SOFTMAX, r"\frac{\partial p_i}{\partial z_j}", r"p_j (\delta_{ij} - p_j)", r"p_i (\delta_{ij} - p_j)", INDEX),
    (SKIP, r"\frac{dy}{dx}", "w (1 - h^2)", "1 + w (1 - h^2)", SKIPS),
    (SKIP, r"\frac{dE}{dx}", "(y - t) (1 - h^2) w", "(y - t) (1 + (1 - h^2) w)", SKIPS),
    (SKIPPED, r"\frac{\partial L}{\partial x}", rf"W^T ({ACROSS} \odot y)", rf"y + W^T ({ACROSS} \odot y)", SKIPS),
    (LINEAR, r"\frac{\partial L}{\partial W}", r"2 x (\hat y - y)^T", r"2 (\hat{y} - y) x^T", TURNED),
    (LINEAR, r"\nabla_W L", r"2 x (\hat y - y)^T", r"2 (\hat{y} - y) x^T", TURNED),
    (LAYER, r"\frac{\partial L}{\partial W}", r"x \delta^T", r"\delta x^T", TURNED),
    (APART, r"\frac{\partial p_i}{\partial z_j}", "p_i p_j", "-p_i p_j", "sign"),
    (SOFTMAX, r"\frac{\partial p_i}{\partial z_j}", "p_i (1 - p_j)", r"p_i (\mathbf{1}[i = j] - p_j)", KRONECKER),
    (VECTOR, r"\frac{\partial s_k}{\partial o_m}", "s_k(1 - s_m)", r"s_k(\mathbf{1}[k = m] - s_m)", KRONECKER),
    (FILTER, r"\frac{\partial L}{\partial i_2}", "o_1 f_1 + o_2 f_2", "o_1 f_2 + o_2 f_1", BOTH),
    (FILTER, "o_1", "f_2 i_1 + f_1 i_2", "f_1 i_1 + f_2 i_2", BOTH),
    (PAIR, r"\frac{\partial s}{\partial x}", rf"u {H_1} c + v {H_2} a", rf"u {H_1} a + v {H_2} c", BOTH),
    (UNIT, r"\frac{da}{dz}", "z (1 - z)", "a (1 - a)", IN_OUT),
    (UNIT, r"\frac{\partial L}{\partial w}", "(a - y) z (1 - z) x", "(a - y) a (1 - a) x", IN_OUT),
    (TANH, r"\frac{dh}{dx}", "(1 - u^2) w", "(1 - h^2) w", IN_OUT),
    (LAYER, r"\delta", r"(a - y) \odot (1 - z \odot z)", r"(a - y) \odot (1 - a \odot a)", IN_OUT),
    (TANH, r"\frac{dh}{dw}", r"(1 - \tanh(u^2)) x", r"(1 - \tanh(u)^2) x", "misplaced exponent"),
    ("", r"f(x) = \tanh(x), \quad f'(x)", r"1 - \tanh(x^2)", r"1 - \tanh(x)^2", "misplaced exponent"),
    (SINE, r"\frac{dq}{dr}", r"2 \sin(r^2) \cos(r)", r"2 \sin(r) \cos(r)", "wrong exponent"),
    (TANH, r"\frac{dh}{dw}", r"(1 - \tanh^2(x)) x", r"(1 - \tanh(u)^2) x", "wrong argument"),
    (ROOT, r"\frac{\partial y}{\partial v}", rf"{HALF}^{{-1/2}}", rf"{HALF}^{{-3 / 2}}", "wrong exponent"),
    (SQUARE, r"\frac{dr}{dq}", "-2 (q + c)^{-2}", "-2 (q + c)^{-3}", "wrong exponent"),
    (FRACTION, r"\frac{\partial g}{\partial m}", r"\frac{-1}{v + k}", r"\frac{-1}{\sqrt{v + k}}", "wrong exponent"),
    (MEAN, r"\frac{\partial C}{\partial a_k}", "a_k - y_k", r"\frac{1}{n} (a_k - y_k)", MEANT),
    (BATCH, r"\frac{\partial L}{\partial w}", "2 X^T (X w - y)", r"2 \frac{1}{m} X^T (X w - y)", MEANT),
    (THIRD, r"\frac{\partial E}{\partial a_2}", "2 (a_2 - t_2)", r"2 \frac{1}{3} (a_2 - t_2)", MEANT),
    (TANH, r"\frac{dh}{du}", "h (1 - h)", "1 - h^2", OTHER),
    (UNIT, r"\frac{\partial L}{\partial w}", "(a - y) (1 - a^2) x", "(a - y) a (1 - a) x", OTHER),
    (UNITS, r"\frac{\partial h_j}{\partial w_{ij}}", "h_j (1 - h_j) x_i", "(1 - h_j^2) x_i", OTHER),
    (LAYER, r"\delta", r"(a - y) \odot a \odot (1 - a)", r"(a - y) \odot (1 - a \odot a)", OTHER),
    (NUMBERS, "p", r"0.15 \cdot 0.05 + 0.2 \cdot 0.1", r"0.15 \cdot 0.05 + 0.2 \cdot 0.1 + 0.35", "forgotten bias"),
    (NUMBERS, "p", r"0.15 \cdot 0.05 + 0.35", r"0.15 \cdot 0.05 + 0.2 \cdot 0.1 + 0.35", "missing term"),
    (STEP, "v^+", r"0.40 - 0.5 \cdot 0.08126", r"0.40 - 0.5 \cdot 0.08216", "transposed digits"),
]


def refuted(text: str) -> tuple[LinkReport, ...]:
    return check(text=text).refuted


@pytest.mark.parametrize(("given", "left", "wrong", "right", "slip"), CASES)
def test_a_simple_slip_is_named_with_what_belongs_there(given, left, wrong, right, slip):
    assert refuted(f"{given}$${left} = {right}$$") == ()
    [found] = refuted(f"{given}$${left} = {wrong}$$")
    assert (found.slip, found.expected, found.left) == (slip, right, False)


def test_a_number_that_only_another_line_has_right_is_put_back_by_the_result():
    line = r"$$w^+ = 0.40 - 0.5 \cdot 0.08126 = 0.3589$$"
    first, second = refuted(r"$\frac{\partial E}{\partial w} = 0.08216$" + f"\n\n{line}")
    assert first.slip == second.slip == "transposed digits"
    assert first.expected == second.expected == r"0.40 - 0.5 \cdot 0.08216"
    assert (first.left, second.left) == (False, True)


def test_a_computation_that_gives_its_result_is_right_though_a_number_is_nearly_another():
    lines = r"$$b \leftarrow 0.35 - 0.1 \cdot 0.02714 = 0.34729$$ $$b \leftarrow 0.35 - 0.1 \cdot 0.02741 = 0.34729$$"
    assert refuted(lines) == ()


@pytest.mark.parametrize(
    "rule", [r"w_{ij} - \eta \delta_j x_i", r"\rho w_{ij} + w_{ij}", r"\frac{w_{ij}}{\sum_k w_{kj}}"]
)
def test_a_rule_that_gives_a_parameter_anew_is_no_slip(rule):
    assert refuted(rf"$w_{{ij}} = 2 v_{{ij}}$, $u_j = \sum_i w_{{ij}} x_i$ $$w_{{ij}} = {rule}$$") == ()
