"""Puts the value of a secret in the place of its name, at the last moment and only where it may go."""

from __future__ import annotations

from harmonyguard.runs.secrets import Secrets, how_to_give, say_known
from harmonyguard.steps import MESSAGES, Action, GuardError, Observation, Secret, secrets_named, with_secrets

from .hosts import url_allowed


class SecretRefused(GuardError):
    """A secret was named where its value may not go. Nothing was done; the agent is told why."""


def filled_in(action: Action, secrets: Secrets, page: Observation) -> Action:
    """The action with values in the place of names. An action that names no secret comes back as it is.

    Raises SecretRefused for a name that nobody declared, for one without a value, and for one that may not go into
    this field, on this page, or to where the form is sent. A message to the user keeps the name.
    """
    everything = [action.value, action.url, *map(str, action.arguments.values())]
    named = tuple(dict.fromkeys(name for text in everything for name in secrets_named(text)))
    if not named or action.type in MESSAGES:
        return action
    if action.type != "fill" or action.value is None:
        raise SecretRefused(f"{action.type}: a secret can only be filled into a field, not be part of this act")
    values: dict[str, str] = {}
    for name in named:
        secret = secrets.find(name)
        if secret is None:
            raise SecretRefused(f"there is no secret {name}; {say_known(s.name for s in secrets.known)}")
        _check_place(secret, action, page)
        value = secrets.value(name)
        if value is None:
            raise SecretRefused(how_to_give(secret, {}))
        values[name] = value
    return action.model_copy(update={"value": with_secrets(action.value, values)})


def _check_place(secret: Secret, action: Action, page: Observation) -> None:
    target = page.element(action.ref)
    form = page.form_of(target)
    goes_to = form.action if form is not None else None
    places = [page.url, target.frame if target is not None else None, goes_to]
    for place in places:
        if place and not url_allowed(place, secret.hosts):
            raise SecretRefused(f"the secret {secret.name} may go to {', '.join(secret.hosts)} only, not to {place}")
    if not secret.any_field and (target is None or target.input_type != "password"):
        raise SecretRefused(f"the secret {secret.name} may go into password fields only (any_field is not set for it)")
