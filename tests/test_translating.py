"""The report in Chinese: every sentence of the checker has a row in the table."""

import ast
import re
from pathlib import Path

import pytest

import symbp
from symbp.checking import check
from symbp.checking.languages import WORDS
from symbp.checking.report import VERDICTS
from symbp.checking.sentences import CHINESE
from symbp.checking.terminal import terminal
from symbp.checking.translating import chinese
from symbp.cli import main

PACKAGE = Path(symbp.__file__).parent
SAID = {"Undecided": 0, "Judgement": 1, "refuse": 0, "ReadError": 0, "Finding": 2, "Convention": 1, "Opaque": 0}
COMPOSED = {  # of words that have rows of their own
    "{} what {}",
    "{} is {}{}",
    "a {} over something that is no range",
    "the first index of a weight is the unit that it {}: {}",
}
DOCUMENT = r"""
Given $w_1 = 0.5$, $x = 4$, $x = 5$ and $b = 1$.

$$n = w_1 x + b = 0.5 * 4 + 1 = 3.1$$

$$o = \frac{1}{1 + e^{-n}} = 0.9525741, \quad q = z^2 = y, \quad r = \frac{1}{0} = 2$$

$$\frac{\partial o}{\partial w_1} = o (1 + o) w_1, \quad \frac{\partial o}{\partial v} = k, \quad u = ( = 3$$

$$w_1^+ = w_1 - \eta \frac{\partial o}{\partial w_1}, \quad A = \begin{bmatrix} 1 & 2 \end{bmatrix} = 3$$
"""


def template(node):
    """Return a message of the source with its parts left open; nothing for one that is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join("{}" if isinstance(part, ast.FormattedValue) else part.value for part in node.values)
    return None


def messages():
    for path in (*PACKAGE.glob("checking/*.py"), *PACKAGE.glob("formulas/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                place = SAID.get(name)
                if place is not None and len(node.args) > place and (text := template(node.args[place])):
                    yield path.name, text


def test_every_sentence_that_the_source_says_has_a_row():
    found = set(messages())
    assert len(found) > 60
    filled = {(name, text.replace("{}", "0")) for name, text in found if text.strip("{}") and text not in COMPOSED}
    missing = {(name, text) for name, text in filled if chinese(text) == text}
    assert missing == set()


def test_the_rows_have_the_parts_of_the_sentences():
    for english, said in CHINESE.items():
        parts = tuple(f"<{number}>" for number in range(english.count("{}")))
        shown = said.format(*parts)
        assert all(part in shown for part in parts), english
        assert re.search("[\u4e00-\u9fff]", said) or "{}；" in said or said.startswith("{}，"), english


def test_a_report_is_in_chinese_throughout():
    report = check(text=DOCUMENT, lang="zh")
    for text in (*(link.reason for link in report.links), *(finding.text for finding in report.findings)):
        assert re.search("[\u4e00-\u9fff]", text), text
        assert not re.search(r"\b(?:the|is|of|not|that|where|with|by)\b", text), text


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("b_1 has no value (for numbered quantities)", "b_1 没有数值（以编号的量检验）"),
        ("an operand expected, found ')' (near 'x; y')", "此处应有运算对象，却遇到 ')'（在 'x; y' 附近）"),
        ("is", "is"),
    ],
)
def test_sentences_are_put_together_from_their_parts(english, said):
    assert chinese(english) == said


def test_the_words_of_the_report_have_chinese_ones(tmp_path, capsys):
    assert {*VERDICTS, "document", "links", "seconds"} <= WORDS.keys()
    (tmp_path / "a.md").write_text("$$a = 2 + 3 = 6$$\n")
    assert main(["check", str(tmp_path / "a.md"), "--lang", "zh"]) == 1
    out = capsys.readouterr().out
    assert out.splitlines()[0].endswith(":1:15: 有误: 左边是 5，右边是 6；此处应为 5")
    assert out.splitlines()[-1].endswith(": 1 有误, 1 已知")
    assert "应为： 5" in terminal(check(tmp_path / "a.md"), lang="zh")
