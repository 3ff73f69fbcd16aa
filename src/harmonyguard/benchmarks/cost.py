"""What one decision costs as the book of policies grows, beside one bare Cedar decision over the same whole set.

Books are made from sentences through the offline compiler, the same for the same seed. Most of their policies do not
match an act, as in a company's book. Times are processor time, so that other work on the machine counts little, and
noisy all the same: compare medians and ratios of one run.
"""

from __future__ import annotations

import asyncio
import gc
import random
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from statistics import median, quantiles

from harmonyguard.policies.book import PolicyBook
from harmonyguard.policies.cedar import CompiledPolicies, Facts
from harmonyguard.policies.index import PolicyIndex
from harmonyguard.policies.policy import Policy, Source, policy_id
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.steps import Record, Situation
from harmonyguard.utility_agent.agent import UtilityAgent, compiled_policies
from harmonyguard.utility_agent.facts.act import Act
from harmonyguard.utility_agent.facts.answers import answer, facts_of
from harmonyguard.utility_agent.facts.clues import clues_of_atom, clues_shown_by

from .cost_situations import page_text, situations

SIZES = (10, 100, 1_000, 10_000)


class Cost(Record):
    """Figures for one size of book. Times are milliseconds for one decision, seconds where the name says so.

    `matching` is the median number of policies that may be violated by an act. `bound` is three times the bare
    decision plus one millisecond.
    """

    policies: int
    matching: float
    bare_median: float
    rules_median: float
    rules_p95: float
    decision_median: float
    decision_p95: float
    ratio: float
    bound: float
    reading_seconds: float
    indexing_seconds: float


def book_of(size: int, seed: int = 0) -> list[Policy]:
    """So many policies with different texts, the same for the same seed."""
    chooser = random.Random(seed)  # noqa: S311 - sentences, not secrets
    policies: dict[str, Policy] = {}
    while len(policies) < size:
        text = _sentence(chooser, numbered=len(policies) >= 5 * len(_THINGS))
        source = Source(document="handbook.md", sha256="0" * 64, quote=text)
        identity = policy_id(source.document, text)
        if identity not in policies:
            policies[identity] = Policy(id=identity, description=text, sources=(source,), rule=compile_rule(text))
    return list(policies.values())


def measure(
    sizes: Sequence[int] = SIZES, seed: int = 0, repeats: int = 5, step: Callable[[str], None] = lambda _: None
) -> list[Cost]:
    """Time decisions on books of these sizes; each of the acts is judged `repeats` times. `step` hears of each size."""
    costs = []
    for size in sizes:
        costs.append(_measure(size, seed, repeats))
        step(f"{size:,} policies")
    return costs


def _measure(size: int, seed: int, repeats: int) -> Cost:
    started = time.perf_counter()
    policies = book_of(size, seed)
    read = time.perf_counter()
    PolicyIndex(policies, clues_of_atom)
    indexed = time.perf_counter()
    book = PolicyBook.of(policies)
    index, whole, agent = compiled_policies(book), CompiledPolicies(policies), UtilityAgent()
    acts = situations()
    matching = [len(_rules(index, situation)) for situation in acts]
    known = [Facts(yes=facts_of(Act(situation), whole.atoms.values()).yes) for situation in acts]
    with asyncio.Runner() as runner:

        def decide(situation: Situation) -> None:
            verdict = runner.run(agent.evaluate(situation, book))
            assert verdict.error is None, verdict.error

        # Every round is on pages of its own: what is remembered of a page must not flatter the figures.
        rounds = [situations(page_text(first=1_000 * number)) for number in range(1, 2 * repeats + 3)]
        bare = _times([partial(whole.bounds, facts) for facts in known] for _ in range(repeats + 1))
        rules = _times([partial(_rules, index, situation) for situation in acts] for acts in rounds[: repeats + 1])
        decisions = _times([partial(decide, situation) for situation in acts] for acts in rounds[repeats + 1 :])
    return Cost(
        policies=size,
        matching=median(matching),
        bare_median=_ms(median(bare)),
        rules_median=_ms(median(rules)),
        rules_p95=_ms(_p95(rules)),
        decision_median=_ms(median(decisions)),
        decision_p95=_ms(_p95(decisions)),
        ratio=round(median(decisions) / median(bare), 2),
        bound=_ms(3 * median(bare) + 0.001),
        reading_seconds=round(read - started, 3),
        indexing_seconds=round(indexed - read, 3),
    )


def _rules(index: PolicyIndex, situation: Situation) -> frozenset[str]:
    """The rules tier alone, from the situation on: nothing of the act is known from an earlier time."""
    act = Act(situation)
    return index.evaluate(clues_shown_by(act), partial(answer, act)).bounds.possible


def _times(rounds: Iterable[Sequence[Callable[[], object]]]) -> list[float]:
    """Seconds of processor time of each call, but for those of the first round: nothing in them waits."""
    times: list[float] = []
    gc.collect()
    gc.disable()  # as `timeit` does: the books of the benchmark itself would be walked again and again
    try:
        for number, calls in enumerate(rounds):
            for call in calls:
                started = time.thread_time()
                call()
                if number:
                    times.append(time.thread_time() - started)
    finally:
        gc.enable()
    return times


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)


def _sentence(chooser: random.Random, *, numbered: bool) -> str:
    thing = f"{chooser.choice(_KINDS)} {chooser.choice(_THINGS)}" if chooser.random() < 0.7 else chooser.choice(_THINGS)
    text = chooser.choice(_SENTENCES).format(
        thing=thing,
        name=f"{chooser.choice(_ACTS)} {thing}".title(),
        other=chooser.choice(_THINGS),
        sum=chooser.randrange(20, 20_000, 10),
        act=chooser.choice(_ACTS),
        host=f"{chooser.choice(_KINDS)}-{chooser.choice(_THINGS)}.example".replace(" ", "-"),
        team=chooser.choice(_TEAMS),
    )
    # A large book says the same of many sites and teams.
    return f"{text[:-1]} on behalf of {chooser.choice(_TEAMS)}." if numbered and chooser.random() < 0.3 else text


_SENTENCES = (
    "Agents must not {act} {thing}s.",
    "Never {act} a {thing} without the approval of {team}.",
    "The agent must ask the user for permission before it may {act} a {thing}.",
    "Do not share {thing} details with external parties.",
    "Do not send {thing}s to customers.",
    "Payments for {thing}s above ${sum} are prohibited.",
    "Purchases above ${sum} must be approved by the user.",
    'Do not click the "{name}" button.',
    "Agents must not visit https://{host}.",
    "Agents must not enter passwords in the {thing} form.",
    "Closed {thing}s must not be modified.",
    "Users under 18 must not buy {thing}s.",
    "Do not {act} more than three {thing}s.",
    "Agents are prohibited from uploading {thing}s to {other} pages.",
    "Agents must not change the {thing} settings.",
    "It is forbidden to cancel {thing}s for {team}.",
    "Do not export {thing} lists.",
    "Only {team} may approve {thing}s.",
    "The agent must not execute {thing} scripts.",
    "Do not invite external users to {thing} projects.",
)
_ACTS = "delete create update send share archive publish approve cancel export upload merge rename close assign".split()
_TEAMS = "finance,the legal team,support,human resources,the data office,sales,procurement,security".split(",")
_KINDS = """legacy regional quarterly internal external premium seasonal archived pending confidential draft annual
    corporate wholesale retail temporary shared primary secondary experimental clinical municipal academic industrial
    foreign domestic signed insured audited reserved""".split()
_THINGS = """ticket invoice report order customer issue comment contract campaign product refund shipment booking
    coupon account voucher payroll warehouse pipeline repository dashboard newsletter survey webinar license patent
    lease vehicle passport prescription diagnosis laboratory syllabus transcript grant donation auction catalogue
    warranty complaint subscription playlist photo calendar meeting roster timesheet budget forecast ledger audit
    certificate firewall server database backup cluster gateway sensor drone turbine reactor quarry harvest orchard
    vineyard brewery bakery kitchen restaurant menu recipe allergen hotel suite flight cabin luggage visa itinerary
    cruise ferry tram depot signal bridge tunnel permit zoning parcel mortgage annuity dividend portfolio hedge claim
    premium referral vaccine implant transplant hospice trial specimen reagent thesis scholarship tuition dormitory
    stadium league referee trophy museum exhibit sculpture archive manuscript podcast trailer festival""".split()
