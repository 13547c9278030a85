"""Where maths stands in a document, and which chains it makes: one test for each container and form of a chain."""

import json

import pytest

from symbp.documents import chains


def found(document):
    """Return the members of each chain."""
    return [[member.text for member in chain.members] for chain in chains(document)]


def places(document):
    """Return what stands in the document where each member begins."""
    return [[document[member.start :][:1] for member in chain.members] for chain in chains(document)]


CONTAINERS = {
    "dollars": "$$p = q$$",
    "inline dollars": "so $p = q$ holds",
    "square brackets": "\\[p = q\\]",
    "round brackets": "so \\(p = q\\) holds",
    "kramdown square": "\\\\[p = q\\\\]",
    "kramdown round": "so \\\\(p = q\\\\) holds",
    "fence": "```math\np = q\n```",
    "component": "<BlockMath math={'p = q'} />",
    "component with text": "so <InlineMath>{`p = q`}</InlineMath> holds",
    "wiki": "so <math>p = q</math> holds",
    "stem": "so stem:[p = q] holds",
    "stem block": "[stem]\n++++\np = q\n++++\n",
    "GitLab": "so $`p = q`$ holds",
    "MyST": "```{math}\n:label: first\n:nowrap:\np = q\n```",
    "directive": ".. math::\n   :label: first\n\n   p = q\n\nwords",
    "directive on one line": ".. math:: p = q\n",
    "role": "so :math:`p = q` holds",
    "script": '<script type="math/tex">p = q</script>',
    "display script": '<script type="math/tex; mode=display">p = q</script>',
    "annotation": '<annotation encoding="application/x-tex">p = q</annotation>',
    "lost backslashes": "so\n\n[\np = q\n]\n",
    "block quote": "> $$\n> p = q\n> $$",
    "tight block quote": ">$$\n>p\n>= q\n>$$",
    "page": "<!DOCTYPE html><html><body><p>so $p = q$</p><pre>$r = s$</pre></body></html>",
    "repeated in attributes": '<html><img src="https://x.org/latex.php?latex=p+%3D+q" '
    'title="p = q" alt="p = q" id="p = q"></html>',
    "KaTeX": '<html><math><mi>p</mi><annotation encoding="application/x-tex">p = q</annotation></math>'
    '<span class="katex-html"><span>p</span>=q</span></html>',
    "front matter": "---\ntitle: $r = s$\n---\n$p = q$",
    "comment": "<!-- $r = s$ -->\n$p = q$",
    "preamble": "\\documentclass{article}\n$r = s$\n\\begin{document}\n$p = q$ % $r = s$\n\\end{document}",
}
ENVIRONMENTS = [
    "equation",
    "align",
    "align*",
    "aligned",
    "flalign",
    "split",
    "eqnarray",
    "gathered",
    "gather",
    "multline",
]


@pytest.mark.parametrize("document", CONTAINERS.values(), ids=CONTAINERS)
def test_maths_is_found_in_each_container(document):
    assert found(document) == [["p", "q"]]


@pytest.mark.parametrize(
    "document", [text for name, text in CONTAINERS.items() if name not in ("repeated in attributes",)]
)
def test_places_are_those_in_the_document(document):
    assert places(document) in ([["p", "q"]], [["<", "<"]], [["p", "p"]])


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_bare_environments_are_displays(name):
    assert found(f"so\n\\begin{{{name}}}\np &= q \\\\\n&= r\n\\end{{{name}}}\n") == [["p", "q", "r"]]


@pytest.mark.parametrize(
    "address",
    ["https://latex.codecogs.com/gif.latex?p%20=%20q&plus;1", "https://s0.wp.com/latex.php?latex=p+%3D+q%2B1&bg=ff"],
)
def test_pictures_of_formulas_are_read(address):
    document = f"words\n\n![a picture]({address})\n"
    assert found(document) == [["p", "q+1"]]
    assert [member.start for member in next(chains(document)).members] == [7, 7]


def test_entities_are_decoded_and_places_kept():
    document = "$p = \\begin{matrix}1 &amp; 2\\end{matrix} = q$"
    assert found(document) == [["p", "\\begin{matrix}1 & 2\\end{matrix}", "q"]]
    assert places(document) == [["p", "\\", "q"]]


def test_notebooks_give_their_markdown_cells():
    cells = [
        {"cell_type": "code", "source": ["r = s\n"]},
        {"cell_type": "markdown", "source": ["so\n", "\n", "$\\frac{p}{2} = \u03b7$"]},
        {"cell_type": "markdown", "source": "$p = q$"},
    ]
    document = json.dumps({"cells": cells}, indent=1)
    assert found(document) == [["\\frac{p}{2}", "\u03b7"], ["p", "q"]]
    assert places(document) == [["\\", "\\"], ["p", "q"]]
    assert document[next(chains(document)).members[1].start :].startswith("\\u03b7")


@pytest.mark.parametrize(
    "document",
    [
        "```python\nx = y\n$p = q$\n```",
        "# Code\n\n    x_1 = y_1 + 2\n",
        "it costs $5 and = $6",
        "`$p = q$`",
        ".. code-block:: python\n\n   x_1 = 2\n",
        '["a",\n"b = c"\n]',
        "$$\\sum_{i=1}^n x^{t=2}$$",
        "$p = ?$",
        "for $i = 1, \\dots, n$",
        "for $i = 1 \\ldots n$",
    ],
)
def test_what_is_no_chain_is_left_out(document):
    assert found(document) == []


def test_a_merge_conflict_gives_its_first_half():
    assert found("<<<<<<< ours\n$p = q$\n=======\n$p = r$\n>>>>>>> theirs\n$s = t$") == [["p", "q"], ["s", "t"]]


def test_a_stray_dollar_does_not_turn_the_text_inside_out():
    assert found("the loss is 2$, which is close to $p = q$ here") == [["p", "q"]]


@pytest.mark.parametrize(
    "definition",
    [
        "\\newcommand{\\half}[1]{\\frac{#1}{2}}",
        "\\newcommand\\half[1]{\\frac{#1}{2}}",
        "\\renewcommand{\\half}[1]{\\frac{#1}{2}}",
        "\\providecommand{\\half}[1]{\\frac{#1}{2}}",
        "\\def\\half#1{\\frac{#1}{2}}",
    ],
)
def test_macros_are_expanded_and_the_documents_own_text_is_shown(definition):
    document = f"<p hidden>${definition}$</p>\n$p = \\half{{q}} = r$"
    chain = next(chains(document))
    assert [member.text for member in chain.members] == ["p", "\\frac{q}{2}", "r"]
    assert [member.shown for member in chain.members] == ["p", "\\half{q}", "r"]
    assert [document[member.start] for member in chain.members] == ["p", "\\", "r"]


def test_operators_and_delimiters_can_be_macros():
    assert found("\\DeclareMathOperator{\\sm}{softmax}\n$p = \\sm(z)$") == [["p", "\\operatorname{softmax}(z)"]]
    assert found("\\def\\be{\\begin{equation}}\\def\\ee{\\end{equation}}\n\\be p = q \\ee") == [["p", "q"]]


def test_macros_without_end_stop():
    (chain,) = chains("\\def\\a{\\a\\a}$p = \\a$")
    assert chain.members[1].text == "\\a"


CHAINS = {
    "net<sub>h1</sub> = w<sub>1</sub> * 0.5 = 0.25": [["net_{h1}", "w_{1} * 0.5", "0.25"]],
    "∂E/∂w5 = ∂E/∂o1 * 0.2 = 0.1": [["∂E/∂w5", "∂E/∂o1 * 0.2", "0.1"]],
    "则 net_h1 = w1*x1 = 0.5*0.05 = 0.025。": [["net_h1", "w1*x1", "0.5*0.05", "0.025"]],
    "– z2 = 3": [["z2", "3"]],
    "p1 = (6 - 5)^2          - q1 = 6": [["p1", "(6 - 5)^2"], ["q1", "6"]],
    "p1 = 2*3       - q1 = 2\n   = 6         - r1 = 3": [["p1", "2*3", "6"], ["q1", "2"], ["r1", "3"]],
    "p1 = 2*3    q1 = 2\tr1 = 7": [["p1", "2*3"], ["q1", "2"], ["r1", "7"]],
    "* (p^2=7.5)\n* (q_1=0.5*(3))": [["p^2", "7.5"], ["q_1", "0.5*(3)"]],
    "∂p/∂q2 = r2 (because the slope of r2×4 by r2 is 4)": [["∂p/∂q2", "r2"]],
    "- **Learning rate ($p$):** 0.5\n- learning rate ($\\eta$) of 0.1.": [["\\eta", "0.1"]],
    "learning rate $\\eta$ of 0.1 to 0.3, the rate $\\eta$ of 0.1": [],
    "p1 = (t - o)        - q1       = 6": [["p1", "(t - o)        - q1", "6"]],
    "Now the loss            - q1 = 6": [["q1", "6"]],
    "p1 = q1     - r1 + 2": [["p1", "q1     - r1 + 2"]],
    "$\\textcolor{#12f}{p = 0.5}$, $\\boxed{q = r}$": [["p", "0.5"], ["q", "r"]],
    "$$p = \\color{red}{q} + \\mathbf{1}[r = s]$$": [["p", "\\color{red}{q} + \\mathbf{1}[r = s]"]],
    "$$p = \\sum_{\\color{red}{q = 1}} \\mathbf{1(r = s)}$$": [["p", "\\sum_{\\color{red}{q = 1}} \\mathbf{1(r = s)}"]],
    "$$p = q \\therefore r = s$$": [["p", "q"], ["r", "s"]],
    "$$\\begin{align}\\therefore p &= q \\\\ \\therefore &= r\\end{align}$$": [["p", "q", "r"]],
    "$$p = q \\hspace{1cm} \\therefore \\ r = s \\quad (\\because t)$$": [["p", "q"], ["r", "s \\quad (\\because t)"]],
    "$$p = q ∵ r = s,qquad t = u$$": [["p", "q"], ["r", "s"], ["t", "u"]],
    "$$p = q \\\\ {\\rm If} \\quad r = s$$": [["p", "q"], ["r", "s"]],
    "$$p = q \\\\ \\text{Else} \\\\ r = s, \\text{ Let } t = u$$": [["p", "q"], ["r", "s"], ["t", "u"]],
    "$$\\text{so we get } p = q$$": [["p", "q"]],
    "$$\\text{so the change in } p = q$$": [["\\text{so the change in } p", "q"]],
    "$$\\text{Hidden layer: } h_1 = w_1 x_1$$": [["h_1", "w_1 x_1"]],
    "$$p = q \\intertext{and so} &= r$$": [["p", "q", "r"]],
    "$$p = q \\eqno(1)$$": [["p", "q"]],
    "$a = 0,35 + 0,15$ and $w_{1,2} = 1,5 + 0,25$": [["a", "0.35 + 0.15"], ["w_{1,2}", "1.5 + 0.25"]],
    "\\begin{python}\np = q\n\\end{python}": [],
    "$$\\pd{E}{w} = \\half$$": [["\\frac{\\partial E}{\\partial w}", "\\frac{1}{2}"]],
    "$$p &= q \\\\ &= r$$": [["p", "q", "r"]],
    "$$p = q \\\\ = r \\\\ s = t$$": [["p", "q", "r"], ["s", "t"]],
    "$$p = q$$\n\nand so\n\n$$= r$$": [["p", "q", "r"]],
    "$$p = q =$$\n\n$$r = s$$": [["p", "q", "r", "s"]],
    "$$p\n=\nq$$": [["p", "q"]],
    "$$p = q$$\n$$\\therefore p = r$$": [["p", "q"], ["p", "r"]],
    "$p \\approx q \u2248 r \\simeq s$": [["p", "q", "r", "s"]],
    "$p = q \\Rightarrow r = s$": [["p", "q"], ["r", "s"]],
    "$p = q \\hspace{1in} \\rightarrow \\hspace{1in} r = s$": [["p", "q"], ["r", "s"]],
    "$X = [0.5, -0.3],\\; y = 1$": [["X", "[0.5, -0.3]"], ["y", "1"]],
    "$p = f(a, b), \\quad q = g(a, b)$": [["p", "f(a, b)"], ["q", "g(a, b)"]],
    "- $a$ = 0.5\n- $b$ = 2": [["a", "0.5"], ["b", "2"]],
    "$z_1$ = $w x$ = 0.5": [["z_1", "w x", "0.5"]],
    "tanh($x$) = $y$": [["tanh( x )", "y"]],
    "$w_1: 0.5 - 0.1(2) = 0.3$": [["0.5 - 0.1(2)", "0.3"]],
    "Output: net_o1 = w_5 * 2 = 0.8": [["net_o1", "w_5 * 2", "0.8"]],
    "$$p = q \\text{ where } r = s$$": [["p", "q"], ["r", "s"]],
    "$$p = q \\;\\;and\\;\\; r = s$$": [["p", "q"], ["r", "s"]],
    "$$p = q，其中 r = s$$": [["p", "q"], ["r", "s"]],
    "$$p = q \\in \\mathbb{R}^n$$": [["p", "q"]],
    "$$p = q \\le r = s$$": [["p", "q"], ["r", "s"]],
    "$$p = q \\sim m \\times n$$": [["p", "q"]],
    "$$p = q, \\quad i \\neq j$$": [["p", "q"]],
    "$$p = q \\xrightarrow{\\text{so}} r$$": [["p", "q"]],
    "$p = (1, 2)--> words$": [["p", "(1, 2)"]],
    "$$\\begin{array}{rcl} p &=& q \\\\ &=& r \\end{array}$$": [["p", "q", "r"]],
    "$$\\begin{cases} p = q \\\\ r = s \\end{cases}$$": [["p", "q"], ["r", "s"]],
    "$$\\left\\{\\begin{aligned} p &= q \\\\ r &= s \\end{aligned}\\right.$$": [["p", "q"], ["r", "s"]],
    "$$p = \\frac{\\begin{cases} q & \\mathrm{if} i < j \\\\ r & \\text{otherwise} \\end{cases}}{2}$$": [
        ["p", "\\frac{\\begin{cases} q & \\mathrm{if} i < j \\\\ r & \\text{otherwise} \\end{cases}}{2}"]
    ],
    "$$p = \\begin{cases} q & i = j \\\\ r & i < j \\end{cases}$$": [
        ["p", "\\begin{cases} q & i = j \\\\ r & i < j \\end{cases}"]
    ],
    "$$S = \\{x \\in T \\mid x = 1\\}$$": [["S", "\\{x \\in T \\mid x = 1\\}"]],
    "$$p_i = q_i \\quad \\forall i = 1, 2$$": [["p_i", "q_i"]],
    "$$\\begin{align} p_i &= q_i && \\forall i = 1, 2 \\\\ &= r_i \\end{align}$$": [["p_i", "q_i", "r_i"]],
    "$$p = q, \\quad \\text{if } x > 0$$": [["p", "q"]],
    "$$p = q \\qquad (3)$$": [["p", "q"]],
    "$$p = q \\tag{4} \\label{four}$$": [["p", "q"]],
    "$$\\begin{align} p &= q & \\text{a note} \\\\ &= r & \\text{(b)} \\end{align}$$": [["p", "q", "r"]],
    "$$p = \\underbrace{q + r}_{\\text{sum}} = s$$": [["p", "\\underbrace{q + r}_{\\text{sum}}", "s"]],
    "$$p = (q + r = s$$": [["p", "(q + r", "s"]],
    "| name | value |\n|---|---|\n| $p$ | 0.5 |\n": [["p", "0.5"]],
    "| what | |\n|---|---|\n| $p = q r$ | $2 \\times 3 = 6$ |\n": [["p", "q r", "2 \\times 3", "6"]],
    "|step|work|value|\n|---|---|---|\n|$1 - p$|$1 - 0.3$|$0.7$|\n|$p q$|0.3 × 0.2|$\\boxed{0.06}$|\n": [
        ["1 - p", "1 - 0.3", "0.7"],
        ["p q", "0.3 × 0.2", "\\boxed{0.06}"],
    ],
    "|name|formula|numbers|value|\n|---|---|---|---|\n|$z$|$w x$|$2 \\cdot 3$|6|\n": [["z", "w x", "2 \\cdot 3", "6"]],
    "|weight|slope|value|\n|---|---|---|\n|$w$|$d x$|6|\n": [["w", "6"]],
    "| name | gradient |\n|---|---|\n| $w_1$ | 0.5 |\n": [],
    "|w|slope|w|slope|\n|---|---|---|---|\n| $p$ | 0.5 | $q$ | 0.7 |\n": [],
    "|w|old|new|w|old|new|\n|---|---|---|---|---|---|\n|$p$|1|2|$q$|3|4|\n": [
        ["p", "1"],
        ["q", "3"],
        ["p", "2"],
        ["q", "4"],
    ],
    "|w|old|gradient|new|\n|---|---|---|---|\n|$p$|1|2|3|\n": [["p", "1"], ["p", "3"]],
    "|symbol|value|from|\n|---|---|---|\n|b_p|0.5|x₁ → h₁|\n|η|2|rate|\n|q|3|\n": [
        ["b_p", "0.5"],
        ["η", "2"],
        ["q", "3"],
    ],
    "|unit|net|value|\n|---|---|---|\n|h1|$w x$|0.5|\n|h2|w*x|0.7|\n|h3|the last|0.9|": [["w x", "0.5"], ["h3", "0.9"]],
    "|team|value|\n|---|---|\n|p|0.5|\n|three|3|\n": [],
    "```\n|symbol|value|\n|---|---|\n|b_p|0.5|\n```\n": [],
}


@pytest.mark.parametrize(("document", "expected"), CHAINS.items(), ids=range(len(CHAINS)))
def test_chains(document, expected):
    assert found(document) == expected


@pytest.mark.parametrize("sign", [":=", "\\leftarrow", "\\gets", "+=", "-="])
def test_assignments_keep_their_sign(sign):
    (chain,) = chains(f"$w {sign} v$")
    assert chain.members[1].relation == sign


def test_labels_are_kept():
    assert [chain.label for chain in chains("$$p = q \\tag{7}$$ $$p = q \\qquad (8)$$")] == ["(7)", "(8)"]


@pytest.mark.parametrize("text", ["$", "$$(= ", "{", "\\[", "![](", "a = b ", "<math>", "<M ", "<img ", "\\\\", "` "])
def test_long_documents_end(text):
    assert len(list(chains(text * 20_000))) <= 20_000
