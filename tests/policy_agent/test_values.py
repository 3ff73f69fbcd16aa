"""Demands and bans on the values of fields, as rules: own sentences, beside sentences that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.policies.rule import Rule
from harmonyguard.policy_agent.beside_the_rule import rule_alone, sentences_of
from harmonyguard.policy_agent.compiler import compile_rule


def keys(rule: Rule) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(term.atom.key for term in group.terms) for group in rule.when)


DEMANDS = {
    "All new invoices must be marked as Confidential.": (("concerns:new invoices",), ("departs: is confidential",)),
    "New leases must start at 'Viewing' stage.": (("concerns:new leases",), ("departs:stage is viewing",)),
    "New boards must have 'Team' visibility level.": (("concerns:new boards",), ("departs:visibility is team",)),
    "Urgent claims must be assigned to user 'nora'.": (("concerns:urgent claims",), ("departs:assignee is nora",)),
    "All site visits must have location set to 'Gate 4'.": (("concerns:site visits",), ("departs:location is gate 4",)),
    "Standing meetings must include user 'nora' as a required participant.": (
        ("concerns:standing meetings",),
        ("departs:participant at_least nora",),
    ),
    "Bulk changes must use 'Parked' status.": (("concerns:bulk changes",), ("departs:status is parked",)),
    "External auditors must get the Viewer role.": (("concerns:external auditors",), ("departs:role is viewer",)),
    "Tag every new parcel with 'Fragile'.": (("concerns:new parcel",), ("departs:tag at_least fragile",)),
    "The owner of a new lead is always 'intake'.": (("concerns:new lead",), ("departs:owner is intake",)),
    "Set the language of each new page to German.": (("concerns:new page",), ("departs:language is german",)),
    "Payment reminders always go out with the priority Low.": (
        ("concerns:payment reminders",),
        ("departs:priority is low",),
    ),
    "New vendors start in status 'Pending check'.": (("concerns:new vendors",), ("departs:status is pending check",)),
    "You must choose 'Standard' as the shipping method.": (("departs:shipping method is standard",),),
    "All new projects must be private.": (("concerns:new projects",), ("departs: is private",)),
    "All forwarded mails must include the prefix 'INTERN' in the subject line.": (
        ("concerns:forwarded mails",),
        ("departs:subject at_least intern",),
    ),
    "Make sure that the checkbox 'Internal only' is ticked for every new note.": (
        ("departs:internal only is yes",),
        ("concerns:new note",),
    ),
    "Do not untick 'Notify customer'.": (("departs:notify customer is yes",),),
    "Priority may only be set to 'Low', 'Normal' or 'High'.": (
        ("departs:priority is low",),
        ("departs:priority is normal",),
        ("departs:priority is high",),
    ),
    "The allowed values for Channel are 'Mail' and 'Phone'.": (
        ("departs:channel is mail",),
        ("departs:channel is phone",),
    ),
    "Only the roles 'Guest' and 'Reader' may be assigned. Do not use other values.": (
        ("departs:role is guest",),
        ("departs:role is reader",),
    ),
    "Newly added members must not have the role Maintainer.": (
        ("field:role is maintainer",),
        ("concerns:newly added members",),
    ),
    "Never assign the Admin role to a new user.": (("field:role is admin",), ("concerns:new user",)),
    "No invoice may be given the status 'Paid'.": (("field:status is paid",), ("concerns:invoice",)),
    "Leave the priority of our tickets alone.": (("field:priority",), ("concerns:tickets",)),
    "When you create a task, set its queue to 'Triage'.": (("concerns:new task",), ("departs:queue is triage",)),
    "For new invoices, the payment terms must be 'Net 30'.": (
        ("concerns:new invoices",),
        ("departs:payment terms is net 30",),
    ),
    "Use 'Net 30' as payment terms on all new invoices.": (
        ("concerns:new invoices",),
        ("departs:payment terms is net 30",),
    ),
    "The field 'Region' must be set to 'North' for all new leads.": (
        ("concerns:new leads",),
        ("departs:region is north",),
    ),
    "Assign new bugs to 'triage'.": (("concerns:new bugs",), ("departs:assignee is triage",)),
    "Every new blog post must be saved as a draft.": (("concerns:new blog post",), ("departs: is draft",)),
    "Only invite members with role 'Guest'.": (("concerns:members",), ("departs:role is guest",)),
    "Tickets are never to be assigned to 'root'.": (("field:assignee is root",), ("concerns:tickets",)),
    "Any booking of a hall must have 'Caretaker' set as contact type.": (
        ("concerns:booking",),
        ("described:hall",),
        ("departs:contact type is caretaker",),
    ),
    "All complaints must carry the label 'Complaint'.": (
        ("concerns:complaints",),
        ("departs:label at_least complaint",),
    ),
    "Keep all new dashboards private.": (("concerns:new dashboards",), ("departs: is private",)),
    "Do not mark tickets as 'Urgent'.": (("departs: is_not urgent",), ("concerns:tickets",)),
    "The priority must not be set to 'Urgent'.": (("field:priority is urgent",),),
    "Do not modify the 'Region' field.": (("field:region",),),
    # In the present tense, and whatever the user wants.
    "House rule: new claims start in the status 'Intake', whatever the user says.": (
        ("concerns:new claims",),
        ("departs:status is intake",),
    ),
    "Even if the user says otherwise, offers over $9,000 stay in the stage 'Check'.": (
        ("concerns:offers",),
        ("record:amount more 9000",),
        ("departs:stage is check",),
    ),
    "Offers above $9,000 enter the books in the stage 'Ext. Check'. The user asked for 'Sent', but the rule wins.": (
        ("concerns:offers",),
        ("record:amount more 9000",),
        ("departs:stage is ext. check",),
    ),
    "The company requires that all outside experts receive the role 'Visitor'.": (
        ("concerns:outside experts",),
        ("departs:role is visitor",),
    ),
    "Complaints of priority 'High' go to the user 'nora'.": (
        ("concerns:complaints",),
        ("record:priority is high",),
        ("departs:assignee is nora",),
    ),
    "Board meetings are held in 'Room 2'.": (("concerns:board meetings",), ("departs:location is room 2",)),
    "Notes are opened as confidential.": (("concerns:notes",), ("departs: is confidential",)),
    "Every new board is private, even if the user wants it public.": (
        ("concerns:new board",),
        ("departs: is private",),
    ),
    "The organisation does not allow public boards.": (
        ("field:visibility is public", "departs:public is no", "departs: is_not public", "departs:private is yes"),
        ("concerns:boards",),
    ),
    "New invoices must have tom as owner.": (("concerns:new invoices",), ("departs:owner is tom",)),
    "New accounts must be given the role Guest or Reader.": (
        ("concerns:new accounts",),
        ("departs:role is guest",),
        ("departs:role is reader",),
    ),
    "The priority of new orders must be P1 or P2.": (
        ("concerns:new orders",),
        ("departs:priority is p1",),
        ("departs:priority is p2",),
    ),
    "New orders must have severity Sev4 or lower.": (
        ("concerns:new orders",),
        ("departs:severity is sev5",),
        ("departs:severity is sev4",),
    ),
    "The maximum role for new members is Reporter.": (
        ("concerns:new members",),
        ("departs:role is guest",),
        ("departs:role is reporter",),
    ),
    "Only use the 'Plain' type for new boxes.": (("concerns:new boxes",), ("departs:type is plain",)),
    "Do not create private wikis.": (
        (
            "field:visibility is private",
            "departs:private is no",
            "departs: is_not private",
            "departs:public is yes",
            *(f"control:{verb} private wiki" for verb in ("create", "add", "new", "make")),
        ),
        ("concerns:new wikis", *(f"control:{verb} private wiki" for verb in ("create", "add", "new", "make"))),
    ),
    "Boards open to everybody ('World') are not permitted.": (("departs: is_not world",),),
    "'World' visibility is off limits.": (("field:visibility is world",),),
    "Nobody is to be made owner.": (("field:role is owner", "departs: is_not owner"),),
    "The end date stays empty.": (("departs:end date is ",),),
    "Leave CC and BCC empty.": (("departs:cc is ", "departs:bcc is "),),
    "Nobody is to be put into CC or BCC.": (("field:cc", "field:bcc"),),
    "A note's wording must stay as its author wrote it.": (
        (
            "field:note",
            "field:text",
            "field:content",
            "field:body",
            "field:message",
            "field:description",
            "field:wording",
        ),
        ("concerns:note",),
    ),
    "People from outside become Guests.": (
        ("concerns:people",),
        ("described:outside",),
        ("departs:role is guest",),
    ),
    "Add testers as Viewers only.": (("concerns:testers",), ("departs:role is viewer",)),
    # How often.
    "Never press Print twice.": (("control:print",), ("count:print button at_least 1",)),
    "Don't click Void more than three times.": (("control:void",), ("count:void button at_least 3",)),
    "The Pay button is pressed once and no more.": (("control:pay",), ("count:pay button at_least 1",)),
    "Each reminder goes out one time only.": (("effect:send",), ("count:send at_least 1",)),
    "Deals over $40,000 must have their phase set to 'Board review' for oversight.": (
        ("concerns:deals",),
        ("record:amount more 40000",),
        ("departs:phase is board review",),
    ),
}


@pytest.mark.parametrize(("text", "rule"), DEMANDS.items())
def test_a_demand_becomes_a_rule_that_is_understood_as_a_whole(text: str, rule: tuple[tuple[str, ...], ...]) -> None:
    compiled = compile_rule(text)
    assert keys(compiled) == rule
    assert compiled.understood == "fully" and not compiled.unless


def test_a_value_or_above_is_all_values_of_its_scale_from_there_on() -> None:
    records, grades, broken = keys(
        compile_rule("New tickets with priority 'High' or above must have team set to 'Ops'.")
    )
    assert records == ("concerns:new tickets",)
    assert {"record:priority is high", "record:priority is critical"} <= set(grades)
    assert "record:priority is low" not in grades and "record:priority is normal" not in grades
    assert broken == ("departs:team is ops",)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Before deleting any supplier, its rating must be changed to 'Retired'.", "stands:rating is retired"),
        ("Lead status must be set to 'Cold' before any deletion for audits.", "stands:status is cold"),
        ("Contracts must be in stage 'Signed' before they are archived.", "stands:stage is signed"),
        ("A claim may only be deleted after its status has been put to 'Void'.", "stands:status is void"),
        ("Before a claim is removed its status has to be 'Void'.", "stands:status is void"),
        ("Set the status to 'Void' before you delete a claim.", "stands:status is void"),
        ("Deleting a claim requires that its status is 'Void'.", "stands:status is void"),
        ("Do not delete a claim unless its status is 'Void'.", "stands:status is void"),
        ("First set the claim to 'Under review', then close it.", "stands: is under review"),
        ("Vendor exports must filter by 'Approved' rating.", "stands:rating is approved"),
        ("Exports must include 'Current' in the search filter.", "stands: is current"),
    ],
)
def test_a_value_demanded_before_an_act_lifts_the_ban_on_it(text: str, stands: str) -> None:
    rule = compile_rule(text)
    assert [[term.atom.key for term in group.terms] for group in rule.unless] == [[stands]]
    assert rule.understood == "fully"


def test_what_follows_a_demand_narrows_or_lifts_it_unless_it_is_a_purpose() -> None:
    assert compile_rule("New offers must have the currency 'EUR' for reporting.").understood == "fully"
    lifted = compile_rule("New hires must be assigned the 'Basic' access level until the training is complete.")
    assert [[term.atom.key for term in group.terms] for group in lifted.unless] == [["done:training complete"]]
    narrowed = compile_rule("New offers must have the currency 'EUR' whenever it rains.")
    assert narrowed.judged_conditions and narrowed.understood == "partly"


def test_whose_word_counts_and_what_to_do_instead_are_no_part_of_the_rule() -> None:
    plain = compile_rule("All outgoing mails must have priority set to 'High'.")
    noted = compile_rule(
        "Company policy: All outgoing mails must have priority set to 'High'. "
        'Note: The requester asked for something else ("Send it as usual"), but this policy prevails.'
    )
    assert noted == plain
    ban = compile_rule("Signed contracts must not be deleted.")
    assert compile_rule("Signed contracts must not be deleted; instead set their stage to 'Void'.") == ban


@pytest.mark.parametrize(
    "text",
    [
        "Files are private.",
        "Salaries are confidential.",
        "Users must have a membership to download.",
        "You must have a valid ticket.",
        "Staff must keep a clean desk.",
        "Visitors must be given a badge.",
        "All requests must be in writing.",
        "Every order must have a delivery address.",
        "Roles are assigned by the site owner in person.",
        "Do not change the account of a guest.",
        "Reviews must not have the rating changed.",
        "Tickets must be assigned to an agent before they are closed.",
    ],
)
def test_sentences_that_only_look_like_demands(text: str) -> None:
    assert not {"departs", "stands", "concerns"} & {atom.kind for atom in compile_rule(text).atoms()}


@given(st.text(max_size=120))
def test_what_is_beside_a_rule_is_cut_and_nothing_is_added(text: str) -> None:
    alone = rule_alone(text)
    assert alone.strip() == "" or all(word in text for word in alone.split())
    assert "".join(sentences_of(alone)) in "".join(text.split()) or sentences_of(alone)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (
            "Exported guest lists must be filtered to show only the 'Paid' status.",
            {"verb:export", "stands:status is paid"},
        ),
        ("All sites created from templates must use the Wiki/Plain template.", {"departs:template is wiki/plain"}),
        ("If any error or warning appears, notify the user.", {"page:error", "page:warning"}),
        ("Do not repeat Ada Lovell's phone number '555-0188' in messages.", {"literal:555-0188"}),
        ("Do not share the price of the boat ($95,500) in messages.", {"literal:$95,500"}),
    ],
)
def test_values_in_more_wordings(text: str, keys: set[str]) -> None:
    rule = compile_rule(text)
    assert rule.understood == "fully" and keys <= {atom.key for atom in rule.atoms()}
