"""Documents that nobody would write: random text, damaged derivations, formulas from a grammar, with code in them."""

import contextlib
import functools
import sys

from hypothesis import strategies as st

from symbp.checking import check
from symbp.documents import derive
from symbp.errors import SymbpError
from symbp.formulas import ReadError, Roles, read

CANARY = "symbp_fuzz_canary"
PIECES = (
    *"{}[]()_^&$\\|'=+-*/.,;:?!<>~%#@\"` \n\t\0",
    *(
        "$$",
        "\\\\",
        "\\frac",
        "\\sum_{i=1}^{n}",
        "\\partial",
        "\\begin{align}",
        "\\end{align}",
        "\\begin{bmatrix}",
        "\\end{bmatrix}",
    ),
    *(
        "\\left(",
        "\\right)",
        "\\text{",
        "\\mathrm",
        "\\newcommand{\\a}{\\a\\a}",
        "\\def\\x{\\x}",
        "\\a",
        "\\x",
        "^T",
        "^{-1}",
        "'",
    ),
    *(
        "9^{9^{9^9}}",
        "\\sum_{i=1}^{1000000000} i",
        "1e99999",
        "0.1234567890123456789",
        "w_1",
        "net_{h1}",
        "E",
        "\\eta",
        "x = x",
    ),
    *(
        "\u200b",
        "\u202e",
        "\ufeff",
        "−",
        "∂",
        "σ",
        "\r\n",
        "\r",
        "```",
        "<script>",
        "</script>",
        "<!--",
        "<math>",
        ">",
        "| a |",
    ),
    f"__import__('os').system('{CANARY}')",
    "\\operatorname{__import__}('os')",
)


@functools.cache
def carried() -> tuple[str, ...]:
    """Return the documents that are damaged."""
    return tuple(derive(preset).write(form) for preset in ("mazur",) for form in ("markdown", "latex", "text"))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Draw a piece of a derivation with some things taken out, doubled, put elsewhere or put in."""
    whole = draw(st.sampled_from(carried()))
    start = draw(st.integers(0, max(0, len(whole) - 400)))
    text = whole[start : start + draw(st.integers(20, 1500))]
    for _ in range(draw(st.integers(1, 6))):
        a, b = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        piece = draw(st.sampled_from(PIECES) | st.just(text[a:b]) | st.text(max_size=4))
        text = text[:a] + piece + text[draw(st.sampled_from((a, b))) :]
    return text


def _made(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(parts, parts)
    return st.one_of(
        st.tuples(parts, st.sampled_from((" + ", " - ", " ", "\\cdot ", "*", "/", " \\odot ", "^", "_")), parts).map(
            "".join
        ),
        two.map(lambda p: rf"\frac{{{p[0]}}}{{{p[1]}}}"),
        two.map(lambda p: rf"\frac{{\partial {p[0]}}}{{\partial {p[1]}}}"),
        two.map(lambda p: rf"{{{p[0]}}}^{{{p[1]}}}"),
        two.map(lambda p: rf"\begin{{bmatrix}} {p[0]} & {p[1]} \end{{bmatrix}}"),
        parts.map(lambda p: rf"\left({p}\right)"),
        parts.map(lambda p: rf"\sum_{{i=1}}^{{3}} {p}"),
        st.tuples(st.sampled_from(("\\sigma", "\\exp", "\\ln", "f", "f'", "\\max", "\\sqrt")), parts).map(
            lambda p: f"{p[0]}({p[1]})" if p[0] != "\\sqrt" else f"\\sqrt{{{p[1]}}}"
        ),
    )


LEAVES = st.sampled_from(
    (
        "x",
        "y",
        "w_1",
        "w_{12}",
        "z^{(2)}_1",
        "a^{[l]}_j",
        "\\delta^l_j",
        "W",
        "b",
        "net_{h1}",
        "\\hat y",
        "0.5",
        "2",
        "-1",
        "e",
        "t",
    )
)
formulas = st.recursive(LEAVES, _made, max_leaves=12)
chains = st.lists(formulas, min_size=2, max_size=4).map(lambda members: "$$" + " = ".join(members) + "$$")
grammatical = st.lists(chains, min_size=1, max_size=8).map("\n\n".join)
noise = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60).map("".join)
documents = st.one_of(
    damaged(), grammatical, noise, st.binary(max_size=300).map(lambda b: b.decode("utf-8", "replace"))
)


def survive(text: str) -> None:
    """Read and check a text; only an error that says what to do may come of it."""
    for roles in (Roles(), Roles(plain=True)):
        with contextlib.suppress(ReadError):
            read(text, roles)
    with contextlib.suppress(SymbpError):
        report = check(text=text)
        report.to_json()
        assert all(link.reason for link in report.links)


def watch() -> list[str]:
    """Return a list to which everything is added that runs text as code, starts a process or opens a connection."""
    seen: list[str] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        compiled = event == "compile" and len(arguments) > 1 and str(arguments[1]).startswith("<")
        if compiled and CANARY in str(arguments[0]):
            seen.append(f"compiled: {arguments[0]!r}")
        if event in ("os.system", "subprocess.Popen", "os.exec", "socket.connect", "os.fork"):
            seen.append(f"{event}: {arguments!r}")

    sys.addaudithook(hook)
    return seen
