"""What symbp wrote is checked by symbp before it is printed."""

from ..errors import SymbpError
from .examining import check


def verified(text: str) -> str:
    """Return a derivation that symbp wrote, once it has passed symbp's own check.

    Raises:
        SymbpError: a link does not pass; nothing is to be printed then.
    """
    for link in check(text=text).links:
        if link.verdict in ("refuted", "undecided", "unread"):
            where = f"line {link.line}: {link.lhs} = {link.rhs}"
            raise SymbpError(f"the derivation fails its own check, {where} is {link.verdict}: {link.reason}")
    return text
