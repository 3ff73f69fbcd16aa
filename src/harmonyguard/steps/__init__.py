"""The values that the three agents exchange. They know nothing of graphs, browsers or models."""

from .action import ACTION_TYPES, MESSAGES, Action, ActionResult, ActionType, ConsentRequest, Download
from .consent import Grant
from .errors import GuardError, HarmonyGuardError, InputError, ModelError, PageChangedError, PermitError
from .history import Event
from .observation import Box, Element, Form, Observation, Tab
from .page_state import page_state, page_state_parts
from .permit import Permit, PermitRegistry
from .proposal import Proposal
from .record import Record, canonical_json, digest_of
from .secret import Secret, SecretSource, secret_reference, secrets_named, with_secrets
from .situation import EvaluationContext, Situation
from .task import Task
from .tool import Tool
from .verdict import Alignment, Finding, Guidance, Outcome, Suggestion, Verdict
from .vocabulary import (
    AUTHORITIES,
    DATA_CLASSES,
    EFFECTS,
    REVERSIBLE_EFFECTS,
    Authority,
    DataClass,
    Effect,
    outranks,
)

__all__ = [
    "ACTION_TYPES",
    "AUTHORITIES",
    "DATA_CLASSES",
    "EFFECTS",
    "MESSAGES",
    "REVERSIBLE_EFFECTS",
    "Action",
    "ActionResult",
    "ActionType",
    "Alignment",
    "Authority",
    "Box",
    "ConsentRequest",
    "DataClass",
    "Download",
    "Effect",
    "Element",
    "EvaluationContext",
    "Event",
    "Finding",
    "Form",
    "Grant",
    "GuardError",
    "Guidance",
    "HarmonyGuardError",
    "InputError",
    "ModelError",
    "Observation",
    "Outcome",
    "PageChangedError",
    "Permit",
    "PermitError",
    "PermitRegistry",
    "Proposal",
    "Record",
    "Secret",
    "SecretSource",
    "Situation",
    "Suggestion",
    "Tab",
    "Task",
    "Tool",
    "Verdict",
    "canonical_json",
    "digest_of",
    "outranks",
    "page_state",
    "page_state_parts",
    "secret_reference",
    "secrets_named",
    "with_secrets",
]
