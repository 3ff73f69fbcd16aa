"""What is paid with must hold enough: "if a gift card is used, its balance must cover the total amount"."""

from __future__ import annotations

import re

from harmonyguard.policies.rule import Rule

from .acts import LASTING
from .among_sentences import among_sentences
from .building import NOT, any_of, clean, just, term

_CARD = (
    r"(?:(?:gift|prepaid|debit|credit|travel|store|loyalty) (?:card|certificate|voucher|credit|account|point)s?"
    r"|(?:card|voucher|certificate|wallet|account|coupon|purse|points?)s?)"
)
_MEANS = rf"(?P<means>{_CARD})"
_BALANCE = r"(?:balance|credit|funds|money|value|sum|remaining (?:balance|amount|value))"
_ENOUGH = r"(?:enough|sufficient|an? (?:sufficient|high enough|large enough|big enough))"
_COVERS = r"(?:cover|pay(?: for)?|meet|settle|reach|suffice for|be enough for)(?:s|es)?"
_SUM = (
    r"(?:the |its |their |all of the |this )?(?:full |whole |total |new |entire )*(?P<sum>(?:total )?(?:amount|price"
    r"|cost|sum|fees?|bill|purchase|order|transfer|payment|total)(?: difference)?|(?:price )?difference|surcharge)"
    r"(?: (?:due|of .+|to be paid))?"
)
_THE = r"(?:an? |the |any |their |its |this )?"
_MUST = r"(?:must|has to|have to|needs? to|should)"
_USED = r"(?:used|charged|accepted|chosen|taken|redeemed)"
_LESS = r"(?:(?:(?:is|of) )?(?:lower|less|smaller) than|(?:is )?(?:below|under))"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^(?:if|when|whenever|where) .*?\b{_MEANS}\b[^,]*, (?:it|they|its {_BALANCE}|the (?:[a-z]+ )?{_CARD}) {_MUST}"
        rf" (?:have |hold |carry |contain )?(?:{_ENOUGH} {_BALANCE} )?(?:to )?{_COVERS} {_SUM}$",
        rf"^{_THE}{_MEANS} (?:{_MUST} |(?:may|can) only )(?:be used (?:only )?(?:if|when|where) (?:it|they) )?"
        rf"(?:have|has|holds?|carry|contains?) {_ENOUGH} {_BALANCE} (?:to {_COVERS}|for) {_SUM}$",
        rf"^{_THE}{_MEANS} (?:may|can|must|should)(?: only)? be {_USED}(?: only)?"
        rf" (?:if|when|where|as long as|provided(?: that)?) (?:its|the|their) {_BALANCE} {_COVERS} {_SUM}$",
        rf"^(?:the )?{_BALANCE} (?:of|on) {_THE}{_MEANS} {_MUST} {_COVERS} {_SUM}$",
        rf"^(?:{NOT}) (?:charge|use|accept|debit|pay with|redeem|take) {_THE}{_MEANS} (?:whose|with a|if its|when its)"
        rf" {_BALANCE}(?: that)? (?:{_LESS}|(?:does|do) not {_COVERS}) {_SUM}$",
    )
)


def enough_balance(statement: str) -> Rule | None:
    """A rule against paying with such a means when it holds less than the sum."""
    return among_sentences(statement, _of_sentence)


def _of_sentence(sentence: str) -> Rule | None:
    text = clean(sentence)
    match = next((found for form in _FORMS if (found := form.match(text))), None)
    if match is None:
        return None
    kind = match["means"].removesuffix("s")
    to = "difference" if "difference" in match["sum"] or "surcharge" in match["sum"] else "total"
    short = term("quantity", f"{kind} balance", "less", to)
    return Rule(when=(*any_of("effect", LASTING), just(short)))
