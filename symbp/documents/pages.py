"""Web pages: their text, with formulas put between delimiters."""

import re
from html import unescape
from html.parser import HTMLParser

from .addresses import formula_of
from .places import Places, Weaver

_PAGE = re.compile(r"\s{0,100}(?:<\?xml[^>]{0,200}>\s{0,100})?<(?:!doctype html|html)\b", re.IGNORECASE)
_SKIPPED = {"script", "style", "pre", "code", "svg", "title", "math", "textarea", "button", "select"}
_LINES = {"p", "div", "br", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "section", "dd", "dt"}
_SCRIPTS = {"sub": "_{", "sup": "^{"}
_REPEATED = ("katex-html", "MathJax_Preview", "MathJax_Display", "MathJax_CHTML", "MathJax_SVG")
_VOID = {"br", "img", "hr", "input", "meta", "link", "source", "wbr", "col", "area", "base", "embed", "track"}


def is_page(document: str) -> bool:
    """Whether a document is a web page, and not Markdown with some markup."""
    return _PAGE.match(document) is not None


def page(document: str) -> tuple[str, Places]:
    """Return the text of a page, and its places.

    >>> page("<html><p>so $a &lt; b$</p><script>x = 1</script>")[0].split()
    ['so', '$a', '<', 'b$']
    """
    reader = _Page(document)
    reader.feed(document)
    reader.close()
    return reader.weaver.taken()


class _Page(HTMLParser):
    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=False)
        self.weaver = Weaver(document)
        self._lines = [0, *(match.end() for match in re.finditer("\n", document))]
        self._skipped: list[str] = []  # the elements left out that are open, outermost first
        self._closer = ""  # of the formula that is being read

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[min(line, len(self._lines)) - 1] + column

    def _write(self, text: str, width: int) -> None:
        self.weaver.skip(self._place())
        self.weaver.put(text, self._place(), end=self._place() + width)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        formula = "tex" in (known.get("type", "") if tag == "script" else known.get("encoding", ""))
        if tag in ("script", "annotation") and formula:
            self._closer = "\\]" if "display" in known.get("type", "") else "\\)"
            self._write("\\[" if self._closer == "\\]" else "\\(", 1)
        elif self._skipped:
            self._skipped += [tag] * (tag == self._skipped[0])
        elif tag in _SKIPPED or (any(name in known.get("class", "") for name in _REPEATED) and tag not in _VOID):
            self._skipped.append(tag)
        elif tag == "img":
            self._image(known)
        elif tag in _SCRIPTS:
            self._write(_SCRIPTS[tag], 1)
        elif tag in _LINES:
            self._write("\n", 1)

    def _image(self, known: dict[str, str]) -> None:
        formula = formula_of(known.get("src", ""))
        if not formula and re.search(r"\b(?:latex|tex|math)\b", known.get("class", "")):
            formula = " ".join(known.get("alt", "").split())
        if formula:
            self._write(f"\\({formula}\\)", 1)

    def handle_endtag(self, tag: str) -> None:
        if self._closer and tag in ("script", "annotation"):
            self._write(self._closer, 1)
            self._closer = ""
        elif self._skipped and tag == self._skipped[-1]:
            self._skipped.pop()
        elif tag in _SCRIPTS and not self._skipped:
            self._write("}", 1)
        elif tag in _LINES:
            self._write("\n", 1)

    def handle_data(self, data: str) -> None:
        if self._closer == "\\)":
            self._write(data.replace("\n", " "), len(data))
        elif self._closer or not self._skipped:
            self.weaver.skip(self._place())
            self.weaver.copy(self._place() + len(data))

    def handle_entityref(self, name: str) -> None:
        if self._closer or not self._skipped:
            self._write(unescape(f"&{name};"), len(name) + 2)

    def handle_charref(self, name: str) -> None:
        self.handle_entityref(f"#{name}")
