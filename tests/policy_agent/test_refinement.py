"""Statements stand alone: pronouns, definitions, cross-references and numbers; and quotes stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.documents import Document, DocumentElement
from harmonyguard.policies.policy import Policy, normalise_quote
from harmonyguard.policy_agent import PolicyAgent
from harmonyguard.policy_agent.grammar.antecedents import resolve
from harmonyguard.policy_agent.grammar.cross_references import LONGEST


@pytest.mark.parametrize(
    ("before", "text", "resolved"),
    [
        ("Contractors must register.", "They must not work alone.", "Contractors must not work alone."),
        ("The workspace must stay.", "It must not be deleted.", "The workspace must not be deleted."),
        (
            "Shared service accounts must be registered.",
            "Such accounts must not be used by hand.",
            "Shared service accounts must not be used by hand.",
        ),
        (
            "Agents must protect customer payment information.",
            "This information must not be copied.",
            "Customer payment information must not be copied.",
        ),
        ("Tickets must be closed.", "However, they may be opened again.", "Tickets may be opened again."),
        ("Doors must be shut.", "It is prohibited to smoke.", "It is prohibited to smoke."),
        ("Doors must be shut.", "Windows must be shut.", "Windows must be shut."),
    ],
)
def test_what_is_certain_is_put_in(before: str, text: str, resolved: str) -> None:
    assert resolve(text, before) == resolved


@pytest.mark.parametrize(
    ("before", "text"),
    [
        # More than one thing could be meant.
        ("Devices must use passwords.", "They must be unique."),
        ("The agent must open the ticket.", "It must be closed."),
        # Number does not agree, or nothing fits.
        ("The agent must wait.", "They must not be disturbed."),
        ("You must lock the screen.", "They must be off."),
        ("Agents must protect records.", "This information must not be copied."),
        ("Agents must ask.", "Doing so is required."),
        (None, "They must be unique."),
    ],
)
def test_nothing_is_guessed(before: str | None, text: str) -> None:
    assert resolve(text, before) is None


def document(*elements: DocumentElement) -> Document:
    return Document(uri="yard.md", sha256="0" * 64, media_type="text/markdown", elements=elements)


def heading(text: str, *above: str) -> DocumentElement:
    return DocumentElement(kind="heading", text=text, headings=above)


def paragraph(text: str, *headings: str) -> DocumentElement:
    return DocumentElement(kind="paragraph", text=text, headings=headings)


def policies(*elements: DocumentElement) -> dict[str, Policy]:
    return {policy.clause: policy for policy in PolicyAgent().extract(document(*elements)).policies}


def test_the_sentence_before_stays_in_front_of_what_is_not_certain() -> None:
    text = "Devices must use passwords. They must be unique."
    assert policies(paragraph(text))["They must be unique."].description == text


def test_pronouns_are_followed_over_sentences_and_into_lists() -> None:
    found = policies(
        paragraph("Contractors must register. They must wear a badge. They must not:", "Yard"),
        DocumentElement(kind="list_item", text="work alone", headings=("Yard",), lead_in="They must not:"),
    )
    assert found["They must wear a badge."].description == "Contractors must wear a badge."
    assert found["work alone"].description == "Contractors must not: work alone"


def test_definitions_reach_other_sections_and_bring_along_what_they_need() -> None:
    found = policies(
        heading("Definitions"),
        paragraph('"Personal data" means information about a resident.', "Definitions"),
        paragraph('"Resident" means a person who lives in the yard.', "Definitions"),
        DocumentElement(kind="table_row", text="Vessel\tAny boat or raft", headings=("Definitions",)),
        DocumentElement(kind="list_item", text="Berth: a place for one boat", headings=("Definitions",)),
        paragraph('Information about cargo ("Cargo Data") is kept in the office.', "About"),
        paragraph("Guards must not publish personal data.", "Rules"),
        paragraph("Vessels must be locked in their berths.", "Rules"),
        paragraph("Guards must not sell cargo data.", "Rules"),
        paragraph("Guards must be polite.", "Rules"),
    )
    assert [text.split()[0] for text in found["Guards must not publish personal data."].definitions] == [
        '"Personal',
        '"Resident"',
    ]
    assert found["Vessels must be locked in their berths."].definitions == (
        "Vessel: Any boat or raft",
        "Berth: a place for one boat",
    )
    assert len(found["Guards must not sell cargo data."].definitions) == 1
    assert found["Guards must be polite."].definitions == ()


def test_what_a_statement_refers_to_is_at_hand() -> None:
    found = policies(
        heading("4.2 Quiet hours"),
        paragraph("Quiet hours are from ten to six.", "4.2 Quiet hours"),
        heading("Appendix B: Loud tools"),
        DocumentElement(kind="list_item", text="saws", headings=("Appendix B: Loud tools",), lead_in="Loud tools are:"),
        paragraph("7.1.3 The gate has two locks and one bell.", "Rules"),
        paragraph("Tools must not be used in the times of section 4.2.", "Rules"),
        paragraph("The tools listed in Appendix B must not be lent.", "Rules"),
        paragraph("Guards must test what clause 7.1.3 names.", "Rules"),
        paragraph('Guards must keep the "Quiet hours".', "Rules"),
        paragraph("Guards must follow Article 6 of the Harbour Act.", "Rules"),
        paragraph("Guards must read section 99.", "Rules"),
    )
    given_to = {policy.clause.removesuffix("."): policy.definitions for policy in found.values()}
    assert given_to["Tools must not be used in the times of section 4.2"] == (
        "4.2 Quiet hours: Quiet hours are from ten to six.",
    )
    assert given_to["The tools listed in Appendix B must not be lent"] == (
        "Appendix B: Loud tools: Loud tools are: saws",
    )
    assert given_to["Guards must test what clause 7.1.3 names"] == ("7.1.3 The gate has two locks and one bell.",)
    assert (
        given_to['Guards must keep the "Quiet hours"'] == given_to["Tools must not be used in the times of section 4.2"]
    )
    assert given_to["Guards must follow Article 6 of the Harbour Act"] == ()
    assert given_to["Guards must read section 99"] == ()


def test_a_part_does_not_refer_to_itself_and_long_parts_are_cut() -> None:
    found = policies(
        heading("5 Fire"),
        paragraph("Guards must keep section 5 in mind.", "5 Fire"),
        paragraph("Water is everywhere. " * 100, "5 Fire"),
        paragraph("Guards must learn section 5 by heart.", "Rules"),
    )
    assert found["Guards must keep section 5 in mind."].definitions == ()
    (part,) = found["Guards must learn section 5 by heart."].definitions
    assert len(part) <= LONGEST + len("5 Fire: ")


def test_numbered_clauses_keep_their_number_in_the_scope() -> None:
    found = policies(paragraph("4.2.1 Guards must lock the gate.", "4 Access"))
    (policy,) = found.values()
    assert (policy.scope, policy.description) == ("4 Access > 4.2.1", "Guards must lock the gate.")
    assert policy.clause == "4.2.1 Guards must lock the gate."


SENTENCES = st.sampled_from(
    [
        "Guards must lock the gate.",
        "They must not sleep.",
        "It is prohibited to smoke, see section 2.",
        "However, such guards may rest after noon only.",
        '"Gate" means a door.',
        "This gate must not be opened.",
        "4.1 Doing so is prohibited unless the warden agrees.",
        "We will help.",
    ]
)
ELEMENTS = st.builds(
    lambda sentences, heading: paragraph(" ".join(sentences), heading),
    st.lists(SENTENCES, min_size=1, max_size=4),
    st.sampled_from(["Definitions", "2 Doors", "Rules"]),
)


@given(st.lists(ELEMENTS, min_size=1, max_size=5))
def test_refinement_never_changes_a_quote_and_ids_stay(elements: list[DocumentElement]) -> None:
    whole = document(paragraph("Doors must be shut."), *elements)
    extraction = PolicyAgent().extract(whole)
    texts = [normalise_quote(element.text) for element in whole.elements]
    for policy in extraction.policies:
        assert policy.description
        for source in policy.sources:
            assert any(normalise_quote(source.quote) in text for text in texts)
    again = PolicyAgent().extract(whole.model_copy(update={"sha256": "1" * 64}))
    assert [policy.id for policy in again.policies] == [policy.id for policy in extraction.policies]
