"""The closed sets that policies and facts share: what an act does, and what kinds of data it moves."""

from __future__ import annotations

from typing import Literal, get_args

Effect = Literal[
    "read",
    "navigate",
    "search",
    "authenticate",
    "create",
    "update",
    "delete",
    "send",
    "share",
    "purchase",
    "submit",
    "upload",
    "download",
    "change_settings",
    "execute",
    "enter",
    "ask_user",
    "tell_user",
]
"""What an act does. `enter` is typing or choosing a value that is not sent yet; `ask_user` and
`tell_user` are messages to the agent's own user."""

EFFECTS: tuple[Effect, ...] = get_args(Effect)

DataClass = Literal[
    "password",
    "payment_card",
    "bank_account",
    "email_address",
    "phone_number",
    "postal_address",
    "person_name",
    "date_of_birth",
    "national_id",
    "api_key",
    "ip_address",
    "internal_address",
    "personal_data",
    "confidential",
]
"""Kinds of data that policies speak of. `personal_data` covers every class that identifies a person."""

DATA_CLASSES: tuple[DataClass, ...] = get_args(DataClass)

Authority = Literal["organization", "user", "task"]
"""Who stands behind a policy or an approval, strongest first."""

AUTHORITIES: tuple[Authority, ...] = get_args(Authority)

REVERSIBLE_EFFECTS: frozenset[Effect] = frozenset(
    {
        "read",
        "navigate",
        "search",
        "authenticate",
        "enter",
        "ask_user",
        "tell_user",
        "download",
        "create",
        "update",
    }
)
"""Effects that another act of the agent can undo: what was created can be deleted, what was changed set back."""


def outranks(approver: Authority, policy: Authority) -> bool:
    """True when `approver` has at least the authority of `policy`."""
    return AUTHORITIES.index(approver) <= AUTHORITIES.index(policy)
