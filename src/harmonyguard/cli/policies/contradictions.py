"""`harmonyguard policies contradictions`: policies of the book that cannot both be kept."""

from __future__ import annotations

from harmonyguard.cli.options import BookOption, JsonOption


def contradictions(book: BookOption = None, as_json: JsonOption = False) -> int:
    """Pairs of policies in force that cannot both be kept, of one document or of several.

    They are found by their words and never merged. Where both have the same authority, retire one of the two.

    Example: harmonyguard policies contradictions --json
    """
    from harmonyguard.cli.engines import no_policies
    from harmonyguard.cli.output import counted, emit_json, paragraph
    from harmonyguard.cli.words.contradiction_words import contradiction_lines, what_to_do
    from harmonyguard.cli.words.policy_words import print_lines
    from harmonyguard.policies.log import PolicyLog
    from harmonyguard.policy_agent import find_contradictions
    from harmonyguard.settings import load_settings

    place = load_settings({"book": book}).book
    with PolicyLog.open(place, create=False) as log:
        in_force = log.book()
    if not in_force.policies:
        raise no_policies(place)
    found = find_contradictions(in_force.policies)
    if as_json:
        emit_json({"version": in_force.version, "contradictions": [one.to_json() for one in found]})
        return 0
    by_id = {policy.id: policy for policy in in_force.policies}
    for one in found:
        print_lines(contradiction_lines(one, by_id))
    count = counted(len(found), "contradiction") if found else "No contradictions"
    paragraph(f"{count} among {counted(len(in_force.policies), 'policy', 'policies')}. {what_to_do(found)}".rstrip())
    return 0
