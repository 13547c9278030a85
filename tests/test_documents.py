"""Where maths stands in a document, how chains are cut, and the documents that are written."""

import pytest

import symbp
from symbp.checking import check
from symbp.documents import chains, defines, format_of
from symbp.documents.finding import passages
from symbp.errors import InputError


def found(text):
    return [passage.text.strip() for passage in passages(text)]


def split(text):
    return [[member.text for member in chain.members] for chain in chains(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If $a = b$ then\n\n$$\nb = a\n$$\n", ["a = b", "b = a"]),
        (r"so \( a = b \) and \[ c = d \]", ["a = b", "c = d"]),
        ("\\begin{equation}\na = b\n\\end{equation}", ["a = b"]),
        ("\\begin{align*}\na &= b\n\\end{align*}", ["a &= b"]),
        ("```python\nx = y + 1\n```\n$a = b$", ["a = b"]),
        ("~~~\n$$x = y$$\n~~~\n$a = b$", ["a = b"]),
        ("> ```\n> x = 1 + 2\n> ```\n$a = b$", ["a = b"]),
        ("`$x = y$` is code, $a = b$ is not", ["a = b"]),
        ("% $x = y$\n$a = b$", ["a = b"]),
        ("\\begin{verbatim}\n$x = y$\n\\end{verbatim}\n$a = b$", ["a = b"]),
        ("\\newcommand{\\x}{$z = 1$}\n\\begin{document}\n$a = b$\n\\end{document}", ["a = b"]),
        (r"it costs \$5 = much, \$6", []),
        ("from $5 to $10", []),
        ("net_o1 = w_5 * out_h1 + b_2\n", ["net_o1 = w_5 * out_h1 + b_2"]),
        ("    y = 2 * 3\n      = 6  # evaluated\n", ["y = 2 * 3\n      = 6"]),
        ("    y = tanh(s)  # definition\n", ["y = tanh(s)"]),
        ("so the error = small here", []),
        ("so y = 2 * 3 and $a = b$ then x = 1 + 1", ["a = b"]),
        ("y = 2 * 3 $a = b$ x = 1 + 1\n", ["a = b"]),
        ("| a | = | b |", []),
        ("the prose has no maths", []),
        ("$$a = b", []),
    ],
)
def test_maths_is_found_and_nothing_else(text, expected):
    assert found(text) == expected


def test_kinds():
    text = "$a = b$ $$c = d$$\n\ny = 2 * 3\n"
    assert [passage.kind for passage in passages(text)] == ["inline", "display", "plain"]


def test_places_are_those_of_the_document():
    text = "x\n$$\nfirst &= 1 \\\\\n  &= 2\n$$ and $second = 3$\n\ny_1 = 2 * 3  # note\n"
    for passage in passages(text):
        assert text[passage.start :].startswith(passage.text[:4])
    for chain in chains(text):
        for member in chain.members:
            assert text[member.start :].startswith(member.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$$a &= b + c \\ &= d$$", [["a", "b + c", "d"]]),
        (r"$$a = b \\ c = d$$", [["a", "b"], ["c", "d"]]),
        (r"$$a = b \\ = c$$", [["a", "b", "c"]]),
        (r"$$a = b \\[4pt] = c$$", [["a", "b", "c"]]),
        (r"$$a = b + \\ + c = d$$", [["a", "b + \\\\ + c", "d"]]),
        (r"$$a = 2, \quad b = 3$$", [["a", "2"], ["b", "3"]]),
        (r"$$f(a, b) = c$$", [["f(a, b)", "c"]]),
        (r"$$\sum_{i=1}^{n} a_i = b$$", [[r"\sum_{i=1}^{n} a_i", "b"]]),
        (r"$$a \approx b$$", [["a", "b"]]),
        (r"$$a = b \Rightarrow c = d$$", [["a", "b"], ["c", "d"]]),
        (r"$$a = b.$$", [["a", "b"]]),
        (r"$$\begin{aligned} a &= b \\ &= c \end{aligned}$$", [["a", "b", "c"]]),
        (r"$$\therefore a = b$$", [["a", "b"]]),
        ("> $$a = b$$", [["a", "b"]]),
        (r"$$a = b \tag{7}$$", [["a", "b"]]),
        (r"$$a \le b$$", []),
        (r"$$a$$", []),
        (r"$$a + = $$", []),
        ("y = 2 * 3\n  = 6\nz = 2 + 2\n", [["y", "2 * 3", "6"], ["z", "2 + 2"]]),
    ],
)
def test_chains_are_cut_at_their_outermost_signs(text, expected):
    assert split(text) == expected


def test_relations_and_labels():
    [first, second] = chains("$$a := b = c \\tag{3*}$$\n$$d \\leftarrow e$$")
    assert [member.relation for member in first.members] == ["", ":=", "="]
    assert (first.label, second.label) == ("(3*)", "")
    assert first.source == "a := b = c"
    assert defines(":=")
    assert defines(r"\leftarrow")
    assert not defines("=")


def test_line_and_column_in_the_report():
    text = "# Title\n\n$$\n\\begin{aligned}\nα &= 2 \\\\\n  &= 3\n\\end{aligned}\n$$\n\nand $b = 1 + 1 = 3$\n"
    places = [(link.rhs, link.line, link.column) for link in check(text=text).links]
    assert places == [("2", 5, 6), ("3", 6, 6), ("1 + 1", 10, 10), ("3", 10, 18)]


def test_long_documents_are_cut_whole():
    text = "words and $a = b$ and more words, x (y) [z]\n\n" * 20_000
    assert sum(1 for _ in chains(text)) == 20_000
    assert sum(map(len, found("$" * 100_001))) <= 100_001


@pytest.mark.parametrize("suffix", ["tex", "md", "txt"])
def test_the_best_known_derivation(golden, suffix):
    text = symbp.derive("mazur").write(format_of(f".{suffix}").name)
    golden(f"mazur.{suffix}", text)
    assert text.endswith("\n")


def test_the_best_known_derivation_in_chinese(golden):
    text = symbp.derive("mazur").to_markdown(lang="zh")
    golden("mazur_zh.md", text)
    assert "神经网络的反向传播推导" in text


@pytest.mark.parametrize("form", ["latex", "markdown", "text"])
@pytest.mark.parametrize("network", [*symbp.presets(), "2-2-1", "1-1-1-1"])
def test_what_is_written_passes_the_check(network, form):
    preset = network in symbp.presets()
    net = symbp.load(network) if preset else symbp.mlp(*map(int, network.split("-")), activation="tanh")
    report = check(text=symbp.derive(net).write(form))
    assert {link.verdict for link in report.links} <= {"proved", "holds", "given"}
    assert report.summary["proved"] > 10


def test_digits():
    text = symbp.derive("mazur", wrt="w_5").to_markdown(digits=4)
    assert "= 0.08217 " in text
    with pytest.raises(InputError, match="digits = 2: between 3 and 28 significant digits can be printed"):
        symbp.derive("mazur").to_latex(digits=2)


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda document: document.write("pdf"), r"format 'pdf' is unknown \(known: latex, markdown, text\)"),
        (lambda document: document.to_text(lang="fr"), r"language 'fr' is unknown \(known: en, zh\)"),
        (lambda document: format_of(".markdwn"), r"no document ends in .markdwn; did you mean '.markdown'\?"),
    ],
)
def test_unknown_formats_and_languages_are_refused(write, message):
    with pytest.raises(InputError, match=message):
        write(symbp.derive("mazur", wrt="w_5"))


def test_it_shows_itself_in_jupyter():
    document = symbp.derive("mazur", wrt="w_5")
    assert document._repr_markdown_() == document.to_markdown()


def test_a_factor_with_a_comparison_on_a_row_of_its_own_is_no_condition():
    text = "$$\\begin{aligned} d &= (a + b) \\\\ &\\quad (0.1 \\mathbf{1}[(-0.7) \\le 0] + c) \\end{aligned}$$"
    members = [member.text for chain in chains(text) for member in chain.members]
    assert len(members) == 2
    assert members[1].endswith("+ c)")
    assert [member.text for chain in chains(r"$$a = b \quad (i \neq j)$$") for member in chain.members] == ["a", "b"]
