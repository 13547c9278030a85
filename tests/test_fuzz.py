"""Nothing in a document makes the reader or the checker crash, hang, or run it. The long form is a benchmark."""

from pathlib import Path

import pytest
from fuzzing import CANARY, documents, survive, watch
from hypothesis import HealthCheck, given, settings

from symbp.checking import check
from symbp.errors import InputError

RUN = watch()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents)
def test_no_document_makes_the_checker_fail(text: str) -> None:
    RUN.clear()  # other tests start processes
    survive(text)
    assert RUN == []


BAD = {
    "deep nesting": "$$x = " + "(" * 5000 + "y" + ")" * 5000 + "$$",
    "deep fractions": "$$x = " + r"\frac{1}{" * 3000 + "y" + "}" * 3000 + "$$",
    "very many braces": "$$x = " + "{" * 50_000 + "y" + "}" * 50_000 + "$$",
    "braces that do not match": "$$x = " + "{" * 50_000 + "$$",
    "huge exponent": "$$x = 9^{9^{9^9}} = 3$$",
    "huge exponents of names": "$$x = (1+w)^{999999} = 3$$ $$w = 0.5$$",
    "powers of powers": r"$$x = ((((9^{9999})^{9999})^{9999})^{9999}) = 1$$",
    "long sum": r"$$x = \sum_{i=1}^{1000000000} i = 5$$",
    "sum within sum": r"$$x = \sum_{i=1}^{900} \sum_{j=1}^{900} \sum_{k=1}^{900} i j k = 5$$",
    "code": "\n".join(["```python", *("x = 1  # = 2" for _ in range(20_000)), "```", "$$a = 1 + 1 = 2$$"]),
    "unknown commands": r"$$x = \frobnicate{y} \qux z = \zzz$$",
    "contradictory definitions": "$$w = 0.5$$ $$w = 0.7$$ $$y = w + 1 = 1.5$$ $$y = 2w$$",
    "two roles": r"$$\sigma = 0.5$$ $$y = \sigma(\sigma) = \sigma \cdot \sigma$$ $$e = e^e$$",
    "cyclic definitions": "$$a = b + 1$$ $$b = c + 1$$ $$c = a + 1$$ $$a = 2$$ $$a = a(a)$$",
    "recursive functions": "$$f(x) = f(x) + 1$$ $$y = f(2) = 3$$",
    "mutual functions": "$$f(x) = g(x) + 1$$ $$g(x) = f(x) + 1$$ $$y = f(2) = 3$$",
    "functions of functions": "".join(f"$$f_{{{n + 1}}}(x) = f_{{{n}}}(x) + f_{{{n}}}(x)$$ " for n in range(14))
    + "$$f_{14}(1) = 3$$",
    "many definitions": "\n".join(f"$$a_{{{n + 1}}} = a_{{{n}}} a_{{{n}}}$$" for n in range(150))
    + "$$a_0 = 2$$ $$a_{150} = 3$$",
    "division by zero": "$$x = 1/0 = 2$$ $$y = 0^{-1} = 2$$ $$z = \\ln(0) = 1$$",
    "macro bomb": r"\newcommand{\a}{\b\b\b\b\b\b\b\b}\newcommand{\b}{\c\c\c\c\c\c\c}\newcommand{\c}{\a\a\a}$$x = \a$$",
    "power of a derivative of arrays": r"$$w_1 \odot y = W \odot n$$"
    + r"$$x = {\sum_{i=1}^{3} \frac{\partial n}{\partial w_1}}^{b}$$"
    + r"$$y = \begin{bmatrix} d & b \end{bmatrix}$$",
    "derivative by a function": r"$$\delta^l_j = \sum_{i=1}^{3} \frac{\partial z_1}{\partial f(y)}$$",
    "code in names": rf"$$x = \operatorname{{__import__}}('os').system('{CANARY}') = 1$$",
    "nul and surrogates": "$$x = 1\0 + 1 = 2$$ \ud800 $$y\u202e = 2$$",
    "mixed line ends": "$$x = 1 + 1\r= 2$$\r\n\n$$y = 2\r\n= 3$$\r",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_survived(name: str) -> None:
    RUN.clear()
    report = check(text=BAD[name])
    assert sum(report.summary.values()) > 0
    assert all(link.reason for link in report.links)
    assert report.to_json()
    assert RUN == []


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"$$x = 1\0$$", "not a text document"), (b"$$x = \xff\xfe 1 + 1 = 2$$", r"not UTF-8 text \(byte 6 is 0xff\)")],
)
def test_what_is_no_text_is_said(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.md"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message):
        check(path)
