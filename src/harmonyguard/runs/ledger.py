"""What a run has done so far, folded from its journal. Graph state shows it; only this is believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from harmonyguard.steps import Action, ConsentRequest, Event, Grant, Observation, Verdict, digest_of

from .journal import JournalEvent

_MAY_LAST = frozenset({"click", "dblclick", "press", "drag_and_drop", "upload_file", "tool_call", "unknown"})
_LEAVES_NOTHING = frozenset({"read", "navigate", "search"})


class Ledger:
    """Derived history of one run.

    `step_verdict_of` is the digest of the action that was judged last in this step, and `verdict` the verdict on it;
    `step` is the last step begun (0 before the first); `open_acts` maps the step of an act that began and of which
    nobody said how it ended to its action; `unknown_acts` are page and target of the acts that a crash cut off and that
    may have left something behind; `acts_with_effects` says that the act under way may leave something behind, and
    `revisions` counts rejected proposals of the whole run.
    """

    def __init__(self, events: Iterable[JournalEvent] = ()) -> None:
        self.step = 0
        self.history: tuple[Event, ...] = ()
        self.grants: tuple[Grant, ...] = ()
        self.visited_hosts: frozenset[str] = frozenset()
        self.observation: Observation | None = None
        self.observation_digest = ""
        self.verdict: Verdict | None = None
        self.step_verdict_of: str | None = None
        self.instructions_seen = False
        self.acted_steps: frozenset[int] = frozenset()
        self.open_acts: dict[int, Action] = {}
        self.unknown_acts: tuple[tuple[str, str], ...] = ()
        self.acts_with_effects = False
        self.violations = 0
        self.revisions = 0
        self.step_revisions = 0
        self.judge_calls = 0
        self.finished: dict[str, Any] | None = None
        for event in events:
            self.apply(event)

    def apply(self, event: JournalEvent) -> None:
        """Take one more event of the journal into account."""
        payload = event.payload
        if event.kind == "observed":
            self.step = event.step
            self.step_revisions = 0
            self.step_verdict_of = None
            page = page_in(payload)
            self.observation = Observation.model_validate(page)
            self.observation_digest = digest_of(page)
            self._visit(self.observation.url)
        elif event.kind == "judged":
            self._judged(payload)
        elif event.kind == "acting":
            self.acted_steps |= {event.step}
            action = self.open_acts[event.step] = Action.model_validate(payload["action"])
            self.acts_with_effects = _may_last(action, payload.get("effects", ()))
            self._use_grants(payload.get("grants_used", ()), payload["permit"])
        elif event.kind in ("acted", "act_failed"):
            self._settled(event)
        elif event.kind == "consent_answered":
            self._answered(event)
        elif event.kind == "reflected":
            self.revisions += 1
            self.step_revisions += 1
        elif event.kind == "finished":
            self.finished = payload

    def matching_grants(
        self, effects: Iterable[str], target: str, *, page: str, within: tuple[str, ...]
    ) -> tuple[int, ...]:
        """Positions of the unused grants that an act with these effects on this target would use up.

        `page` is the address of the page that the act is on, `within` the `path` of its target.
        """
        wanted = set(effects)
        return tuple(
            position
            for position, grant in enumerate(self.grants)
            if grant.used_by is None
            and grant.request.effect in wanted
            and _same(grant.request.target, target)
            and grant.is_on(page, within)
        )

    def may_have_happened(self, action: Action, effects: Iterable[str], *, page: str, target: str) -> bool:
        """True for an act on the page, or on a target of the name, of one that a crash cut off: it may be a repeat."""
        known = any(page == where or _same(target, name) for where, name in self.unknown_acts)
        return known and _may_last(action, effects)

    def _judged(self, payload: dict[str, Any]) -> None:
        self.verdict = Verdict.model_validate({k: v for k, v in payload.items() if k in Verdict.model_fields})
        self.step_verdict_of = payload["action_digest"]
        self.instructions_seen = self.instructions_seen or bool(payload.get("instructions_seen"))
        self.judge_calls += self.verdict.judge_calls
        if self.verdict.violated and self.verdict.outcome != "allow":
            self.violations += 1

    def _settled(self, event: JournalEvent) -> None:
        payload = event.payload
        action = self.open_acts.pop(event.step, None) or Action.model_validate(payload["action"])
        target = payload.get("target") or {}
        failed = event.kind == "act_failed"
        if payload.get("unknown") and _may_last(action, payload.get("effects", ())):
            self.unknown_acts += ((payload.get("page") or "", target.get("name") or ""),)
        self.history += (
            Event(
                type=action.type,
                text=action.value if action.type in ("send_msg_to_user", "ask_user", "finish") else None,
                value=action.value,
                element_role=target.get("role"),
                element_name=target.get("name"),
                url=action.url if action.type == "goto" else payload.get("page"),
                name=action.name,
                arguments=action.arguments,
                effects=tuple(payload.get("effects", ())),
                error=payload.get("error"),
            ),
        )
        if payload.get("said"):
            self.history += (Event(type="tool_output", name=action.name, text=payload["said"]),)
        if payload.get("url"):
            self._visit(payload["url"])
        if failed and not payload.get("unknown"):
            # A retry after a failed act is not a new use of the leave that was given.
            self.grants = tuple(
                g.model_copy(update={"used_by": None}) if g.used_by == payload["permit"] else g for g in self.grants
            )

    def _answered(self, event: JournalEvent) -> None:
        payload = event.payload
        said = f"{payload['answer']}. {payload.get('text', '')}".strip() if payload["requests"] else payload["text"]
        self.history += (Event(type="user_message", text=said),)
        self.grants += tuple(
            Grant(
                request=ConsentRequest.model_validate(item["request"]),
                question=item["question"],
                step=item["step"],
                page=item.get("page", ""),
                used_by=item.get("used_by"),
            )
            for item in payload.get("grants", ())
        )

    def _use_grants(self, positions: Iterable[int], permit: str) -> None:
        used = set(positions)
        self.grants = tuple(
            grant.model_copy(update={"used_by": permit}) if position in used else grant
            for position, grant in enumerate(self.grants)
        )

    def _visit(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme in ("http", "https") and address.hostname:
            host = address.netloc.rpartition("@")[2].lower()
            self.visited_hosts |= {host}


def page_in(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The page in the payload of `observed`, without what the journal keeps beside it."""
    return {key: value for key, value in payload.items() if key in Observation.model_fields}


def _may_last(action: Action, effects: Iterable[str]) -> bool:
    known = frozenset(effects)
    # Effects that nobody knows are no effects here: they may be any.
    return action.type in _MAY_LAST and not (known and known <= _LEAVES_NOTHING)


def _same(left: str, right: str) -> bool:
    return " ".join(left.split()).casefold() == " ".join(right.split()).casefold()
