"""Things that documents say in more than one way: finer steps, vectors by component, carried numbers, given zeros."""

import pytest

import symbp


def verdicts(text):
    return [link.verdict for link in symbp.check(text=text).links]


CASES = {
    "the step named later": (
        "$h = \\sigma(w x + b)$, $y = v h$, $L = (y - t)^2$ $$z = w x + b$$ $$h = \\sigma(z)$$"
        "$$\\frac{\\partial L}{\\partial z} = @$$",
        "\\frac{\\partial L}{\\partial h} \\sigma'(z)",
        "\\frac{\\partial L}{\\partial h} \\sigma(z)",
    ),
    "the argument of a function": (
        "$$h = \\sigma(z) = \\sigma(\\sum_i w_i x_i + b)$$ $$E = \\frac{1}{2}(h - t)^2$$"
        "$$\\frac{\\partial \\sigma(z)}{\\partial z} = \\sigma(z)(1 - \\sigma(z))$$"
        "$$\\frac{\\partial E}{\\partial z} = @$$",
        "(h - t) h (1 - h)",
        "(t - h) h (1 - h)",
    ),
    "a component with its vector": (
        "$$a_j = \\phi(\\mathbf{z})_j = \\frac{e^{z_j}}{\\sum_{k=1}^K e^{z_k}}$$ for $j \\neq i$"
        "$$-\\frac{e^{z_j}}{\\sum_{k=1}^K e^{z_k}} \\frac{e^{z_i}}{\\sum_{k=1}^K e^{z_k}} = @$$",
        "-\\phi_j \\phi_i",
        "\\phi_j \\phi_i",
    ),
    "an indexed component": (
        "$$p_j = \\psi_j(z)$$ $$\\psi_j(z) = \\frac{e^{z_j}}{\\sum_k e^{z_k}}$$"
        "$$\\frac{\\partial p_j}{\\partial z_j} = @$$",
        "\\psi_j(z)(1 - \\psi_j(z))",
        "\\psi_j(z)(1 + \\psi_j(z))",
    ),
    "a rounded result carried on": (
        "$w = 0.3$, $x = 1$, $t = 1$ $$y = \\sigma(w x) \\approx 0.57$$ $$L = \\frac{1}{2}(y - t)^2$$"
        "$$\\frac{\\partial L}{\\partial w} = @$$",
        "-0.105393",
        "-0.115393",
    ),
    "given zeros and ones put in": (
        "$$\\vec{c}^{(1)} = \\vec{f}^{(1)} \\odot \\vec{c}^{(0)} + \\vec{i}^{(1)} \\odot \\tilde{g}^{(1)}$$"
        "$\\vec{i}^{(1)} = 1$, $\\vec{f}^{(1)} = 1$, $\\vec{c}^{(0)} = \\vec{0}$ $$\\vec{c}^{(1)} = @$$",
        "1 \\times 0 + 1 \\times \\tilde{g}^{(1)}",
        "1 \\times 1 + 0 \\times \\tilde{g}^{(1)}",
    ),
    "what a function is printed with": (
        "$$y = w x$$ $$f(x, y) = 3 x^2 + 2 x y$$ $$\\frac{\\partial f}{\\partial x} = @$$",
        "6 x + 2 y",
        "6 x + 4 y",
    ),
    "a factor below the line": (
        "$$a = \\sigma(z)$$ $$L = -\\log a$$"
        "$$\\frac{\\partial L}{\\partial z} = -\\frac{\\partial a}{a \\partial z} = @$$",
        "a - 1",
        "1 - a",
    ),
    "styled as a whole": (
        "$${\\displaystyle a = \\sigma(z)}$$ $${\\displaystyle \\frac{\\partial a}{\\partial z} = @}$$",
        "a (1 - a)",
        "a (1 + a)",
    ),
    "a loss for one label": (
        "$y = 1$, $w = 2$, $x = 0.5$ $$z = w x$$ $$p = \\sigma(z)$$ $$L = -\\ln p$$"
        "$$\\frac{\\partial L}{\\partial z} = @$$",
        "p - y",
        "y - p",
    ),
    "a result put into a function": (
        "$w = 0.3$, $x = 2$ $$z = w x = 0.6$$ $$a = \\tanh(0.6) = 0.537$$ $$\\frac{\\partial a}{\\partial w} = @$$",
        "(1 - a^2) x",
        "(1 + a^2) x",
    ),
    "a known function that was damaged": (
        "$\\sigma(x) = 1 + e^{-x} 1$, $w = 2$, $x = 0.25$ $$a = \\sigma(w x) = \\frac{1}{1 + e^{-0.5}} = 0.6225$$"
        "$$\\sigma'(x) = \\sigma(x)(1 - \\sigma(x))$$ $$b = \\sigma(0.25) = 0.5622$$ $$\\sigma(-0.25) = @$$",
        "0.4378",
        "0.5378",
    ),
    "one number for several weights": (
        "With $u = v = w = 0.5$: $$p = v a, \\quad q = w p, \\quad L = q^2$$ $$\\frac{\\partial L}{\\partial p} = @$$",
        "2 q w",
        "2 q v",
    ),
    "cases in an array": (
        "$$f(a)=\\left\\{{\\begin{array}{rcl}0&{\\mbox{si}}&a<0\\\\a&{\\mbox{si}}&a\\geq 0\\end{array}}\\right.$$"
        "$$y = f(z)$$ $$f(2) = @$$",
        "2",
        "0",
    ),
}


@pytest.mark.parametrize(("text", "right", "wrong"), CASES.values(), ids=CASES)
def test_what_is_right_passes_and_what_is_wrong_does_not(text, right, wrong):
    assert {*verdicts(text.replace("@", right))[1:]} <= {"given", "proved", "holds"}
    assert verdicts(text.replace("@", wrong))[-1] == "refuted"


def test_what_is_given_for_all_of_a_kind_refutes_nothing():
    text = (
        "$$c^{(2)} = f^{(2)} c^{(1)} + i^{(2)} g^{(2)}$$ $$c^{(3)} = f^{(3)} c^{(2)} + i^{(3)} g^{(3)} = c^{(2)}$$"
        "where $i^{(t)} = 0$ and $f^{(t)} = 1$ from then on."
    )
    assert "refuted" not in verdicts(text)


@pytest.mark.parametrize(("product", "verdict"), [("\\delta_j x_i", "holds"), ("\\delta_i x_j", "undecided")])
def test_the_delta_rule_heeds_which_index_of_a_weight_is_summed_over(product, verdict):
    text = (
        "$$a_j = \\sum_k w_{jk} x_k$$ $$\\frac{\\partial E_n}{\\partial a_j} = \\delta_j$$"
        "$$E_n = -\\sum_k t_{n,k} \\ln y_{n,k}$$ $$\\frac{\\partial E_n}{\\partial w_{ji}} = @$$"
    )
    assert verdicts(text.replace("@", product))[-1] == verdict
