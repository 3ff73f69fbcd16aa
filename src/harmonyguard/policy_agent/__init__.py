"""The Policy Agent: documents in, policies that cite them out."""

from .compiler import compile_rule
from .duplicates import Duplicate
from .extraction import Extraction, PolicyAgent, Rejected

__all__ = ["Duplicate", "Extraction", "PolicyAgent", "Rejected", "compile_rule"]
