"""From a file to texts in which maths stands between its own delimiters: notebooks, web pages, Markdown, TeX."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from .addresses import formula_of
from .decimals import with_points
from .emphasis import with_indices
from .macros import Expander, definitions, table
from .notebooks import cells
from .pages import is_page, page
from .places import SAME, Places, Weaver
from .seeking import Seeker
from .usual import usual

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(?:(?!---[ \t]*$)[^\n]*\n){0,400}---[ \t]*$", re.MULTILINE)
_CONFLICT = re.compile(r"^(?:(?P<ours><{7}(?: [^\n]*)?)|(?P<theirs>={7})|(?P<end>>{7}(?: [^\n]*)?))$", re.MULTILINE)
_TEX = re.compile(r"\\(?:documentclass|begin\{document\}|(?:sub)*section\*?\{|chapter\*?\{)")
_MARKUP = re.compile(
    r"(?=[<!&`~ \t>sl\[])(?:<!--|<script\b(?P<script>[^<>]{0,500})>|<annotation\b(?P<annotation>[^<>]{0,500})>"
    r"|<(?P<skipped>pre|style|svg|code)\b[^<>]{0,2000}>"
    r"|<(?P<component>BlockMath|InlineMath|TeX|Tex|Latex|LaTeX|Math|Katex|KaTeX|Equation|M)\b(?P<given>[^<>]{0,4000}?)(?:/>|>)"
    r"|(?P<wiki><math(?:\s{1,9}(?:display|chem|class|id)=[^<>]{0,200})?>)|(?P<stem>\b(?:stem|latexmath):\[)|(?P<block>^\[(?:stem|latexmath)\]\s{1,9}\+{4}$)"
    r"|<(?P<script_>su[bp])>(?P<raised>[^<>\n]{1,60})</su[bp]>"
    r"|!\[(?:[^\]\[\n]|\[[^\]\[\n]{0,100}\]){0,400}\]\((?P<image>[^\s<>]{1,8000})"
    r"|<img\b[^<>]{0,8000}?\bsrc\s{0,9}=\s{0,9}(?:\"(?P<double>[^\"<>]{1,8000})\"|'(?P<single>[^'<>]{1,8000})')[^<>]{0,8000}>"
    r"|(?P<entity>&(?:amp|lt|gt|quot|nbsp|plus|minus|times|#\d{1,6});)"
    r"|^(?P<fence>[ \t>]{0,40}(?:`{3,}|~{3,})))",
    re.MULTILINE | re.IGNORECASE,
)


LONGEST_FORMULA = 8000  # characters of one formula in markup


@dataclass(frozen=True, slots=True)
class Source:
    """A text of a document, ready to be searched for maths.

    Attributes:
        text: with macros expanded.
        own: as the document has it, unescaped.
        to_own: from places in the text to those in its own.
        to_document: from these to those in the document.
    """

    text: str
    own: str
    to_own: Places
    to_document: Places

    def place(self, offset: int) -> int:
        """Return the place in the document of a character of the text."""
        return self.to_document.start(self.to_own.start(offset))

    def end(self, offset: int) -> int:
        """Return the place in the document after the character of the text before an offset."""
        return self.to_document.end(self.to_own.end(offset))


def sources(document: str) -> Iterator[Source]:
    """Yield the texts of a document: one, or those of the Markdown cells of a notebook.

    >>> [source.text for source in sources('{"cells": [{"cell_type": "markdown", "source": "$a$"}]}')]
    ['$a$']
    """
    found = cells(document)
    if found is None:
        found = [page(document) if is_page(document) else (document, SAME)]
    texts = [(_marked(_blanked(text)), places) for text, places in found]
    own_macros = table([macro for (text, _), _ in texts for macro in definitions(text)])
    common = {name: macro for (text, _), _ in texts for name, macro in usual(text).items()}
    expander = Expander({**common, **own_macros})
    for (own, inner), places in texts:
        text, to_own = expander.expanded(own)
        yield Source(with_indices(with_points(text)), own, to_own, _through(inner, places))


def is_tex(text: str) -> bool:
    """Whether a text is TeX, where ``%`` begins a comment."""
    return _TEX.search(text) is not None


def _through(inner: Places, outer: Places) -> Places:
    """Return the places of a text made in two steps."""
    if inner is SAME or outer is SAME:
        return outer if inner is SAME else inner
    cuts = sorted({*inner.offsets, *_cuts(inner, outer)})
    starts = tuple(outer.start(inner.start(cut)) for cut in cuts)
    ends = [*cuts[1:], cuts[-1] + 1]
    spans = zip(cuts, ends, starts, strict=True)
    widths = (0 if _copied(inner, outer, cut) else outer.end(inner.end(end)) - at for cut, end, at in spans)
    return Places(tuple(cuts), starts, tuple(widths))


def _cuts(inner: Places, outer: Places) -> Iterator[int]:
    """Yield where stretches of the outer map begin within copied stretches of the inner one."""
    at = 0
    ends = (*inner.offsets[1:], 1 << 62)
    for offset, end, start, width in zip(inner.offsets, ends, inner.starts, inner.widths, strict=True):
        while at < len(outer.offsets) and outer.offsets[at] < start:
            at += 1
        while not width and at < len(outer.offsets) and offset + outer.offsets[at] - start < end:
            yield offset + outer.offsets[at] - start
            at += 1


def _copied(inner: Places, outer: Places, offset: int) -> bool:
    return not inner.is_put(offset) and not outer.is_put(inner.start(offset))


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _blanked(text: str) -> str:
    """Blank the front matter and the second halves of merge conflicts."""
    front = _FRONT.match(text)
    if front:
        text = _blank(front.group()) + text[front.end() :]
    if "<<<<<<<" not in text:
        return text
    parts: list[str] = []
    at, state = 0, "end"
    for mark in _CONFLICT.finditer(text):
        kind = mark.lastgroup or "end"
        if (kind == "ours") != (state == "end"):
            continue
        kept = text[at : mark.start()]
        parts += [_blank(kept) if state == "theirs" else kept, _blank(mark.group())]
        at, state = mark.end(), kind
    return "".join(parts) + (_blank(text[at:]) if state == "theirs" else text[at:])


def _marked(text: str) -> tuple[str, Places]:
    """Put formulas of markup between delimiters; leave out comments and markup that is not text; decode entities."""
    weaver, seeker, at = Weaver(text), Seeker(text), 0
    changed = False
    for match in _MARKUP.finditer(text):
        if match.start() < at:
            continue
        step = _entity(match) or _formula(match, seeker) or _image(match) or _element(match, seeker)
        step = step or _fenced(match, seeker)
        if step is None:
            continue
        put, at = step
        if put is not None:
            _put(weaver, put, match.start(), at)
            changed = True
    return weaver.woven() if changed else (text, SAME)


def _put(weaver: Weaver, put: str, start: int, end: int) -> None:
    """Put a text in the place of another; a formula that stands there as it is keeps the places of its characters."""
    body = put[2:-2] if put.startswith(("\\(", "\\[")) else ""
    place = weaver.source.find(body, start, end) if body else -1
    if place < 0:
        weaver.put(put, start, end=end)
        return
    weaver.put(put[:2], start, end=place)
    weaver.copy(place + len(body))
    weaver.put(put[-2:], place + len(body), end=end)


Step = tuple[str | None, int]  # what to put in the place of a match, None to keep it, and where to go on


def _entity(match: re.Match[str]) -> Step | None:
    return (
        ({"&plus;": "+", "&minus;": "-"}.get(match["entity"]) or unescape(match["entity"]), match.end())
        if match["entity"]
        else None
    )


_ATTRIBUTE = re.compile(
    r"\b(?:math|tex|formula|expression)\s{0,9}=\s{0,9}(?:\{\s{0,9})?(?:String\.raw)?([\"'`])(.{0,4000}?)\1",
    re.DOTALL,
)
_BRACED = re.compile(r"\s*\{\s*(?:String\.raw)?([\"'`])(.*)\1\s*\}\s*\Z", re.DOTALL)
_ENDS = {"wiki": "</math>", "stem": "]", "block": "\n++++"}


def _formula(match: re.Match[str], seeker: Seeker) -> Step | None:
    """Put a formula between delimiters that stands in a component, in an element, or in a raised or lowered text."""
    if match["script_"]:
        return (f"_{{{match['raised']}}}" if match["script_"] == "sub" else f"^{{{match['raised']}}}"), match.end()
    if match["component"]:
        return _component(match, seeker)
    kind = next((name for name in _ENDS if match[name] is not None), "")
    end = seeker.find(_ENDS[kind], match.end()) if kind else -1
    if end < 0 or end - match.end() > LONGEST_FORMULA:
        return None
    inner = seeker.text[match.end() : end]
    text = f"\\[{unescape(inner)}\\]" if kind == "block" else f"\\({_line(unescape(inner))}\\)"
    return (None if kind == "wiki" and "<" in inner else text), end + len(_ENDS[kind])


def _component(match: re.Match[str], seeker: Seeker) -> Step | None:
    """Return the formula of a component of a page: in an attribute, or between its tags."""
    attribute = _ATTRIBUTE.search(match["given"])
    if attribute:
        inner, after = attribute[2], match.end()
    else:
        close = f"</{match['component']}>"
        end = seeker.find(close, match.end())
        if end < 0 or end - match.end() > LONGEST_FORMULA:
            return None
        inner, after = seeker.text[match.end() : end], end + len(close)
        braced = _BRACED.match(inner)
        inner = braced[2] if braced else inner
    return f"\\({_line(inner)}\\)", after


def _image(match: re.Match[str]) -> Step | None:
    address = match["image"] or match["double"] or match["single"]
    if address is None:
        return None
    end = match.end()
    if match["image"]:
        address = _closed(address)
        end = match.start("image") + len(address)
    formula = formula_of(address)
    return (f"\\({formula}\\)" if formula else None), end


def _closed(address: str) -> str:
    """Return an address without the bracket that ends it and what follows."""
    depth = 0
    for bracket in re.finditer(r"[()]", address):
        depth += 1 if bracket.group() == "(" else -1
        if depth < 0:
            return address[: bracket.start()]
    return address


def _element(match: re.Match[str], seeker: Seeker) -> Step | None:
    text = seeker.text
    kind = next((name for name in ("script", "annotation", "skipped") if match[name] is not None), "")
    if not kind and not match.group().startswith("<!--"):
        return None
    close = {"": "-->", "script": "</script>", "annotation": "</annotation>"}.get(kind) or f"</{match['skipped']}>"
    end = seeker.find(close, match.end())
    if end < 0:
        return None, match.end()
    inner, after = text[match.end() : end], end + len(close)
    if kind == "script" and "math/tex" in match[kind]:
        return (f"\\[{inner}\\]" if "display" in match[kind] else f"\\({_line(unescape(inner))}\\)"), after
    if kind == "annotation" and "tex" in match[kind].lower():
        return f"\\({_line(unescape(inner))}\\)", after
    return _blank(text[match.start() : after]), after


def _line(text: str) -> str:
    return " ".join(text.split())


def _fenced(match: re.Match[str], seeker: Seeker) -> Step | None:
    """Pass over fenced code, whose marks are not markup."""
    if match["fence"] is None:
        return None
    line = seeker.find("\n", match.end())
    bar = match["fence"][-3:]
    end = seeker.find(bar, line) if line >= 0 else -1
    return None, end + len(bar) if end >= 0 else match.end()
