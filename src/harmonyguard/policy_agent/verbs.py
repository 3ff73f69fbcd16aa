"""The verbs that open instructions, for the offline reading of imperatives."""

from __future__ import annotations

VERBS = frozenset(
    """
    abide accept access acknowledge act adhere adopt allow anonymise anonymize apologise apologize apply archive
    ask assess assign assume attach authenticate authorize avoid back backup base be beware block book browse
    bypass calculate call cancel cease change check choose cite classify clear click close collect communicate
    complete comply conduct confirm connect consult contact continue control cooperate coordinate copy create
    decide decline define delete deliver demonstrate deny deploy describe design destroy determine develop
    disable disclose disconnect discontinue discuss dismiss display dispose distribute do document double-check
    download drop edit educate eliminate email employ enable encourage encrypt enforce engage ensure enter erase
    escalate establish evacuate evaluate exclude execute exercise exit explain export expose extract fetch fill
    finish fix focus follow forward fulfil fulfill gather generate get give grant greet guard hand handle have
    help hide hold honor honour identify ignore impersonate implement include infer inform input inquire inspect
    install instruct interact introduce inventory investigate invite isolate issue justify keep label lead learn
    leave limit link list listen locate lock log look lower maintain make manage manipulate mark mask mention
    merge migrate minimise minimize mirror mitigate modify monitor move name navigate negotiate notify obey
    obfuscate observe obtain offer open operate order organise organize override pack participate patch pause
    pay perform permit persist pick place plan point post prefer prepare present preserve press pretend prevent
    print prioritise prioritize proceed process promote prompt proofread protect prove provide pseudonymize
    publish purchase purge put quarantine quit quote raise read reassign rebook reboot recommend reconcile
    record redact redirect reduce refer reference refrain refresh refund refuse regard register reject rely
    remain remediate remember remit remove rename renew repair repeat replace reply report request require
    research reset resolve respect respond restart restrict resume retain retrieve retry return reveal revert
    review revoke reward rinse rotate route run safeguard sanitize satisfy save scan schedule scroll search
    secure seek segment select send separate set share shield ship show shred shut sign skip solicit solve sort
    speak specify spell start state stay stick stop store strive structure study submit summarise summarize
    supervise support surface surrender suspend swap switch sync tag take tap target tell terminate test think
    threaten track train transcribe transfer translate transmit treat try turn type understand uninstall
    unsubscribe update upgrade upload use utilize validate value verify view visit wait warn wash wear weigh
    wipe withdraw withhold work write yield
    """.split()
)

NOUN_TOO = frozenset(
    """
    access back backup block book call change contact control copy design display document download email
    exercise input issue label limit list log mark move name place plan position post practice print process
    purchase quote record release reply report request return review run scan schedule search set share start
    state stop support tag test track train transfer type update upload use view visit work
    """.split()
)
"""Verbs that are nouns as often: an instruction only when no noun's company follows."""

NOT_AFTER_A_VERB = frozenset(
    """
    and are by can cannot for from had has have in is may must of or require requires shall should that to was
    were will
    """.split()
)
