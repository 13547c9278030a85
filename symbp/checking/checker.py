"""A document to its report."""
from __future__ import annotations

from ..documents import chains, defines
from ..formulas import Apply, Name, ReadError, Roles, key
from .collecting import collect
from .judging import Judge, Judgement
from .knowledge import names_in, read_chains
