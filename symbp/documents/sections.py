"""Where the sections of a document begin: headings of Markdown, HTML, TeX, rst and notebooks, and numbered examples."""

import re

_HEADING = re.compile(
    r'^[ \t>]{0,12}"?(?:(?:\d{1,3}[.)]|[-*+])[ \t]+)?#{1,6}[ \t]+\S'
    r"|^[ \t]{0,12}\\(?:part|chapter|(?:sub){0,2}section|paragraph)\*?[\[{]"
    r"|^[ \t]{0,12}\\begin\{(?:example|exercise|problem|solution|question|proof|theorem|lemma)\*?\}"
    r"|<h[1-6][ >]"
    r"|^(?=\S)[^\n]{1,120}\n[=\-~^\"'*+#]{4,}[ \t]*$"
    r"|^[ \t>]{0,12}(?:\*\*|__)[^*\n]{1,120}(?:\*\*|__)[ \t]*:?[ \t]*$"
    r"|^[ \t>]{0,12}(?:Example|Exercise|Problem|Case|Step|Iteration|Round|Beispiel|Ejemplo|例|例题|第)[ \t]*\d{1,3}",
    re.MULTILINE | re.IGNORECASE,
)
_DIFFER = re.compile(
    r"(?<![A-Za-z\\{\[_^])[a-z]\s{0,3}(?:\\{1,2}neq?(?![a-z])|\\{1,2}not\s?=|≠|!=)\s{0,3}[a-z](?![A-Za-z])"
)


def section_starts(document: str) -> list[int]:
    r"""Return the places of the headings.

    >>> section_starts("# One\n\ntext\n\n## Two\n"), section_starts("- text\n\n2. ## Two\n")
    ([0, 13], [8])
    """
    return [heading.start() for heading in _HEADING.finditer(document)]


def case_starts(document: str) -> list[int]:
    r"""Return the places where two indices are said to differ, beside sums and brackets.

    >>> case_starts(r"If $i \neq j$: $$a_i = \sum_{k \neq i} b_k$$")
    [4]
    """
    return [case.start() for case in _DIFFER.finditer(document)]
