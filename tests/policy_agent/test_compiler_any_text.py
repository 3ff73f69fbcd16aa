"""Whatever a document says, it compiles to a rule that renders to Cedar, validates, and widens only."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from harmonyguard.policies.cedar import CompiledPolicies, cedar_text, validate
from harmonyguard.policy_agent.compiler import compile_rule
from harmonyguard.policy_agent.families.wording import plainly
from harmonyguard.utility_agent.facts.answers import facts_of
from tests.utility_agent.making import act, button, policy

WORDS = """do not never must may only if unless without before after when the a user users agent page ticket delete send
    refund 100 euros EUR 'internal' "critical" , . ; : ( ) such as ask permission confirm approval field priority is set
    to with reason status closed open under 18 members membership requires at most one two times exactly once error
    notify instructions content ignore password e-mail address external site navigate visit no any and or first then
    that which by of in for be been has have € $ 5.000,00 1.2.3 above below
    amount price quantities role guest or higher P2 new maximum bulk mass finalizing link between task
    only état ﬁle \u200b \x00 %s {x}""".split()

sentences = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
SITUATIONS = (act(button("Delete ticket")), act(tool="send_refund", arguments={"amount": "5"}), act(type="unknown"))


@settings(max_examples=400, deadline=None)
@example("Never set a price under € 1.2.3")
@example("\x00 : ask")
@given(sentences | st.text(max_size=200))
def test_any_text_compiles_renders_validates_and_can_be_answered(text: str) -> None:
    rule = compile_rule(text)
    assert rule.when, "a rule without a condition would forbid everything"
    assert all(group.terms for group in rule.when), "an empty group never holds: the policy would be lost"
    validate(rule, "p1")
    assert "forbid" in cedar_text(rule, "p1")
    compiled = CompiledPolicies([policy("x", rule=rule)])
    for one in SITUATIONS:
        compiled.bounds(facts_of(one, rule.atoms()))
    if rule.understood == "not":
        assert any(atom.kind == "judged" for atom in rule.atoms())


@given(sentences)
def test_plainer_words_stay_plain(text: str) -> None:
    once = plainly(text)
    assert plainly(once) is not None


def test_what_is_too_long_to_be_a_sentence_is_left_to_the_judge() -> None:
    for text in ("must not delete " * 400, "the user " * 1000, "a " * 4000 + "must only be deleted if closed"):
        assert compile_rule(text).understood == "not"
