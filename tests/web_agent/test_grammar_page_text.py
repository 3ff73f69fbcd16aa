"""Which part of a snapshot is running text."""

from __future__ import annotations

from harmonyguard.web_agent.grammar.page_instructions import text_blocks


def test_text_is_kept_and_names_of_controls_are_not() -> None:
    snapshot = "\n".join(
        [
            '- button "Delete" [ref=e1]',
            "- 'button \"Save: now\" [ref=e2]'",
            "- 'heading \"Error 500: wrong\" [level=1] [ref=e3]'",
            '- paragraph [ref=e4]: "It said: \\"no\\"."',
            "- text: Plain words",
            '- link "Help" [ref=e5]:',
            "  - /url: /help",
        ]
    )
    assert text_blocks(snapshot) == ('It said: "no".', "Plain words")


def test_plain_visible_text_is_taken_line_by_line() -> None:
    assert text_blocks("One line.\n\n  Another.") == ("One line.", "Another.")
