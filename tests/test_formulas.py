"""The language of the page: tokens, the reader's hard cases, refusals, round trips, limits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import E_TOTAL, ONE, TWO, W1, W5, A, B, X, times

from symbp.formulas import (
    Apply,
    Call,
    Derivative,
    Differential,
    Dots,
    Dotted,
    Fraction,
    Group,
    Indexed,
    Indicator,
    Name,
    Negative,
    Number,
    Opaque,
    Power,
    Product,
    ReadError,
    Roles,
    Sum,
    Summation,
    key,
    latex,
    plain,
    read,
    walk,
    without_groups,
)
from symbp.formulas.tokens import tokens


def test_tokens_have_places_and_leave_spacing_out():
    found = tokens(r"\left( a\,+ 2.50 \right) % note")
    assert [token.text for token in found] == ["(", "a", "+", "2.50", ")", ""]
    assert [(token.start, token.end) for token in found][:4] == [(5, 6), (7, 8), (10, 11), (12, 16)]


CASES = {
    r"\frac12": Fraction(ONE, TWO),
    r"\frac{1}{2}": Fraction(ONE, TWO),
    r"\dfrac{a}{b}": Fraction(A, B),
    r"\exp^{-x}": Call("exp", (Negative(X),)),
    r"exp^{-x}": Call("exp", (Negative(X),)),
    r"e^{-x}": Call("exp", (Negative(X),)),
    r"{{e}^{-x}}": Call("exp", (Negative(X),)),
    r"\exp(-x)": Call("exp", (Negative(X),)),
    "a * -1": times(A, Negative(ONE)),
    r"a \cdot (-1)": times(A, Group(Negative(ONE))),
    "a(-1)": times(A, Group(Negative(ONE)), sign=""),
    "0.5(2) + (-0.3)(-1)": Sum(
        (
            times(Number("0.5"), Group(TWO), sign=""),
            times(Group(Negative(Number("0.3"))), Group(Negative(ONE)), sign=""),
        )
    ),
    "a − b": Sum((A, Negative(B))),
    "a – b": Sum((A, Negative(B))),
    "−a b": Negative(times(A, B, sign="")),
    "a - b + x": Sum((A, Negative(B), X)),
    "a × b": times(A, B),
    r"a \times b": times(A, B),
    r"a \odot b": times(A, B, sign="@"),
    r"a \circ b": times(A, B, sign="@"),
    "2 a b": times(TWO, A, B, sign=""),
    "a / b": Fraction(A, B, slash=True),
    "a / b * x": times(Fraction(A, B, slash=True), X),
    r"2.1 \times 10^{-4}": Number("2.1e-4"),
    r"1.2 * 10^3": Number("1.2e3"),
    "2.18e-4": Number("2.18e-4"),
    ".5": Number("0.5"),
    "1^{1-1}": Power(ONE, Sum((ONE, Negative(ONE)))),
    "-a^2": Negative(Power(A, TWO)),
    "(a + b)^2": Power(Group(Sum((A, B))), TWO),
    r"\left[ a \right]": Group(A, "[]"),
    "{a} {+} b".replace("{+}", "+"): Sum((A, B)),
    r"\frac{dE_{total}}{dw_5}": Derivative(E_TOTAL, W5, upright=True),
    r"\frac{d E_{total}}{d w_5}": Derivative(E_TOTAL, W5, upright=True),
    r"\frac{\partial E_{total}}{\partial w_5}": Derivative(E_TOTAL, W5),
    r"\frac{\partial{E_{total}}}{\partial{w_5}}": Derivative(E_TOTAL, W5),
    r"\cfrac{\partial E_{total}}{\partial w_5}": Derivative(E_TOTAL, W5),
    r"\partial E_{total}/\partial w_5": Derivative(E_TOTAL, W5),
    r"dE_{total}/dw_5": Derivative(E_TOTAL, W5, upright=True),
    r"\frac{\partial}{\partial x}(a + b)": Derivative(Group(Sum((A, B))), X),
    r"\frac{d}{dx} a": Derivative(A, X, upright=True),
    r"\frac{\partial{}}{\partial{x}} a": Derivative(A, X),
    "f(x)": Apply(Name("f"), (X,)),
    "f'(x)": Apply(Name("f"), (X,), 1),
    r"f^\prime(x)": Apply(Name("f"), (X,), 1),
    r"\sigma(x)": Apply(Name("\\sigma"), (X,)),
    r"\max(0, x)": Call("max", (Number("0"), X)),
    r"\tanh^2(x)": Power(Call("tanh", (X,)), TWO),
    r"\ln x": Call("log", (X,)),
    r"\sqrt{x}": Call("sqrt", (X,)),
    r"\mathbf{1}[x > 0]": Indicator(X, ">", Number("0")),
    r"\sum_{k=1}^{2} a_k": Summation(Name("a", (Name("k"),)), Name("k"), ONE, TWO),
    r"\sum a": Summation(A),
    r"\underbrace{a + b}_{\text{net}}": Sum((A, B)),
    r"\hat{y}_1": Name("y", (ONE,), (), ("\\hat",)),
    "w_5^+": Name("w", (Number("5"),), (), ("+",)),
    "w^{+}_5": Name("w", (Number("5"),), (), ("+",)),
    "w^{(2)}_{jk}": Name("w", (Name("j"), Name("k")), (TWO,)),
    "w^l_{jk}": Name("w", (Name("j"), Name("k")), (Name("l"),)),
    "w_1^2": Power(W1, TWO),
    "w1": W1,
    r"\mathbf{W}^{[1]}": Name("W", (), (ONE,)),
    r"learning\_rate": Name("learning_rate"),
    r"a \quad + \; b \nonumber": Sum((A, B)),
    "a &+ b": Sum((A, B)),
    "\u200ba": A,
}


@pytest.mark.parametrize("text", CASES)
def test_the_reader_understands(text):
    assert read(text) == CASES[text]


@pytest.mark.parametrize(
    "alike",
    [
        ["net_{h_1}", "net_{h1}", "net_{h 1}", r"\text{net}_{h 1}", r"\mathrm{net}_{h_1}", "net_{h,1}", "{net}_{h1}"],
        ["out_{o_{10}}", "out_{o10}", "out_{o 10}"],
        ["w^{(2)}_{jk}", "w_{jk}^{(2)}", "w_{jk}^{[2]}"],
        ["w_5^+", "w_{5}^{+}", "w^+_5"],
        ["x_{1}", "x_1", "x1"],
    ],
    ids=lambda texts: texts[0],
)
def test_one_name_however_it_is_typeset(alike):
    assert len({key(read(text)) for text in alike}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("w_{jk}", "w_{kj}"),
        ("W", "w"),
        ("w_1", "w_2"),
        ("w_{1,12}", "w_{11,2}"),
        ("w_5", "w_5^+"),
        ("z^{(1)}", "z^{(2)}"),
        ("y", r"\hat{y}"),
    ],
)
def test_different_names_stay_apart(one, other):
    assert key(read(one)) != key(read(other))


def test_plain_text_names():
    roles = Roles(plain=True)
    assert key(read("net_h1", roles)) == key(read("net_{h_1}"))
    assert read("dE_total/dw_5", roles) == Derivative(E_TOTAL, W5, upright=True)
    assert key(read("w_5^+", roles)) == key(read("w_5^+"))


def test_letters_that_are_products():
    assert read("ab", Roles(letters=frozenset({"ab"}))) == times(A, B, sign="")
    assert read("ab") == Name("ab")


def test_spans_say_where_a_part_stands():
    text = r"\frac{a}{1 + bc} + 2"
    tree = read(text)
    assert text[slice(*tree.terms[0].below.terms[1].span)] == "bc"
    assert text[slice(*tree.terms[1].span)] == "2"


READ_AS = {
    r"\sin 2x": r"\sin(2 x)",
    r"W^{[2]T} x": "{W^{(2)}}^T x",
    r"W^{(l+1)^\top}": r"{W^{(l + 1)}}^T",
    r"\|w\|^2_2": r"\|w\|^2",
    r"1.5\mathrm{e}{-3}": r"1.5 \times 10^{-3}",
    "np.dot(W, x) + np.exp(-z) + np.multiply(a, b)": r"W x + e^{-z} + a \odot b",
    "w_{ji}(n+1) + y(n)": "w_{ji}^{(n + 1)} + y^{(n)}",
    r"0.5 \; \text{(rounded)}": "0.5",
    r"a b \text{ by the chain rule}": "a b",
    r"b + w_1 x_1 + w_2 x_2 + \dots + w_n x_n": r"b + \sum_{i=1}^n w_i x_i",
    r"w_{u_1v}o_{u_1}+...+w_{u_t v}o_{u_t}+...w_{u_n v}o_{u_n}": r"\sum_{i=1}^{n} w_{u_i v} o_{u_i}",
    r"x_1 x_2 \cdots x_n": r"\prod_{i=1}^n x_i",
    r"\prod_{c=1}^{C} p_c": r"\Pi_{c=1}^{C} p_c",
    r"\sum_i^n x_i": r"\sum_{i}^{n} x_i",
    r"\sum\limits^d_{k=1} x_k": r"\sum_{k=1}^d x_k",
    r"\sum_{i,j} x_{ij}": r"\sum_i \sum_j x_{ij}",
    r"\sum_{i=1,\dots,n} x_i": r"\sum_{i=1}^n x_i",
    r"\frac{\partial A B + c}{\partial x}": r"\frac{\partial (A B + c)}{\partial x}",
    r"\frac{\partial}{\partial w} \frac{1}{2} (t - o)^2": r"\frac{\partial (\frac{1}{2} (t - o)^2)}{\partial w}",
    r"\frac{\partial^2 L}{\partial w_1 \partial w_2}": r"\frac{\partial \frac{\partial L}{\partial w_2}}{\partial w_1}",
    r"\frac{d^2 f}{dx^2}": r"\frac{d \frac{d f}{d x}}{d x}",
    r"{\partial \xi}/{\partial z_i}": r"\frac{\partial \xi}{\partial z_i}",
    r"\partial_x f": r"\frac{\partial f}{\partial x}",
    r"y_i[l - 1] + W[i, j]": "y_{i,l - 1} + W_{ij}",
    "W.T x": "W^T x",
    "x² + w₁ + 𝑥ᵢⱼ + Wᵀx": "x^2 + w_1 + x_{ij} + W^T x",
    "ŷ + x\u0302": r"\hat{y} + \hat{x}",
    "h’(s)": "h'(s)",
    "x_٣ + １２.５": "x_3 + 12.5",
    r"W_h^{Tr} x": "W_h^T x",
    r"0{,}35 + 1{,}000 + 12\,345": "0.35 + 1000 + 12345",
    r"{a \over b}": r"\frac{a}{b}",
    r"{\partial E \over \partial w_1}{1 \over 2}": r"\frac{\partial E}{\partial w_1}\frac{1}{2}",
    r"{1 \over 2}{\partial \over \partial w}(a w + b)": r"\frac{1}{2}\frac{\partial}{\partial w}(a w + b)",
    r"{\partial^2 E \over \partial w^2} + {dE \over dw}": r"\frac{\partial^2 E}{\partial w^2} + \frac{dE}{dw}",
    r"[2,;1,;0]": "[2, 1, 0]",
    r"out{o1} + net{h_2}": "out_{o1} + net_{h_2}",
    r"1_{i=j} a - 1": r"\mathbf{1}[i = j] a - 1",
    r"w_{11}^{(2)+} + w^{(l)*}": r"{w_{11}^{(2)}}^+ + {w^{(l)}}^*",
    r"a.b + a . b": "a * b + a * b",
    r"\|x\|_2^2 + \|W\|_F": r"\|x\|^2 + \|W\|",
    r"\mathbf{1}_{2,1}": r"\begin{bmatrix} 1 \\ 1 \end{bmatrix}",
    r"I(y = k) + \mathbb{1}_{y = k}": r"\mathbf{1}[y = k] + \mathbf{1}[y = k]",
    r"\begin{bmatrix} 1 \\ 1 \end{bmatrix}_{2 \times 1}": r"\begin{bmatrix} 1 \\ 1 \end{bmatrix}",
    r"h_2\ (=0.78)": "h_2",
    r"\left\{ \begin{array}{ll} 1 & \text{if } x > 0 \\ 0 & \text{else} \end{array} \right.": (
        r"\begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}"
    ),
    r"\begin{cases} 0, & \text{p $\ne$ m} \\ a, & \text{p = m} \end{cases}": (
        r"\begin{cases} 0 & p \neq m \\ a & p = m \end{cases}"
    ),
    r"\begin{cases} a \mbox{ if } k >= j \\ 0 \mbox{ otherwise }. \end{cases}": (
        r"\begin{cases} a & k \ge j \\ 0 & \text{else} \end{cases}"
    ),
    r"\text{ReLU}(x)": r"\max(0, x)",
    r"\log_2 x": r"\frac{\ln x}{\ln 2}",
    r"50\% a": "50/100 a",
    r"\sqrt[3]{a}": r"a^{\frac{1}{3}}",
    r"{\bf W} {\rm net}_1": r"W \text{net}_1",
    r"\underset{k}{a} + \textcolor{red}{b} + \boxed{c}": "a + b + c",
}


@pytest.mark.parametrize("text", READ_AS)
def test_two_ways_to_write_one_formula(text):
    assert without_groups(read(text)) == without_groups(read(READ_AS[text]))


VALUELESS = {
    r"\lim_{h \to 0} \frac{f(x + h) - f(x)}{h}": "the operator lim",
    r"\operatorname*{arg\,min}_k x_k": "the operator argmin",
    r"\underset{k}{\arg\min} \|x - w_k\|": "the operator argmin",
    r"\mathbb{E}_{x \sim p}[f(x)]": "the operator expectation",
    r"\sum_{j \in N(i)} x_j": "a sum over something that is no range",
    r"\left.\frac{\partial f}{\partial x}\right|_{x = 2}": "a formula at some point",
    r"P(y = k | x, \theta)": "a condition",
    r"\{0, \cdots, n\}": "a set",
    r"\mathbf{1}_n": "an array of ones",
    r"\|x\|_1": "a norm of another kind",
    r"\begin{cases} a & \text{if } k = k(m) \\ b & \text{else} \end{cases}": "a condition that is not understood",
    r"\binom{n}{k}": "a binomial coefficient",
    r"(a b)'": "a derivative that does not say by what",
    r"\sigma(\cdot)": "an argument that is left open",
    r"\hat{a + b}": r"what is marked by \hat",
}


@pytest.mark.parametrize("text", VALUELESS)
def test_what_has_no_value_is_read_and_says_what_it_is(text):
    found = [part.what for part in walk(read(text)) if isinstance(part, Opaque)]
    assert VALUELESS[text] in found


def test_dots_that_show_no_range_stay_dots():
    for text in (r"a + \dots + b", r"W_n W_{n-1} \dots W_1", r"x_1 + x_3 + \dots + x_n", r"x_1 + \dots"):
        assert any(isinstance(part, Dots) for part in walk(read(text))), text
    assert isinstance(read(r"[x_1, x_2, \dots, x_n]"), Dotted)
    assert isinstance(read(r"\begin{bmatrix} x_1 \\ \vdots \\ x_n \end{bmatrix}"), Dotted)


def test_differentials_may_stand_alone():
    assert read(r"\partial x") == Differential(X)
    assert read(r"\frac{\partial a}{b}") == read(r"\frac{a}{\partial b}") == Derivative(A, B)
    assert read(r"\mathrm{d}a") == Differential(A, upright=True)
    assert read("(a + b)_1") == Indexed(Group(Sum((A, B))), (ONE,))


def test_brackets_after_a_name_are_an_index_only_where_they_hold_one():
    assert read("a[x - b]") == Product((A, Group(Sum((X, Negative(B))), "[]")), ("",))


def test_commands_of_the_document_are_symbols_unless_something_in_braces_follows():
    assert read(r"\vx + a") == Sum((Name(r"\vx"), A))
    with pytest.raises(ReadError, match=r"the command \\vx is not known"):
        read(r"\vx{a}")


REFUSED = {
    "": ("an operand expected, found the end of the formula", ""),
    "a +": ("an operand expected, found the end of the formula", ""),
    "(a": (r"\) expected to close \(, found the end", ""),
    "a)": (r"an operator or the end expected, found '\)'", ")"),
    "a + * b": (r"an operand expected, found '\*'", "*"),
    r"\frac{a}": ("an operand expected, found the end", ""),
    r"a {\rm If}": ("words before a name that change what is meant", "If"),
    r"\foo{a}": (r"the command \\foo is not known", r"\foo"),
    "2 3": ("two numbers side by side, found '3'", "3"),
    "a^2^3": ("a second exponent", None),
    "a_": ("an index expected", ""),
    r"\text{ }": ("an operand expected", ""),
    "f(a": (r"\) expected to close the arguments", ""),
    "9" * 500: ("a number of more than 400 digits", "9" * 500),
    "1e9999999": ("a number of more than 400 digits", "1e9999999"),
    r"\begin{tabular} a \end{tabular}": (r"the command \\begin is not known", r"\begin"),
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:20])
def test_what_is_not_understood_is_refused_with_its_place(text):
    message, place = REFUSED[text]
    with pytest.raises(ReadError, match=message) as caught:
        read(text)
    start, end = caught.value.span
    assert 0 <= start <= end <= len(text)
    assert place is None or text[start:end] == place


MILLION = 1_000_000
HUGE = {
    "brackets": "(" * MILLION,
    "braces": "{" * MILLION,
    "closed braces": "{" * 5000 + "a" + "}" * 5000,
    "fractions": r"\frac{" * 5000 + "a" + "}{b}" * 5000,
    "exponents": "e^{" * 5000 + "x" + "}" * 5000,
    "just deep enough": r"\frac{" * 239 + "a" + "}{b}" * 239,
    "applications": "f(" * 1000 + "x" + ")" * 1000,
    "indices": "a_{" * 1000 + "b" + "}" * 1000,
    "operators": r"\lim " * 6000,
    "minus signs": "-" * 10000 + "a",
    "slashes": "a" + "/b" * 9000,
    "a long sum": "a" + "+b" * MILLION,
    "digits": "1" * MILLION,
}


@pytest.mark.parametrize("name", HUGE)
def test_what_nobody_writes_is_refused(name):
    with pytest.raises(ReadError, match=r"nested too deeply|more than \d+ (tokens|digits)"):
        read(HUGE[name])


def test_a_tower_of_powers_is_read_but_not_evaluated():
    tree = read("9^{9^{9^{9^{9}}}}")
    assert latex(tree) == "9^{9^{9^{9^9}}}"


COMMANDS = ("frac", "partial", "left", "right", "sum", "hat", "mathbf", "exp", "ln", "max", "prime", "underbrace")
PIECES = [
    *r"abdefw129.,+-*/^_(){}[]=&|'%$ ",
    *(f"\\{name}" for name in COMMANDS),
    *("\\\\", r"\text{", r"\mathbf{1}"),
    *("10", "dw", "sum", "−", "\u200b"),
]


def read_or_refused(text, roles):
    """Return the tree, or nothing where the reader says what it does not understand."""
    try:
        return read(text, roles)
    except ReadError as error:
        start, end = error.span
        return None if 0 <= start <= end <= len(text) else error


@settings(max_examples=300, deadline=2000)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.booleans())
def test_any_text_is_read_or_refused(parts, is_plain):
    text = "".join(parts)
    tree = read_or_refused(text, Roles(plain=is_plain))
    assert tree is None or (latex(tree) and plain(tree))


@settings(max_examples=200, deadline=2000)
@given(st.text(max_size=60))
def test_any_unicode_is_read_or_refused(text):
    tree = read_or_refused(text, Roles())
    assert tree is None or latex(tree)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sum (a - b)^2", r"\sum (a - b)^2"),
        ("1/2 * (sum (a - b)^2)", r"1 / 2 * \left( \sum (a - b)^2 \right)"),
        ("sum(a - b)^2", r"\left( \sum (a - b) \right)^2"),
        ("sum((a - b)^2)", r"\sum (a - b)^2"),
    ],
)
def test_a_sum_in_plain_text_sums_what_stands_behind_it_or_its_argument(text, meant):
    assert latex(read(text, Roles(plain=True))) == meant
