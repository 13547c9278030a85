"""What was inferred of a document is said, and its user corrects it in a side file."""

import json
import re

import pytest

from symbp.checking import check
from symbp.checking.examining import examined
from symbp.checking.explaining import explanation
from symbp.checking.side import parse
from symbp.checking.telling import explained_text, explained_toml
from symbp.cli import main
from symbp.errors import InputError

DOCUMENT = r"""
Given $w_1 = 0.5$, $x = 4$ and $b = 1$, with $f(z) = z^2 + z$:

$$n = w_1 x + b = 0.5 * 4 + 1 = 3$$

$$o = \frac{1}{1 + e^{-n}} = 0.95257413, \quad r = f(n) = 12$$

$$E = \frac{1}{2} (t - o)^2, \quad \frac{\partial E}{\partial n} = (o - t) o (1 - o)$$

$$q = k + 1, \quad \frac{\partial L}{\partial q} = g$$
"""


def told(text, side=""):
    return explanation(examined("homework.md", text, side=parse(side, "side")))


def verdicts(text, side=""):
    return [link.verdict for link in examined("homework.md", text, side=parse(side, "side")).report.links]


def test_an_explanation_has_every_symbol_with_what_it_stands_for():
    found = told(DOCUMENT)
    symbols = {symbol["name"]: symbol for symbol in found["symbols"]}
    assert symbols["w_1"]["value"] == "0.5"
    assert symbols["w_1"]["line"] == 2
    assert symbols["n"]["definition"] == "w_1 x + b"
    assert symbols["n"]["role"] == "net input of layer 1"
    assert symbols["E"]["role"] == "loss"
    assert [(f["name"], f["parameters"], f["body"]) for f in found["functions"]] == [("f", ["z"], "z^2 + z")]
    assert found["depends"] == {"L": ["q"]}
    assert {"t", "k", "g"} <= set(found["undefined"])
    assert found["network"]["description"].startswith("1-1 sigmoid")


def test_what_is_told_a_person_names_all_of_it():
    text = explained_text(told(DOCUMENT))
    for part in (
        r"network: 1-1 sigmoid",
        r"w_1 +weight of layer|w_1 += 0\.5 +weight of layer 1",
        r"f\(z\) += z\^2 \+ z",
        r"L +q",
    ):
        assert re.search(part, text), part
    assert "none was recognised" in explained_text(told("$$a = 2 + 3 = 5$$"))


@pytest.mark.parametrize("text", [DOCUMENT, DOCUMENT.replace("= 3$$", "= 4$$")])
def test_a_side_file_that_was_written_changes_nothing(text):
    side = explained_toml(told(text))
    assert verdicts(text, side) == verdicts(text)
    assert explained_toml(told(text, side)) == side


def test_what_the_side_file_says_wins():
    wrong = "$w = 0.5$ and $y = w x = 0.5 * 4 = 2$"
    report = examined("a", wrong, side=parse("[values]\nw = 0.4", "side")).report
    assert next(link.verdict for link in report.links) == "refuted"
    assert report.refuted[0].expected == "0.4"


@pytest.mark.parametrize(
    ("text", "side", "verdict"),
    [
        (r"$\frac{\partial E}{\partial o} = o - t$", "[definitions]\nE = '\\frac{1}{2} (t - o)^2'", "proved"),
        (r"$y = h(3) = 10$", "[functions]\n'h(z)' = 'z^2 + 1'", "proved"),
        (r"$c = 4, y = a b = ab$", '[roles]\nproducts = ["ab"]', "proved"),
        (r"$y = a^k b^k = b^k a^k$", '[roles]\nlabels = ["k"]', "proved"),
        (r"$A B = B A$", "[shapes]\nA = [2, 2]\nB = [2, 2]", "refuted"),
        (r"$net_{h1} = 0.3775$", "network = 'mazur'", "proved"),
    ],
)
def test_each_kind_of_statement_is_used(text, side, verdict):
    assert verdicts(text)[-1] != verdict or "labels" in side or "products" in side
    assert verdicts(text, side)[-1] == verdict


def test_labels_are_no_exponents():
    text = r"$a^2 = 3$ and $y = a^2 + 1 = 4$"
    assert [s["name"] for s in told(text, '[roles]\nlabels = ["2"]')["symbols"]] == ["a^(2)", "y"]


@pytest.mark.parametrize(
    ("side", "message"),
    [
        ("[definition]\na = 'b'", r"unknown key 'definition' in the file; did you mean 'definitions'\?"),
        ('[roles]\nlabel = ["l"]', r"unknown key 'label' in \[roles\]; did you mean 'labels'\?"),
        ("[roles]\nlabels = 'l'", r"labels in \[roles\] must be a list of names"),
        ("[definitions]\na = '('", r"'a': an operand expected"),
        ("[definitions]\n'a b' = 'c'", r"'a b' in \[definitions\] is not a name"),
        ("[definitions]\na = true", "'a' must be a formula in quotes, or a number"),
        ("[functions]\n'f(2)' = '3'", "must name its arguments"),
        ("[shapes]\nW = [2]", "the shape of 'W' must be its rows and columns"),
        ("network = 'mazzur'", "'mazzur' is neither a preset; did you mean 'mazur'"),
        ("network = 3", "network must be a name in quotes"),
        ("notation = 'net-out'", "say which network as well"),
        ("network = 'mazur'\nnotation = 'net-uot'", "did you mean 'net-out'"),
        ("values = 3", r"values must be a table: \[values\]"),
        ("a = ", "not TOML"),
    ],
)
def test_a_mistake_in_a_side_file_is_one_line(side, message):
    with pytest.raises(InputError, match=f"^a.symbp.toml: .*{message}") as caught:
        parse(side, "a.symbp.toml")
    assert "\n" not in str(caught.value)


def test_the_file_beside_the_document_is_read_and_written(tmp_path, capsys):
    document = tmp_path / "homework.md"
    document.write_text(r"$\frac{\partial E}{\partial o} = o - t$ and $f(2) = 3$" + "\n")
    side = tmp_path / "homework.symbp.toml"
    assert main(["check", str(document), "--explain", "-o", str(side)]) == 0
    assert main(["check", str(document), "--explain", "-o", str(side)]) == 2
    assert "is there already" in capsys.readouterr().err
    side.write_text("[definitions]\nE = '\\frac{1}{2} (t - o)^2'\n")
    assert check(document).summary["proved"] == 1
    assert main(["check", str(document)]) == 0
    assert "1 proved" in capsys.readouterr().out
    side.write_text("[definitions]\nE = '(t - o)^2'\n")
    assert main(["check", str(document)]) == 1
    (tmp_path / "other.toml").write_text("[definitions]\nE = '\\frac{1}{2} (t - o)^2'\n")
    assert main(["check", str(document), "--side", str(tmp_path / "other.toml")]) == 0
    side.write_text("[definitons]\n")
    capsys.readouterr()
    assert main(["check", str(document)]) == 2
    assert capsys.readouterr().err.startswith(f"symbp: {side}: unknown key 'definitons'")


def test_an_explanation_is_text_json_or_toml(tmp_path, capsys):
    (tmp_path / "a.md").write_text(DOCUMENT)
    assert main(["check", str(tmp_path / "a.md"), "--explain"]) == 0
    assert capsys.readouterr().out.startswith("network: ")
    assert main(["check", str(tmp_path / "a.md"), "--explain", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["symbols"]
    (tmp_path / "b.md").write_text(DOCUMENT)
    for words, message in (
        (["--format", "sarif"], "not 'sarif'"),
        ([str(tmp_path / "b.md")], "one document at a time"),
    ):
        assert main(["check", "--explain", str(tmp_path / "a.md"), *words]) == 2
        assert message in capsys.readouterr().err
