"""The families of policy sentences that compile to rules, one module each.

A family is a function from a statement to a rule, or None when the statement is not of its kind.
"""

from __future__ import annotations

from collections.abc import Callable

from harmonyguard.policies.rule import Rule

from .balances import enough_balance
from .calls import limited_calls
from .changes_by import bounded_change
from .consent import consent_first
from .controls import controls_of_a_kind, forbidden_control
from .cookies import refused_cookies
from .days import day_of_the_calendar
from .disclosure import disclosure
from .errors import report_errors
from .exact_numbers import exact_number
from .fields import field_value, required_field
from .forbidden_values import forbidden_value
from .grounds import grounds
from .held_numbers import held_number
from .hosts import named_hosts
from .identification import identification
from .instructions import page_instructions
from .kept_values import kept_value
from .limits import bounded_count, control_count, money_limit, quantity_limit
from .notices import confirmed_first, count_first, notice_first, told_and_agreed
from .one_person import one_person, others_unnamed
from .only_one import only_one
from .order import order_of_acts
from .past_parts import past_part
from .places import forbidden_place
from .rates import rate
from .replacements import replacement
from .sentences import several_bounds
from .stated_values import stated_values
from .succession import in_succession
from .users import one_condition, users_conditions
from .users_decisions import acts_left_to_user
from .values import demanded_value
from .weighty_acts import weighty_acts
from .within_the_task import within_the_task
from .writes import leave_before_writing

Family = Callable[[str], Rule | None]

AS_WRITTEN: tuple[Family, ...] = (weighty_acts, only_one)
"""Families that read a text before anything is taken from it: what it exempts counts."""

WHOLE: tuple[Family, ...] = (
    one_condition,
    in_succession,
    one_person,
    others_unnamed,
    replacement,
    enough_balance,
    rate,
    grounds,
    identification,
    named_hosts,
    refused_cookies,
    page_instructions,
    report_errors,
    within_the_task,
    stated_values,
    count_first,
    confirmed_first,
    told_and_agreed,
    notice_first,
    control_count,
    weighty_acts,
    leave_before_writing,
    limited_calls,
    kept_value,
    past_part,
    acts_left_to_user,
    several_bounds,
    day_of_the_calendar,
    exact_number,
    held_number,
    bounded_change,
    quantity_limit,
    forbidden_place,
    controls_of_a_kind,
)
"""Families that read a text as a whole, whatever it forbids or asks."""

VALUES: tuple[Family, ...] = (demanded_value, forbidden_value, control_count, stated_values)
"""Families of sentences on the value of a field, or how often a control is used: each sentence of a text for itself."""

SPECIAL: tuple[Family, ...] = (
    users_conditions,
    required_field,
    field_value,
    money_limit,
    order_of_acts,
    consent_first,
    bounded_count,
    disclosure,
    forbidden_place,
    forbidden_control,
)
"""Families of one kind of sentence each, in order: the more its sentence says, the earlier it is tried."""

LEAVE: tuple[Family, ...] = (consent_first, bounded_count)
"""Families whose sentences the reading knows as bans; they read what names its acts by examples or by controls."""
