"""Derivations like a given document, and two documents that derive the same."""

import pytest

import symbp
from symbp.checking import check
from symbp.checking.like import like
from symbp.checking.same import same
from symbp.cli import main
from symbp.errors import InputError

PASSING = {"proved", "holds", "given"}
NUMBERED = r"""
$x_1 = 0.5$, $x_2 = 0.1$, $u_1 = 0.2$, $u_2 = 0.3$, $c = 0.4$, $t = 1$, $\alpha = 0.1$.
$$s = u_1 \cdot x_1 + u_2 \cdot x_2 + c = 0.53$$
$$y = \tanh(s) = 0.48538109$$
$$J = \frac{1}{2} (t - y)^2 = 0.13241631$$
$$\frac{\partial J}{\partial u_2} = (y - t) \cdot (1 + y^2) \cdot x_2$$
$$\frac{\partial J}{\partial u_1} = (y - t) \cdot (1 - y^2) \cdot x_1$$
$$u_1^+ = u_1 - \alpha \cdot \frac{\partial J}{\partial u_1}$$
"""
LETTERS = r"""
$$z_q = \sum_p w_{pq} o_p$$
$$o_q = \frac{1}{1 + e^{-z_q}}$$
$$L = \frac{1}{2} \sum_v (t_v - o_v)^2$$
$$\delta_v = \frac{\partial L}{\partial z_v} = (t_v - o_v) o_v (1 - o_v)$$
$$\nabla L = ( \frac{}{w_1}$$
"""


@pytest.mark.parametrize("form", ["latex", "markdown", "text"])
def test_a_network_is_derived_in_the_names_and_the_order_of_a_document(tmp_path, form):
    path = tmp_path / "homework.md"
    path.write_text(NUMBERED)
    text = like(path, form)
    assert {link.verdict for link in check(text=text).links} <= PASSING
    if form == "markdown":
        assert text.index(r"\frac{\partial J}{\partial u_2} &=") < text.index(r"\frac{\partial J}{\partial u_1} &=")
        assert r"&= (y - t) \cdot (1 - y^2) \cdot x_2 \quad \text{(local derivatives)}" in text
        assert r"\frac{\partial J}{\partial c}" not in text
        assert r"u_1 - \alpha \cdot \frac" in text


def test_the_chains_of_a_document_without_numbered_units_are_corrected(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(LETTERS)
    text = like(path)
    assert r"&= -(t_v - o_v) o_v (1 - o_v) \quad \text{(corrected)}" in text
    assert r"\nabla" not in text
    assert {link.verdict for link in check(text=text).links} <= PASSING
    assert "更正" in like(path, lang="zh")


SLIPS = r"""
$$S_j = \sum_{i=1}^{m} w_{ij} x_i + b_j$$
$$y_j = f(S_j)$$
$$f(x) = \frac{1}{1 + e^{-x}}$$
$$E = \frac{1}{2} \sum_{j=1}^{n} (d_j - y_j)^2$$
$$\frac{\partial E}{\partial w_{ij}} = \frac{\partial}{\partial w_{ij}} \frac{1}{2} \sum_{j=1}^{n} (d_j - y_j)^2
 = (d_j - y_j) \frac{\partial d_j}{\partial w_{ij}} = (d_j - y_j) f'(S_j) \frac{\partial S_j}{\partial w_{ij}}
 = (d_j - y_j) f'(S_j) x_i$$
$$\frac{\partial E}{\partial q} = 3 q r$$
"""


def test_every_member_stays_in_its_place_and_a_slip_that_runs_on_is_corrected_all_along(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(SLIPS)
    text = like(path, "text")
    chain = text[text.index("dE/dw_{i,j} =") :]
    members = [line.split("= ", 1)[1] for line in chain.split("\n\n")[0].splitlines()]
    assert members == [
        "d(1/2 * (sum_{j=1}^n (d_j - y_j)^2))/dw_{i,j}  # as it stands",
        "-(d_j - y_j) * dy_j/dw_{i,j}  # corrected",
        "-(d_j - y_j) * f'(S_j) * dS_j/dw_{i,j}  # corrected",
        "-(d_j - y_j) * f'(S_j) * x_i  # corrected",
    ]
    assert "dE/dq = 3 * q * r  # not judged" in text


def test_the_command(tmp_path, capsys):
    path = tmp_path / "homework.md"
    path.write_text(NUMBERED)
    assert main(["derive", "--like", str(path), "-o", str(tmp_path / "right.md")]) == 0
    assert main(["check", "--no-cache", str(tmp_path / "right.md")]) == 0
    assert main(["derive"]) == 2
    assert "derive takes either a NETWORK or --like DOCUMENT" in capsys.readouterr().err
    (tmp_path / "empty.md").write_text("$$\\nabla = ?$$")
    assert main(["derive", "--like", str(tmp_path / "empty.md")]) == 2
    assert "no equation found, so nothing is like it" in capsys.readouterr().err


@pytest.fixture
def written(tmp_path):
    def write(name, notation, *, change=("", ""), net="mazur"):
        path = tmp_path / f"{name}.md"
        path.write_text(symbp.derive(net).to_markdown(notation).replace(*change))
        return path

    return write


def test_the_same_derivation_in_two_notations_is_proved_equal(written, capsys):
    found = same(written("a", "net-out"), written("b", "neuron"))
    assert [one.verdict for one in found.gradients] == ["proved"] * 10
    assert found.gradients[0].here.endswith(r"{\partial w_5}")
    assert found.gradients[0].there.endswith(r"{\partial w_{3,5}}")
    assert main(["check", str(written("a", "sums")), str(written("b", "four-equations")), "--same"]) == 0
    assert capsys.readouterr().out.count("proved") == 10


def test_a_difference_between_two_derivations_is_refuted(written, capsys):
    slip = (r"&= \delta_5 \cdot o_3 ", r"&= \delta_5 \cdot o_4 ")
    first, second = written("a", "net-out"), written("b", "neuron", change=slip)
    assert main(["check", str(first), str(second), "--same"]) == 1
    assert capsys.readouterr().out.count(": refuted:") == 1


def test_what_cannot_be_compared_is_said(written, tmp_path):
    (tmp_path / "c.md").write_text("$$a = 2 + 2$$")
    with pytest.raises(InputError, match=r"c.md describes no network whose units have names"):
        same(written("a", "net-out"), tmp_path / "c.md")
    with pytest.raises(InputError, match=r"the networks differ: .*a.md has a 2-2-2 .* a 2-3-2"):
        same(written("a", "net-out"), written("b", "net-out", net="two-three-two"))
