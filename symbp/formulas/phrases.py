r"""Words before a name that change what is meant: ``\text{Total error of } h_1`` is not what ``h_1`` is."""

import re

OF = (
    r"(?:of|to|for|in|from|by|per|over|at|on|into|wrt|w\.r\.t\.?|de|del|della|di|da|du|des|von|für|zu|nach|aus|bei|por|para"
    r"|pour|sur|à|от|до|для|по|при|к|из|của|cho|theo|dari|untuk)"
)
SAYING = frozenset({"If", "Else", "Otherwise", "Let", "Then", "Where"})  # words that are no names
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*\{(?P<words>[^{}]*)\}\Z")
_ABOUT = re.compile(rf"\W*(?:[^\W\d_]+['’.]?[\s-]+)+(?:{OF}\s*|[^\W\d_]{{2,}}\s+)", re.IGNORECASE)


def leads_on(text: str) -> bool:
    r"""Whether a text in a formula is words that go on with the name behind them.

    >>> [leads_on(text) for text in (r"\text{gradient of }", r"\text{the loss }", r"\text{learning rate}")]
    [True, True, False]
    """
    found = _COMMAND.match(text)
    return found is not None and _ABOUT.fullmatch(found["words"]) is not None
