"""Where maths stands in a document, and how a derivation becomes one."""

from .chains import Chain, Member, chains, defines
from .derive import DerivationDocument, derive, derive_second
from .formats import FORMATS, Format, format_named, format_of

__all__ = [
    "FORMATS",
    "Chain",
    "DerivationDocument",
    "Format",
    "Member",
    "chains",
    "defines",
    "derive",
    "derive_second",
    "format_named",
    "format_of",
]
