"""Which verbs mean the same, finer than effects: "rename" and "move" both update, and neither is the other.

A rule on one verb is certain only of acts of its sense. Verbs without an entry ("change", "save") say an effect and
no sense of their own, so that they may stand for any.
"""

from __future__ import annotations

from functools import lru_cache

from .words import stem, words

_SENSES = """
    rename retitle rechristen
    move relocate shift
    close resolve solve conclude
    reopen re-open
    archive shelve
    unarchive restore recover undelete reinstate bring-back
    lock freeze
    unlock unfreeze
    assign allocate reassign delegate
    link associate relate affiliate interlink
    unlink dissociate disassociate
    unassign
    merge combine consolidate unify fold-together
    split divide separate
    approve accept authorise authorize countersign endorse
    reject decline refuse deny turn-down
    label tag categorise categorize classify
    untag
    like upvote favourite favorite heart
    downvote dislike
    rate score grade
    follow
    unfollow
    mark flag
    pin
    unpin
    star
    mute silence snooze
    reset
    replace swap exchange substitute overwrite
    extend renew prolong lengthen
    shorten curtail
    upgrade
    downgrade
    reschedule postpone rebook rearrange push-back
    reorder resort rearrange prioritise prioritize re-order
    escalate
    hide conceal
    cancel call-off revoke rescind annul
    delete remove erase purge wipe discard destroy trash throw-away throw-out bin drop expunge scrap shred clear
        take-off take-down strip
    deactivate disable switch-off turn-off suspend
    activate enable switch-on turn-on
    reactivate unsuspend resume-line resume-service resume-account resume-subscription resume-membership resume-card
    withdraw retract recall pull-back take-back
    block ban blacklist
    unblock unban
    refund reimburse pay-back give-back money-back
    compensate
    book reserve
    buy purchase order
    pay settle
    transfer wire remit
    subscribe
    unsubscribe opt-out
    donate
    tip
    redeem
    lend loan lend-out loan-out
    print
    export
    import
    download
    upload
    invite
    enrol enroll register sign-up
    forward
    reply answer respond
    publish post
    comment
    sign
    install
    uninstall
    deploy release
    commit push
    clone fork duplicate copy
    log-out sign-out logout signout log-off
    log-in sign-in login signin log-on
    promote
    demote
    hire
    fire dismiss lay-off
    translate
    encrypt
    decrypt
"""

_OF: dict[tuple[str, ...], str] = {}
for _line in " ".join(_SENSES.split("\n        ")).splitlines():
    for _entry in _line.split():
        _phrase = tuple(stem(word) for word in words(_entry.replace("-", " ")))
        _OF.setdefault(_phrase, words(_line)[0])
_LONGEST = max(map(len, _OF))


@lru_cache(maxsize=16384)
def senses_in(text: str) -> frozenset[str]:
    """The senses of the verbs that a label or phrase holds, each under its first verb."""
    stemmed = [stem(word) for word in words(text)]
    found: set[str] = set()
    position = 0
    while position < len(stemmed):
        for length in range(min(_LONGEST, len(stemmed) - position), 0, -1):
            sense = _OF.get(tuple(stemmed[position : position + length]))
            if sense is not None:
                found.add(sense)
                break
        position += length if sense is not None else 1
    return frozenset(found)
