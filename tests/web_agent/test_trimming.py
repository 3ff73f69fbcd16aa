"""What is kept of a text that is too long to show."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from harmonyguard.web_agent.browser.trimming import LONGEST_LINE, within_budget


def snapshot(lines: int) -> str:
    return "\n".join(f"- button 'Row {number}' [ref=e{number}]" for number in range(lines))


def test_a_text_that_fits_is_kept_as_it_is() -> None:
    kept = within_budget(snapshot(10), 10_000)
    assert (kept.text, kept.left_out, kept.digest) == (snapshot(10), "", "")


def test_the_part_around_the_last_act_is_kept_and_the_digest_is_over_the_whole() -> None:
    text = snapshot(10_000)
    kept = within_budget(text, 20_000, acted_on="e7000")
    assert "[ref=e7000]" in kept.text and "[ref=e6950]" in kept.text and "[ref=e0]" in kept.text
    assert "[ref=e5000]" not in kept.text and "lines left out]" in kept.text
    assert kept.digest == hashlib.sha256(text.encode()).hexdigest()
    assert kept.left_out.startswith("The page is too long to show")


def test_what_changed_is_kept_before_what_did_not() -> None:
    before = snapshot(10_000)
    after = before.replace("'Row 9000'", "'Row 9000, failed'")
    kept = within_budget(after, 5_000, before=frozenset(before.splitlines()))
    assert "'Row 9000, failed'" in kept.text


def test_a_long_line_is_cut_and_told() -> None:
    kept = within_budget("x" * 1_000_000, 200_000)
    assert len(kept.text) < LONGEST_LINE + 100 and kept.left_out and "characters]" in kept.text


@given(st.lists(st.text(max_size=40), max_size=60), st.integers(0, 400), st.integers(0, 60))
def test_the_budget_holds_and_lines_stay_in_order(lines: list[str], most: int, acted: int) -> None:
    text = "\n".join(lines)
    kept = within_budget(text, most, acted_on=f"e{acted}")
    own = [line for line in kept.text.splitlines() if not line.startswith("[... ")]
    assert sum(map(len, own)) <= most or kept.text == text
    rest = iter(text.splitlines())
    assert all(line in rest for line in own)
