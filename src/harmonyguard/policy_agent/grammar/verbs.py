"""The verbs of instructions, and their forms, for the offline reading of imperatives and of present-tense rules."""

from __future__ import annotations

VERBS = frozenset(
    """
    branch collapse memoize lint stub batch inline paginate backport
    abide abort accept access accompany accumulate achieve acknowledge acquire act activate adapt add address
    adhere adjust administer adopt advance advertise advise affix agree aim alert align allocate allow alter
    amend analyse analyze announce anonymise anonymize answer apologise apologize appeal apply appoint approach
    approve archive arrange arrive ask assemble assert assess assign assist assume attach attempt attend audit
    augment authenticate authorize automate avoid await back back-up backup ban base be beware bill blank block
    blur book bookmark borrow breach bring broadcast browse bundle burn buy bypass calculate call cancel cap capture
    carry categorise categorize cease centre certify change charge chase check choose cite claim clarify
    classify clean clear click climb clip close code coil collaborate collect combine comment commission commit
    communicate compare compile complete comply compose compress conceal concentrate condense conduct confirm
    conform connect consider consolidate construct consult consume contact contain continue contribute control
    convene convert convey cook cool cooperate coordinate copy correct count cover create credit critique cross
    cut cycle deactivate debug decide decline decontaminate dedicate deduct defer define delay delegate delete deliver
    demonstrate deny deploy deposit deprecate derive descale describe design desist destroy detach detail detect
    determine develop deviate devote dial differentiate dilute direct disable discard discharge disclose
    disconnect discontinue discuss disinfect dismiss dispatch display dispose dispute distribute divide do
    document donate double double-check download draft drain draw dress drink drive drop dry duplicate eat edit
    educate elect elevate eliminate email embed embrace employ enable enclose encode encourage encrypt enforce
    engage enquire enrol enroll ensure enter enumerate equip erase err escalate establish evacuate evaluate
    exceed exchange exclude execute exempt exercise exert exit expect expire explain export expose extract face
    factor fasten favor favour feed fetch file fill filter find finish fit fix flag flush focus fold follow fork
    formulate forward freeze fulfil fulfill fund gain gather generalise generalize generate get give glance
    govern grab grade grant greet group guarantee guard guide halt hand handle harvest hash haul have heat help
    hide highlight hire hold honor honour host identify ignore illustrate immerse impersonate implement import
    improve include incorporate increase increment indemnify index indicate infer inflate inform initiate inject
    input inquire insert insist inspect install instruct insulate insure integrate interact intercept
    interrogate interrupt introduce inventory invest investigate invite invoke involve isolate issue iterate
    join judge jump justify keep kill knock label land launch lay lead learn leave lend let lift light limit
    link list listen load loan locate lock lodge log look lower maintain make manage mandate manipulate map mark
    mask match measure meet memorise memorize mention merge message migrate mind minimise minimize mirror
    mitigate mix mock modify monitor mount move mute name narrow navigate neglect negotiate nest nominate
    normalize note notify number obey obfuscate observe obtain offer offset omit open operate optimise optimize
    order organise organize outline override overwrite own pack paint park part participate pass paste patch
    patrol pause pay perceive perform permit persist phone photograph pick pilot pin pipe pipette place plan
    point position post pour practise pre-approve predict prefer preheat prepare prescribe present preserve
    press pretend prevent print prioritise prioritize proceed process procure produce profile program prohibit
    project promote prompt proofread propose protect prove provide prune pseudonymize publish pull purchase
    purge push put quantify quarantine query queue quit quote raise ramp rank rate rationalise reach reactivate
    read reassign rebase rebook reboot recall receive recertify reclaim recognise recognize recommend recommit
    reconcile record recover recruit recycle redact redirect reduce refactor refer reference refill reflect
    reformat refrain refresh refuel refund refuse regard regenerate register rehearse reimburse reinstate
    reissue reject relate release relinquish relocate rely remain remap remediate remedy remember remind remit
    remount remove rename render renew rent reopen reorder repair repay repeat rephrase replace replicate reply
    report reproduce request require rescan reschedule rescue research resell resend reserve reset reside resign
    resist resolve respect respond restart restate restrict resubmit resume retain retest rethink retire retract
    retrieve retry return reuse revalidate reveal revert review revise revoke reward rewrite ride ring rinse rip
    roll rotate round route run safeguard sample sanitise sanitize satisfy save say scale scan schedule score
    scroll scrub seal search seat secure see seek segment seize select sell send separate serve service set
    settle sever sew shake share shield ship shop show shred shut sidestep sift sign silence simplify simulate
    sit size sketch skip slow smoke soak solicit solve sort source space speak specify spell spend spill splash
    split spray spread squash stack staff stage stand standardise standardize start state stay step sterilise
    sterilize stick stir stop store stow strap stream strengthen stress stretch strip strive structure study
    submit subscribe substitute subtract sum summarise summarize supervise support suppress surface surrender
    survey suspend sustain swap sweep swipe switch sync tackle tag tailor take talk tap target taste teach tear
    tell template terminate test text thank think threaten throttle throw tidy tie time tolerate top touch tour
    tow trace track trade trail train transcribe transfer translate transmit trap travel treat triage trigger
    trim trust try tune turn type uncheck undergo understand undertake undo unfold unify uninstall unload unlock
    unpack unpin unplug unset unsubscribe unwrap update upgrade uphold upload upskill use utilize vaccinate
    validate value vary vent ventilate verify vet view visit visualise void volunteer vote wait waive wake walk
    warm warn warrant wash water wear wedge weigh weld whitelist widen win wind wipe withdraw withhold work wrap
    write yield zip
    """.split()
)

NOUN_TOO = frozenset(
    """
    access address advance advertise alert appeal approach attempt audit back backup ban base bill blank block
    book bookmark breach broadcast bundle burn call cap capture change charge claim clean clear clip code
    comment compress conduct contact control cook cool copy correct count cover credit cross cut cycle debug
    delay deposit design detail direct dispatch display dispute document double download draft draw dress drink
    drive duplicate email exchange exercise exit export face factor feed file filter fit fix flag focus fold
    fork freeze fund gain glance grade group guarantee guard guide halt hand harvest hash haul heat help
    highlight hire honor honour host import increase index input insert interrupt issue judge jump kill label
    land launch lead light limit link list load loan lock lodge log look mandate map mark match measure message
    mind mix mock mount move mute name number offset order outline own pack paint park part pass paste patrol
    permit phone photograph pick pilot pin pipe place plan point position post pour practice present press print
    process profile program project prompt prune pull purchase push query queue quote ramp rank rate recall
    record reference refund regard release rent reply report request rescue reserve return review reward ride
    ring rip roll round route run sample scale scan schedule score scrub seal search seat service set shake
    share shield ship show shred sign silence size sketch skip smoke soak sort source space split spray spread
    stack staff stage stand start state stay step stick stir stop store stream stress stretch strip structure
    study sum support survey swap sweep swipe switch tag talk tap target taste tear template test text thank tie
    time top touch tour tow trace track trade trail train transfer trap travel treat trigger trim trust tune
    turn type update upload use vent view visit void vote wait wake walk warrant wash water wind work wrap zip
    """.split()
)
"""Verbs that are nouns as often: an instruction only when no noun's company follows."""

ADJECTIVE_TOO = frozenset("clean clear close complete direct dry live lower narrow open secure separate slow".split())
"""Verbs that are adjectives as often: "Open data is ..." orders nothing."""

NOT_AFTER_A_VERB = frozenset(
    """
    and are by can cannot for from had has have in is may must of or require requires shall should that to was
    were will
    """.split()
)


def third_person(word: str) -> str | None:
    """The verb of which this is the third person ("employs", "carries"), or None."""
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and (verb := word[: -len(ending)] + instead) in VERBS:
            return verb
    return None


def participle(word: str) -> str | None:
    """The verb of which this is the regular past participle ("stored", "tagged"), or None."""
    if not word.endswith("ed"):
        return None
    stem = word[:-2]
    candidates = [stem, f"{stem}e"]
    if stem.endswith("i"):
        candidates.append(f"{stem[:-1]}y")
    if len(stem) > 2 and stem[-1] == stem[-2]:
        candidates.append(stem[:-1])
    return next((verb for verb in candidates if verb in VERBS), None)
