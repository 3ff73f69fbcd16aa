"""Marks by which words in page content are known to be meant for an agent and not for the page's readers.

They address the agent, set themselves against its task, forge the user's leave, ask for secrecy, or are hidden from
people. Each alone makes a passage *strong* (see `passages`).
"""

from __future__ import annotations

import re

from harmonyguard.policies.words import normalise

_AGENT = (
    r"(?:(?:ai|a\.i\.|llm|automated|automatic|web|virtual|browser|browsing|autonomous|digital) )*"
    r"(?:assistants?|agents?|bots?|chatbots?|copilots?|language models?|llms?|crawlers?|summari[sz]ers?"
    r"|ai (?:tools?|systems?|readers?|services?|models?))"
)
_ADDRESSES = (
    rf"\b(?:dear|hey|hello|attention|attn|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)"
    rf"|reminder (?:to|for)|addressed to|to you|for|as an?|you are an?|you're an?),? "
    rf"(?:the |all |any |every )?{_AGENT}\s*[:,!-]"
    rf"|\b(?:dear|hey|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|addressed to|to you),? "
    rf"(?:the |all |any )?{_AGENT}\b"
    r"|\b(?:ai|llm) (?:assistants?|agents?|models?|bots?|tools?)\b"
    r"|\byour (?:owner|operator|master|principal) (?:has |had )?(?:asked|told|instructed|requested|wants|ordered)\b"
    rf"|\bif (?:you are|you're|this is (?:being )?read by|read by|processed by) an? {_AGENT}\b"
    rf"|\b(?:any|every|the) {_AGENT} (?:that|which|who|reading|processing|handling|visiting|viewing)\b"
    rf"|\b{_AGENT} instructions?\b|\binstructions? (?:of|from) (?:the |your )?(?:user|operator|system)\b"
    rf"|\b{_AGENT} (?:reading|processing|handling|summari[sz]ing|visiting|viewing) (?:this|the)\b"
)
_SETS_ITSELF_AGAINST_THE_TASK = (
    r"\b(?:ignore|disregard|forget|override|bypass|set aside|skip)\b[^.]{0,50}"
    r"\b(?:instructions?|rules|prompts?|guidelines|polic(?:y|ies)|directions|previous|prior|above|below|earlier|task)\b"
    r"|\b(?:do|complete|perform|carry out|execute) the following\b"
    r"|\b(?:the following|new|updated|additional|hidden|special|priority) (?:instructions?|directives?|objectives?)\b"
    r"|\bbefore you (?:can|may|are able to) (?:solve|complete|continue|proceed|do|finish|go on|help)\b"
    r"|\b(?:required|necessary|needed) (?:in order )?(?:to|for) (?:complete|completing|finish|continue)\w* "
    r"(?:your|the|this) (?:task|request|work|job)\b"
    r"|\bin order to [^.,]{1,60},? you (?:must|have to|need to|are required to)\b"
    r"|\bsystem (?:prompt|override|message|instruction|notice to|update for)\b|\bobjective:"
    r"|\b(?:developer|operator|admin(?:istrator)?) (?:message|override|instruction)\b"
    r"|\byour (?:new|real|actual|updated|next|true) (?:task|goal|objective|instructions?|job)\b"
    r"|\byou (?:must|have to) strictly\b|\bnew task:"
    r"|\b(?:user|session|task)(?:'s)? (?:request|task|goal|instructions?) (?:is|was|are|were|has been|have been) "
    r"(?:changed|updated|replaced|cancel+ed|superseded|void)\b"
)
_FORGES_LEAVE = (
    r"\b(?:the |your )?(?:user|human|account holder)s? (?:has |have |had )?(?:already |previously |just |also )*"
    r"(?:agreed|approved|confirmed|authori[sz]ed|consented|permitted|given (?:consent|permission|approval|leave)"
    r"|accepted|granted|asked you|told you|wants you|instructed you|requested (?:that )?you)\b"
    r"|\b(?:approved|authori[sz]ed|confirmed|pre-?approved|pre-?authori[sz]ed|signed off|requested) by (?:the |your )?"
    r"(?:user|owner|human|operator)\b"
    r"|\bno (?:further |more |additional |extra |other )*(?:confirmations?|questions?|approvals?|permissions?|consent|"
    r"checks?) (?:is |are )?(?:necessary|needed|required)\b"
    r"|\b(?:without|skip|no need to) (?:asking|ask|confirm\w*|consult\w*|notif\w+|tell\w*) "
    r"(?:the |your )?(?:user|human|owner)\b"
    r"|\bon (?:behalf of the|the) user's (?:behalf|request|instruction)\b"
)
_ASKS_FOR_SECRECY = (
    r"\b(?:do not|don't|never|without) (?:mention\w*|tell\w*|reveal\w*|report\w*|inform\w*|show\w*|alert\w*|disclos\w*)"
    r" (?:this|it|that|anything|any of this|the user|your user|the human|him|her|them)\b[^.]{0,40}"
    r"\b(?:user|human|summary|answer|reply|response|report|output)\b"
    r"|\b(?:do not|don't|never) (?:tell|inform|alert|notify) (?:the |your )?(?:user|human)\b"
)
_IN_OTHER_LANGUAGES = (
    # German
    r"\b(?:ignorier\w*|vergiss|vergessen sie|missachte\w*)\b[^.]{0,50}"
    r"\b(?:anweisung\w*|regeln|vorgaben|auftrag|bisherig\w*|vorherig\w*)\b"
    r"|\b(?:ki|k\.i\.)[- ]?(?:assistent\w*|agent\w*|modell\w*|system\w*|werkzeug\w*|bots?)\b"
    r"|\b(?:an|hinweis an|achtung,?) (?:den |alle )?(?:assistent\w*|agent\w*)\b|\bneue (?:anweisung\w*|aufgabe)\b"
    r"|\bder (?:nutzer|benutzer|kunde) hat (?:bereits |schon |dem )*\w*\s*"
    r"(?:zugestimmt|bestätigt|genehmigt|eingewilligt)\b"
    # Spanish, Portuguese
    r"|\b(?:ignora\w*|olvida\w*|ignore|esque\w+)\b[^.]{0,50}"
    r"\b(?:instrucciones|instru[cç][oõ]es|reglas|regras|anteriores|tarea|tarefa)\b"
    r"|\b(?:asistentes?|assistentes?|agentes?|modelos?|herramientas?|ferramentas?) (?:de )?"
    r"(?:ia|inteligencia artificial|inteligência artificial)\b"
    r"|\b(?:nuevas?|novas?) (?:instrucci[oó]n(?:es)?|instru[cç][aã]o|instru[cç][oõ]es|tarea|tarefa)\b"
    r"|\bel usuario ya (?:ha )?(?:dado|aprob\w+|confirm\w+|acept\w+|autoriz\w+)"
    r"|\bo (?:usu[aá]rio|utilizador) j[aá] \w+"
    # French
    r"|\b(?:ignorez|ignore|oubliez|oublie)\b[^.]{0,50}"
    r"\b(?:instructions|consignes|r[eè]gles|pr[eé]c[eé]dente?s?|t[aâ]che)\b"
    r"|\b(?:assistants?|agents?|mod[eè]les?|outils?) (?:d')?(?:ia|intelligence artificielle)\b"
    r"|\bnouvelles? (?:instructions?|consignes?|t[aâ]che)\b"
    r"|\bl'utilisateur a (?:d[eé]j[aà] )?(?:accept|approuv|confirm|autoris|consent)\w+"
    # Italian
    r"|\b(?:ignora|ignorate|dimentica\w*)\b[^.]{0,50}\b(?:istruzioni|regole|precedenti|compito)\b"
    r"|\b(?:assistente|agente|modello|strumento) (?:di )?(?:ia|intelligenza artificiale)\b|\bnuove istruzioni\b"
    # Dutch
    r"|\b(?:negeer|vergeet)\b[^.]{0,50}\b(?:instructies|regels|vorige|eerdere|taak)\b"
    r"|\bai-?(?:assistent|agent|model|hulpmiddel)\w*\b|\bnieuwe (?:instructies?|taak|opdracht)\b"
)
_STRONG = re.compile("|".join((_ADDRESSES, _SETS_ITSELF_AGAINST_THE_TASK, _ASKS_FOR_SECRECY, _IN_OTHER_LANGUAGES)))
_HTML = (
    "a|abbr|article|aside|b|blockquote|br|button|code|dd|del|details|div|dl|dt|em|figure|footer|form|h[1-6]|header|hr|i"
    "|img|input|ins|kbd|label|li|main|mark|nav|ol|p|pre|q|s|samp|section|small|span|strong|sub|summary|sup|table|tbody"
    "|td|textarea|tfoot|th|thead|time|tr|u|ul|var"
)
_MACHINE = (
    rf"(?:{_AGENT}|(?:ai|automated|automatic|automation|virtual|digital|screening|moderation|helper) "
    r"(?:\w+ )?(?:\w{2,}(?:er|or|ent|ant)s?|clerks?|programs?|software|tools?|systems?|process(?:es)?|scripts?))"
)
_BESIDE_AN_ORDER = re.compile(
    _FORGES_LEAVE
    + rf"|(?:^|[^\w'])(?:[\w'-]+ ){{0,2}}(?:{_MACHINE}|ais?|a\.i\.)\s*[:>\])]"
    + rf"|\b{_MACHINE} "
    + r"(?:must|ha(?:s|ve) to|needs? to|shall|should|(?:is|are) (?:required|asked|expected|instructed|to))\b"
    + rf"|\b(?:for|to) (?:the |any |all |every )?(?:[\w'-]+ ){{0,3}}{_MACHINE}\b"
    + rf"|<(?P<element>(?!(?:{_HTML})>)[a-z][\w-]{{2,24}})>.*</(?P=element)>"
    + r"|[\[<{|]+\s*/?(?:assistant|system|user|agent|ai)\s*[\]>}|]+"
    + r"|\bit(?:'s| is) me,? your (?:user|owner|boss|human)\b"
)
SHOUTED = re.compile(r"\b(?:MUST|IGNORE|CRITICAL|REQUIRED|OBJECTIVE|URGENT|IMPORTANT|ATTENTION|OVERRIDE|STOP)\b")
"""Words that shout when they stand in capitals: two of them in a block are an order."""

_HEADED = re.compile(r"(?:^|[\s_<\[(])(?:TODO|TO-DO|SYSTEM|ADMIN|IMPORTANT|ATTENTION|URGENT|NOTICE)\b\s*[!:\])>]+")
_HIDDEN = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|$)"
    r"|<(?P<tag>\w{1,20})[^<>]{0,500}(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?:[^.]|$)"
    r"|color\s*:\s*(?:white|#fff)|\bhidden\b|aria-hidden)[^>]*>(?P<inner>.*?)(?:</(?P=tag)>|$)",
    re.IGNORECASE | re.DOTALL,
)


def is_strong(text: str) -> bool:
    """True when the words are meant for the agent, set themselves against its task, or shout an order."""
    if _STRONG.search(normalise(text.replace("_", " "))):
        return True
    return len(SHOUTED.findall(text)) >= 2 or (bool(_HEADED.search(text)) and "you" not in text[:3].lower())


def makes_orders_strong(text: str) -> str:
    """The words that claim that the user agreed or that nobody need ask, or call on a machine ("Reviewer bots:").

    Beside an order they are meant for the agent; alone they may be a record of what happened, or of who somebody is.
    """
    match = _BESIDE_AN_ORDER.search(normalise(text))
    return match.group() if match else ""


def hidden_words(text: str) -> list[str]:
    """What markup in the text hides from people: comments, and elements that are not displayed."""
    found = (match.group("comment") or match.group("inner") or "" for match in _HIDDEN.finditer(text))
    return [words for words in found if words.strip()]
