"""What the process of a worker does with a document: everything heavy is loaded here."""

from typing import Any

from ..errors import SymbpError
from .examining import examined
from .explaining import explanation
from .reaching import decoded
from .side import parse


def answered(name: str, content: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """Return the report on a document as JSON has it, what was inferred of it, or one line under ``error``."""
    try:
        text, side = decoded(name, content), parse(options["side"], options["side_name"])
        found = examined(name, text, network=options["network"] or None, lang=options["lang"], side=side)
        return explanation(found) if options["explains"] else found.report.as_dict()
    except SymbpError as error:
        return {"error": str(error)}
    except MemoryError:
        raise
    except Exception as error:  # a fault of symbp in one document must not keep the others from being judged
        return {"error": f"{name}: a fault of symbp ({type(error).__name__}: {str(error)[:200]})"}
