"""The slips: each is a record that can be made and undone; where it stands it is named and repaired."""

import pytest
from benchmarks.mutants import COLUMNS, Document, is_consistent, run

from symbp.checking import SLIPS, check
from symbp.checking.digits import changed, doubled, dropped, halved, inserted, transposed
from symbp.checking.knowledge import Knowledge
from symbp.checking.known import Context
from symbp.checking.places import places, same, spliced
from symbp.documents import derive
from symbp.formulas import key, read
from symbp.networks import load

NAMES = ("w_1", "w_2", "w_1^+", "b_1", "x_1", "x_2", "net_1", "out_1", "out_2", "f(x_1)", "E")
FORMULAS = (
    r"-(a - c) out_1 (1 - out_1)",
    r"\frac{1}{2} (a - c)^2",
    "w_1 x_1 + w_2 x_2 + b_1",
    "f'(x_1) * 0.5",
    r"W^T \delta \odot V",
    r"\frac{dE}{dout_1} w_1 + \frac{dE}{dout_2} w_2",
)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_every_slip_has_its_words_in_two_languages(slip):
    assert slip.name_zh
    for sentence in (slip.sentence, slip.sentence_zh):
        assert sentence.format(old="OLD", new="NEW", why="WHY").count("OLD") == 1
        assert "{new}" in sentence


def test_no_two_slips_have_one_name():
    assert len({slip.name for slip in SLIPS}) == len({slip.name_zh for slip in SLIPS}) == len(SLIPS) >= 30


@pytest.mark.parametrize("text", ["0.123", "12.5", "0.55", "105.02"])
@pytest.mark.parametrize(
    ("make", "undo"), [(transposed, transposed), (dropped, inserted), (doubled, halved), (changed, changed)]
)
def test_a_slip_of_the_pen_can_be_undone(make, undo, text):
    made = list(make(text))
    assert made
    assert all(text in set(undo(wrong)) for wrong in made)


@pytest.mark.parametrize(
    ("right", "wrong", "slip"),
    [
        (r"\frac{1}{1 + e^{-(a b + c)}}", r"\frac{1}{1 + e^{-a b + c}}", "lost parentheses"),
        ("a (b - c)", "a b - c", "lost parentheses"),
        ("a b - c", "a b + c", "sign"),
        ("-a b", "a b", "sign"),
        ("a_1 b + c", "a_2 b + c", "wrong index"),
        ("a b + c", "a d + c", "exchanged symbol"),
        ("a b c", "a a b c", "doubled factor"),
        ("a b c", "a b", "lost factor"),
        ("a b", "a b c", "extra factor"),
        ("a + b + c", "a + b", "missing term"),
        ("a + b", "a + b + c", "extra term"),
        ("a + b", "a + b + b", "term counted twice"),
        ("a^2 + c", "a + c", "wrong exponent"),
        ("a + c", "a^2 + c", "wrong exponent"),
        (r"\frac{1}{2} (a - c)^2", "(a - c)^2", "factor 2 or 1/2"),
        ("b (1 - b) c", "b c", "lost derivative factor"),
        ("a + b", r"\frac{a + b}{2}", "mean for sum"),
        ("-a + d", "-a d", "lost plus sign"),
    ],
)
def test_a_slip_is_named_and_repaired(right, wrong, slip):
    given = r"$y = a b$, $q = b - c$, $s = a - c$, $r = a_1 d + a_2$ "
    report = check(text=rf"{given} $$f_1 = {right}$$ $$f_1 = {wrong}$$")
    assert [link.slip for link in report.refuted] == [slip]
    again = check(text=rf"{given} $$f_1 = {right}$$ $$f_1 = {report.refuted[0].expected}$$")
    assert [link.verdict for link in again.links][-1] in ("proved", "holds")


VALUES = r"$w_1 = 0.15$, $w_2 = 0.25$, $x_1 = 0.35$, $b = 0.45$, $\eta = 0.5$ $$z = w_1 x_1 + b$$ $$y = \tanh(z)$$"


@pytest.mark.parametrize(
    ("line", "slip", "expected"),
    [
        ("z = w_1 x_1 + b = 0.25 * 0.35 + 0.45", "value of another unit", "0.15 * 0.35 + 0.45"),
        ("z = w_1 x_1 + b = 0.15 * 0.35", "forgotten bias", "0.15 * 0.35 + 0.45"),
        ("z = w_1 x_1 + b = 0.15 * 0.53 + 0.45", "transposed digits", "0.15 * 0.35 + 0.45"),
        ("z = w_1 x_1 + b = 0.15 * 3.5 + 0.45", "shifted decimal point", "0.15 * 0.35 + 0.45"),
        ("z = w_1 x_1 + b = 0.115 * 0.35 + 0.45", "doubled digit", "0.15 * 0.35 + 0.45"),
        ("z = w_1 x_1 + b = 0.15 * 0.37 + 0.45", "wrong digit", "0.15 * 0.35 + 0.45"),
        ("z = w_1 x_1 + b = 0.15 * 0.35 - 0.45", "sign", "0.15 * 0.35 + 0.45"),
        ("z = -0.5025", "sign", "0.5025"),
        ("z = 0.5205", "transposed digits", "0.5025"),
        ("z = 0.525", "dropped digit", "0.5025"),
        ("y = 0.5025", "value of the input for the output", "0.4641"),
        (r"v = w_1 - \eta x_1 = 0.15 - 0.4 * 0.35", "learning rate or target", "0.15 - 0.5 * 0.35"),
        ("v = w_1 x_1 b = 0.15 * 0.35", "lost factor", "0.15 * 0.35 * 0.45"),
    ],
)
def test_a_slip_in_numbers_is_named_and_repaired(line, slip, expected):
    refuted = check(text=f"{VALUES} $${line}$$").refuted
    assert [(link.slip, link.expected) for link in refuted] == [(slip, expected)]


def test_every_wrong_number_of_a_line_is_put_back():
    refuted = check(text=f"{VALUES} $$z = w_1 x_1 + b = 0.61 * 0.53 + 0.45$$").refuted
    assert refuted[0].expected == "0.15 * 0.35 + 0.45"
    assert "0.61 stands where w_1 = 0.15 belongs" in refuted[0].reason


def test_a_slip_in_a_definition_is_found_by_the_lines_that_follow():
    lines = derive(load("mazur")).to_markdown().splitlines()
    place = next(n for n, line in enumerate(lines) if r"E_{o_2} &= \frac{1}{2} * (target_{o_2}" in line)
    lines[place] = lines[place].replace("target_{o_2}", "out_{h_1}")
    refuted = check(text="\n".join(lines)).refuted
    assert {link.line for link in refuted} == {place + 1, place + 2}
    assert {link.slip for link in refuted} == {"exchanged symbol"}


def test_a_repaired_part_keeps_the_rest_of_the_text():
    text = r"\tfrac12\,(a - c)\cdot b"
    part, new = next((part, read("d")) for part, _ in places(read(text)) if part == read("b"))
    assert spliced(text, part, new, tex=True) == r"\tfrac12\,(a - c)\cdot d"


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_slip_that_is_made_can_be_undone(formula):
    names = {key(node): node for node in map(read, NAMES) if hasattr(node, "spelt")}
    right = read(formula)
    context = Context(Knowledge(names=names, turned=frozenset({"W"})), formulas=(right,))
    made = 0
    for slip in SLIPS:
        for part, rebuild in places(right):
            for new, _ in slip.make(part, context):
                wrong = rebuild(new)
                undone = (put(old) for at, put in places(wrong) for old, _ in slip.undo(at, context))
                if any(same(back, right) for back in undone):
                    made += 1
    assert made > 8


def test_a_number_that_is_carried_on_names_where_it_comes_from():
    text = "$a = 2, b = 3$\n\n$$s = a + b = 6$$\n\n$$q = 10 s = 10 * 6 = 60$$\n\n$$r = 2 q = 120$$"
    links = [link for link in check(text=text).links if link.value == "inherited"]
    assert [link.rhs for link in links] == ["60", "120"]
    assert all(link.reason.endswith("6 of line 3 is carried on, where 5 belongs") for link in links)


def test_a_link_that_is_wrong_for_the_slip_before_it_says_so():
    first, second = check(text=f"{VALUES} $$z = w_1 x_1 + b \\\\ = 0.15 * 3.5 + 0.45 \\\\ = 0.5025$$").refuted
    assert (first.left, second.left) == (False, True)
    assert f"this follows from the slip in line {first.line}" in second.reason
    assert "follows" not in first.reason


def test_the_origin_is_said_in_chinese_too():
    text = "$a = 2, b = 3$\n\n$$s = a + b = 6$$\n\n$$q = 10 s = 10 * 6 = 60$$"
    assert [link.reason for link in check(text=text, lang="zh").links][-1].endswith("沿用了第 3 行的 6，那里应为 5")


def test_a_wrong_sum_without_an_index_is_refuted_where_its_families_are_known():
    units = r"$$E_1 = (t_1 - y_1)^2$$ $$E_2 = (t_2 - y_2)^2$$ $$E = E_1 + E_2$$"
    assert [link.verdict for link in check(text=rf"{units} $$E = \sum (t - y)^2$$").links][-1] == "proved"
    wrong = check(text=rf"{units} $$E = \sum (t - y)$$").refuted
    assert [(link.slip, link.expected) for link in wrong] == [("wrong exponent", r"\sum (t - y)^2")]


def test_the_value_after_a_step_does_not_stand_on_both_sides():
    text = r"$$E = \frac{1}{2} (t - w x)^2$$ $$w^+ = w^+ - \eta \frac{dE}{dw}$$"
    refuted = check(text=text).refuted
    assert [(link.slip, link.expected) for link in refuted] == [
        ("old or updated value", r"w - \eta \frac{dE}{dw}"),
    ]


def test_a_wrong_learning_rate_is_named_where_a_weight_has_the_same_value():
    given = r"$w_7 = 0.5$, $w_8 = 0.55$, $\eta = 0.5$, $x = 0.35$ $$E = w_8 x$$"
    line = r"w_8^+ = w_8 - \eta \frac{dE}{dw_8} = 0.55 - 0.55 * 0.35"
    refuted = check(text=rf"{given} $${line}$$").refuted
    assert [(link.slip, link.expected) for link in refuted] == [("learning rate or target", "0.55 - 0.5 * 0.35")]
    assert r"\eta = 0.5" in refuted[0].reason


def test_mutants_of_random_derivations_are_refuted_and_named():
    tally, links, alarms = run(8, 3, show=False)
    found = {what: sum(count for (_, name), count in tally.items() if name == what) for what in COLUMNS}
    assert found["mutants"] >= 8
    assert found["refuted"] == found["mutants"]
    assert 4 * found["named"] >= 3 * found["mutants"]
    assert 4 * found["repaired"] >= 3 * found["mutants"]
    assert links > 50
    assert alarms == []


SAID = r"$$\frac{{\partial E}}{{\partial y}} = 2 (y - t)$$ $$\frac{{\partial z}}{{\partial b}} = 1$$"
NET = r"$$z = {}$$ $$E = {}$$ " + SAID


@pytest.mark.parametrize(
    ("net", "loss", "of_net", "of_loss"),
    [
        ("w x + b", "(y - t)^2", lambda w, x, b: w * x + b, lambda y, t: (y - t) ** 2),
        ("w x^2 + b", "(y - t)^2", lambda w, x, b: w * x**2 + b, lambda y, t: (y - t) ** 2),
        ("w x w + b", "(y - t)^2 - t", lambda w, x, b: w * x * w + b, lambda y, t: (y - t) ** 2 - t),
        ("x + b", "(t - y)^2", lambda w, x, b: x + b, lambda y, t: (t - y) ** 2),
        ("w x - b", "(y - t)^2", lambda w, x, b: w * x - b, lambda y, t: (y - t) ** 2),
        ("w x + b b", "(y - t)^2", lambda w, x, b: w * x + b * b, lambda y, t: (y - t) ** 2),
        ("w x b", "(y - t)^2", lambda w, x, b: w * x * b, lambda y, t: (y - t) ** 2),
        ("w x + b", "(y - t)^3", lambda w, x, b: w * x + b, lambda y, t: (y - t) ** 3),
        ("w x + b", "y - t^2", lambda w, x, b: w * x + b, lambda y, t: y - t**2),
        ("w x + b", "(y + t)^2", lambda w, x, b: w * x + b, lambda y, t: (y + t) ** 2),
    ],
)
def test_a_definition_is_left_out_as_another_network_where_all_that_is_said_of_it_is_right(net, loss, of_net, of_loss):
    w, x, b, y, t, step = 0.3, 0.7, -0.2, 0.9, 0.3, 1e-6
    by_output = (of_loss(y + step, t) - of_loss(y - step, t)) / (2 * step)
    by_bias = (of_net(w, x, b + step) - of_net(w, x, b - step)) / (2 * step)
    right = by_output == pytest.approx(2 * (y - t)) and by_bias == pytest.approx(1)
    text = NET.format(net, loss)
    given = Document(NET.format("w x + b", "(y - t)^2"), "").given
    assert is_consistent(text, given) is bool(right)
    assert not (right and check(text=text).refuted)


@pytest.mark.parametrize("claim", ["$$2 q = r$$", "$$z = 0.5$$", r"$$\frac{\partial E}{\partial y} = z$$"])
def test_no_definition_is_left_out_where_something_else_is_not_right_or_cannot_be_told(claim):
    text = NET.format("w x + b", "(y - t)^2")
    given = Document(text, "").given
    assert is_consistent(text, given)
    assert not is_consistent(f"{text} {claim}", given)
