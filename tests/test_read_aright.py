"""What a document says in passing is heeded: functions by their names, other losses, notes, totals, single points."""

import pytest

from symbp.checking import check
from symbp.documents import chains
from symbp.formulas import Name, Negative, Number, Power, latex, plain, read

HALF = r"$$E = \frac12 (a - q)^2$$"
PASSES = ("holds", "proved")


def verdicts(text: str) -> list[str]:
    return [link.verdict for equation in check(text=text).equations for link in equation.links]


def last(text: str, link: str) -> str:
    return check(text=f"{text}\n\n$${link}$$").equations[-1].links[-1].verdict


@pytest.mark.parametrize("word", [r"\text{SiLU}", r"\operatorname{act}", "act", r"\mathrm{softplus}"])
@pytest.mark.parametrize(("sign", "verdict"), [("-", "proved"), ("+", "refuted")])
def test_a_word_with_a_prime_before_a_bracket_is_a_function(word: str, sign: str, verdict: str) -> None:
    text = f"$$a = {word}(u)$$\n\n{HALF}"
    assert last(text, rf"\frac{{\partial E}}{{\partial u}} = (a {sign} q) {word}'(u)") == verdict


def test_an_activation_that_is_named_is_a_function_without_any_prime() -> None:
    assert last(r"$$a = \text{GELU}(u)$$" + "\n\n" + HALF, r"E = \frac12 (\text{GELU}(u) - q)^2") == "proved"


SECOND = r"$$E = -q \log a - (1 - q) \log(1 - a)$$"


@pytest.mark.parametrize("head", ["E", "E(a, q)"])
def test_a_loss_that_is_another_one_further_on_holds_from_there(head: str) -> None:
    text = f"{HALF}\n\n$$\\frac{{dE}}{{da}} = a - q$$\n\nFor two classes:\n\n{SECOND}".replace("$E", f"${head}")
    assert last(text, r"\frac{dE}{da} = -\frac{q}{a} + \frac{1 - q}{1 - a}") == "proved"
    assert last(text, r"\frac{dE}{da} = -\frac{q}{a} - \frac{1 - q}{1 - a}") == "refuted"


STATES = "$r_3 = f(v, r_2), r_2 = f(v, r_1), r_1 = f(v, r_0)$"


@pytest.mark.parametrize(
    ("right", "passes"),
    [
        (r"\frac{\partial r_3}{\partial v} + \frac{\partial r_3}{\partial r_2} \frac{dr_2}{dv}", True),
        (r"\frac{\partial r_3}{\partial v} + \frac{\partial r_2}{\partial r_1} \frac{dr_2}{dv}", False),
        (r"\frac{\partial r_3}{\partial v} + \frac{dr_2}{dv}", False),
    ],
)
def test_beside_an_upright_d_a_curly_one_holds_all_else_fixed(right: str, passes: bool) -> None:
    assert (last(STATES, rf"\frac{{dr_3}}{{dv}} = {right}") in PASSES) == passes


def test_a_note_in_brackets_behind_a_formula_is_no_factor() -> None:
    text = r"$$u = p^\top h + c \quad (\text{scalar}) \qquad a = \sigma(u)$$" + f"\n\n{SECOND}"
    assert last(text, r"\frac{\partial E}{\partial c} = a - q") == "proved"
    noted = next(chains(r"$$E = 2 + 3 = 5 \quad (\text{the same as } q_1)$$"))
    assert [member.text for member in noted.members] == ["E", "2 + 3", "5"]


def test_a_reason_whose_brackets_stand_in_the_words_is_read() -> None:
    text = r"$$\frac{\partial u_t}{\partial P} = r_{t-1} \quad \text{(since } u_t = P r_{t-1} + Q x_t\text{)}$$"
    read_so = [[member.text for member in chain.members] for chain in chains(text)]
    assert read_so == [[r"\frac{\partial u_t}{\partial P}", "r_{t-1}"], ["u_t", r"P r_{t-1} + Q x_t"]]
    assert last(f"{text}\n\n$r_t = \\tanh(u_t)$", r"\frac{\partial u_t}{\partial r_{t-1}} = P") == "proved"


def test_a_formula_goes_on_after_its_note_and_not_the_note() -> None:
    text = "$$g = \\frac{h}{N} \\quad \\text{where } N = a + b$$\n\nWith the sum put in:\n\n$$= \\frac{h}{a + b}$$"
    assert sorted([member.text for member in chain.members] for chain in chains(text)) == [
        ["N", "a + b"],
        ["g", r"\frac{h}{N}", r"\frac{h}{a + b}"],
    ]


@pytest.mark.parametrize("last_entry", ["0.1050", "0.1150"])
def test_a_vector_times_one_minus_itself_is_multiplied_entry_by_entry(last_entry: str) -> None:
    text = r"$u = (1.0, -2.0)$, $a = \sigma(u) = (0.7311, 0.1192)$"
    assert (last(text, f"a (1 - a) = (0.1966, {last_entry})") in PASSES) == (last_entry == "0.1050")


@pytest.mark.parametrize(
    ("words", "entropy"),
    [
        ("Here $q_k$ is 1 when $k = c$, else 0.", r"-\sum_k q_k \log p_k = -\log p_c"),
        ("The target is one-hot; $p = \\text{softmax}(u)$.", r"-\sum_i q_i \log p_i = -\log p_q"),
    ],
)
def test_a_target_that_is_said_to_be_one_for_one_class_leaves_its_logarithm(words: str, entropy: str) -> None:
    softmax = r"$$p_i = \frac{e^{u_i}}{\sum_j e^{u_j}}$$"
    assert verdicts(f"{softmax}\n\n{words}\n\n$$E = {entropy}$$")[-1] == "holds"
    assert verdicts(f"{softmax}\n\n$p = g$\n\n$$E = {entropy}$$")[-1] != "holds"


def test_a_score_that_stands_written_out_in_a_loss_of_several_terms_is_what_it_is_differentiated_by() -> None:
    text = r"$$E = -\log \sigma(p \cdot q) - \log(2 p)$$" + "\n\n" + r"$$s = p \cdot q$$"
    assert last(text, r"\frac{\partial E}{\partial s} = \sigma(s) - 1") == "proved"
    assert last(text, r"\frac{\partial E}{\partial s} = \sigma(s) + 1") == "refuted"


def test_a_minus_above_a_name_is_a_mark_where_nothing_is_negated() -> None:
    lower = Name("s", (Name("k"),), marks=("-",))
    assert read("s_k^-") == read("s^{-}_k") == read(latex(lower)) == read(plain(lower)) == lower
    assert read("s^{-1}") == read("s^-1") == Power(Name("s"), Negative(Number("1")))


def test_a_quantity_of_an_earlier_section_is_not_that_which_a_later_one_states_anew() -> None:
    first = "# One example\n\n$$u_2 = w x + c_2$$ $$a = \\sigma(u_2)$$ " + HALF
    later = "# In general\n\n$$\\frac{\\partial E}{\\partial u_2} = \\rho - \\tau$$"
    gradient = r"\frac{\partial E}{\partial c_2} = 3 \frac{\partial E}{\partial u_2}"
    assert last(f"{first}\n\n{later}", gradient) == "undecided"
    assert last(first, gradient) == "refuted"


def test_rows_that_nothing_calls_so_may_be_columns() -> None:
    text = r"""$$g_i = \frac{e^{u_i}}{\sum_k e^{u_k}}$$

$$\frac{\partial g_i}{\partial u_i} = \frac{\partial}{\partial u_i} \frac{e^{u_i}}{S}
\quad \text{where } S = \sum_k e^{u_k}$$

$$E = -\sum_i q_i \log g_i$$ where $g = \text{softmax}(u)$."""
    assert last(text, r"\frac{\partial g}{\partial u} = \text{diag}(g) - g g^T") != "refuted"
    assert last(text, r"\frac{\partial g}{\partial u} = \text{diag}(g) + g g^T") not in PASSES


def test_the_only_point_may_be_called_with_its_number() -> None:
    text = r"The point is $(x_1, q_1) = (2.0, 5.0)$. $$a = w x + c$$ " + HALF
    assert last(text, r"\frac{\partial E}{\partial w} = (a - q) \cdot x_1") == "undecided"
    assert last(text + " $x_2 = 4.0$", r"\frac{\partial E}{\partial w} = (a - q) \cdot x_1") == "refuted"


def test_a_picture_of_a_formula_says_by_math_where_it_begins() -> None:
    text = '<img src="https://render.githubusercontent.com/render/math?math=a = b %2B c">'
    assert [member.text for chain in chains(text) for member in chain.members] == ["a", "b + c"]
