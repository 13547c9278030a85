"""What the process of a worker does with a document: everything heavy is loaded here."""

from typing import Any

from ..errors import SymbpError
from .checker import decoded, examined


def answered(name: str, content: bytes, options: dict[str, str]) -> dict[str, Any]:
    """Return the report on a document as JSON has it, or one line under ``error``."""
    try:
        text = decoded(name, content)
        return examined(name, text, network=options["network"] or None, lang=options["lang"]).as_dict()
    except SymbpError as error:
        return {"error": str(error)}
    except MemoryError:
        raise
    except Exception as error:  # a fault of symbp in one document must not keep the others from being judged
        return {"error": f"{name}: a fault of symbp ({type(error).__name__}: {str(error)[:200]})"}
