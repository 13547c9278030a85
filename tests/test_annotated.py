"""The annotated document: it is the document, with marks and notes where they break nothing."""

import json
import re
from dataclasses import replace

import pytest

from symbp.checking import check
from symbp.checking.annotated import annotated
from symbp.checking.dialects import is_balanced
from symbp.checking.margins import markdown_margins, tex_margins
from symbp.cli import main
from symbp.documents import derive
from symbp.errors import InputError, UnsupportedError

MARKDOWN = """---
title: x
---

Given $a = 2$ and $b = 3$,
the sum is $c = a + b = 2 + 3 = 6$ here.

> - quoted $d = a b = 5$
>
> more

$$
e = a^2

= 5
$$
and `$code = 1$`

| what | value |
|---|---|
| $f = a + 1$ | $= 4$ |

net = 2 * 3 = 7

![x](https://latex.codecogs.com/gif.latex?g=2*4=9)

```python
x = 1

y = 2
```
"""
TEX = r"""\documentclass{article}
\usepackage{amsmath}
\newcommand{\half}{\frac{1}{2}}
\begin{document}
\section{On $a = 2$}

Let $b = 3$ and % a remark $x = 9$

\begin{align}
c &= a + b \\
  &= 6 \tag{1}
\end{align}
\begin{itemize}

\item $d = a b = \half a^2 b = 7$

\end{itemize}
\begin{tabular}{c}

$e = a = 4$

\end{tabular}
\begin{verbatim}

}{

\end{verbatim}
\textbf{in $f = a = 5$

braces}
The end.
\end{document}
"""


def test_the_document_is_still_there_and_every_link_has_a_mark():
    report = check(text=MARKDOWN)
    text = annotated(report)
    assert only_added(MARKDOWN, text)
    marks = re.findall(r"\{\}\^\{(?:\\checkmark|\\times \d+|\\circ|\?+ \d+)\} | (?:✓|✗\d+|∘|\?+\d+) (?!\*)", text)
    assert len(marks) == len(list(report.links))
    assert "```python\nx = 1\n\ny = 2\n```" in text
    assert "`$code = 1$`" in text


def only_added(before, after):
    """Whether one text becomes the other by putting something in, and nothing else."""
    rest = iter(after)
    return all(character in rest for character in before)


def test_notes_stand_at_the_end_of_their_paragraph_with_the_repaired_line():
    text = annotated(check(text=MARKDOWN))
    paragraph = text.index("here.")
    note = text.index("> **✗ 1** refuted: ")
    assert text[paragraph:note] == "here.\n\n"
    assert text[note:].split("\n")[:4][1:] == [">", "> $$2 + 3 = 5$$", ""]
    assert "> > **✗ 2** refuted: " in text
    assert text.index("**✗ 3**") > text.index("`$code = 1$`")
    assert "expected: ` 2 * 3 = 6 `" in text
    assert re.search(r"gif\.latex\?g=2\*4=9\) ∘  ✗\d ", text)


def test_marks_in_maths_are_maths_and_others_are_text():
    text = annotated(check(text="$x = 2$ and\n\ny = 2 * 3 = 6\n"))
    assert text == "$x = {}^{\\circ} 2$ and\n\ny =  ∘ 2 * 3 =  ✓ 6\n"


@pytest.mark.parametrize("said", ["$a <b> [c](d) & `e` | *f* _g_ \\(h\\)"])
def test_the_reason_is_no_markup(said):
    report = check(text="$$x = 2 = 3$$\n")
    [equation] = report.equations
    links = tuple(replace(link, reason=said) for link in equation.links)
    text = annotated(replace(report, equations=(replace(equation, links=links),)))
    note = next(line for line in text.splitlines() if "**✗ 1**" in line).split("refuted: ")[1]
    expected = "&#36;a &#60;b&#62; &#91;c&#93;(d) &#38; \\`e\\` &#124; \\*f\\* \\_g\\_ &#92;(h&#92;)"
    assert note == expected


def test_tex_has_its_notes_where_paragraphs_may_stand():
    text = annotated(check(text=TEX))
    assert only_added(TEX, text)
    head, body = text.split("\\begin{document}")
    assert "\\providecommand{\\symbpmark}" in head
    assert body.count("\\symbpmark{") == len(list(check(text=TEX).links)) + body.count("\\symbpnote{")
    stretches = (r"\\begin\{(tabular|verbatim|align)\}.*?\\end\{\1\}", r"\\textbf\{.*?\n\n.*?\}\nThe")
    for pattern in stretches:
        for match in re.finditer(pattern, body, re.DOTALL):
            assert "\\symbpnote" not in match.group()
    for note in re.findall(r"^\\symbpnote\{(.*)\}%$", body, re.MULTILINE):
        assert is_balanced(note.replace("\\&", ""))
    assert body.index("\\symbpnote") < body.index("\\end{document}")


def test_a_generated_derivation_is_annotated_in_both_languages():
    text = derive("mazur").write("latex", digits=6)
    wrong = text.replace("&= 0.3775", "&= 0.3785", 1)
    report = check(text=wrong)
    shown = annotated(report)
    assert only_added(wrong, shown)
    assert "expected: $\\displaystyle 0.15 * 0.05 + 0.2 * 0.1 + 0.35 * 1 = 0.3775$" in shown
    with pytest.raises(InputError, match="loads no package for Chinese"):
        annotated(report, "zh")
    chinese = wrong.replace("\\documentclass", "\\documentclass{ctexart}%", 1)
    assert "应为：" in annotated(check(text=chinese), "zh")


def test_a_notebook_stays_one():
    cells = [
        {"cell_type": "markdown", "source": ["Given $a = 2$:\n", "\n", "$$b = \\frac{a}{4}\n", " = 0.6$$"]},
        {"cell_type": "code", "source": "x = 1"},
        {"cell_type": "markdown", "source": "So $c = 2 \\cdot 3 = 7$."},
    ]
    notebook = json.dumps({"cells": cells, "nbformat": 4})
    shown = json.loads(annotated(check(text=notebook)))
    assert [cell["cell_type"] for cell in shown["cells"]] == ["markdown", "code", "markdown"]
    first = "".join(shown["cells"][0]["source"])
    reason = "refuted: the left side is 0.5, the right side 0.6; a digit is wrong: 0.5 should stand there"
    assert first.endswith(f"$$\n\n> **✗ 1** {reason}\n>\n> $$\\frac{{a}}{{4}} = 0.5$$")
    assert shown["cells"][1] == cells[1]
    assert shown["cells"][2]["source"].startswith("So $c = {}^{\\circ} 2 \\cdot 3 = {}^{\\times 2} 7$.\n\n> **✗ 2**")


def test_what_cannot_be_annotated_says_so(tmp_path, capsys):
    with pytest.raises(UnsupportedError, match="only Markdown, TeX and notebooks are annotated"):
        annotated(check(text="<!doctype html><html>$a = 2 = 3$</html>"))
    (tmp_path / "a.md").write_text("$a = 2 = 3$\n")
    (tmp_path / "b.md").write_text("$a = 2 = 3$\n")
    for words, message in (
        (["a.md", "-o", str(tmp_path / "x.tex")], "the annotated"),
        (["a.md", "b.md", "-o", str(tmp_path / "x.md")], "one document at a time"),
        (["a.md", "-o", str(tmp_path / "a.md")], "is itself a document"),
    ):
        paths = [str(tmp_path / word) if word.endswith(".md") else word for word in words]
        assert main(["check", *paths]) == 2
        assert message in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md"]
    assert main(["check", str(tmp_path / "a.md"), "-o", str(tmp_path / "x.md")]) == 1
    assert (tmp_path / "x.md").read_text() == annotated(check(tmp_path / "a.md"))


def test_blank_lines_of_all_line_ends_are_found():
    assert markdown_margins("a\r\n\r\nb\n \nc", []).places == (1, 6)
    assert tex_margins("a\r\n\r\nb\\{\n \nc").places == (1, 8)
    assert markdown_margins("a", []).after(5) == 5
