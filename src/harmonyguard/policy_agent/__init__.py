"""The Policy Agent: documents in, policies that cite them out."""

from .comparison.contradictions import Contradiction, find_contradictions
from .comparison.duplicates import Duplicate
from .compiler import compile_rule
from .engine import ExtractionEngine, make_extraction_engine
from .extraction import Extraction, Rejected
from .offline import OfflineEngine, PolicyAgent

__all__ = [
    "Contradiction",
    "Duplicate",
    "Extraction",
    "ExtractionEngine",
    "OfflineEngine",
    "PolicyAgent",
    "Rejected",
    "compile_rule",
    "find_contradictions",
    "make_extraction_engine",
]
