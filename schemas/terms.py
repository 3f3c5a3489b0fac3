"""The closed lists of terms that the draft and the briefing share."""

from typing import Literal

Section = Literal[
    "actors", "requests", "positions", "casualties", "developments", "open_questions"
]
Verdict = Literal["supported", "unconfirmed"]
"""What the proof says of an item that is shown. FEVER's third verdict, refuted, is that
of drafts which are withheld."""

FoundBy = Literal["model", "form", "both"]
"""Who found an item: a model's answer, the form of a sentence, or each by itself."""

ActorKind = Literal[
    "person",
    "government",
    "organisation",
    "armed_group",
    "igo",
    "media",
    "officials",
    "group",
]
Act = Literal[
    "support",
    "criticise",
    "accuse",
    "deny",
    "claim",
    "commit",
    "refuse",
    "neutral",
    "threaten",
    "warn",
    "announce",
    "assert",
]
CasualtyKind = Literal[
    "killed",
    "injured",
    "missing",
    "displaced",
    "evacuated",
    "detained",
    "abducted",
    "affected",
    "casualties",
]
Attribution = Literal[
    "anonymous",
    "named",
    "document",
    "media",
    "described",
    "institution",
    "outlet",
]
Sector = Literal[
    "GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "LEG",
    "MED", "EDU", "BUS", "CRM", "CVL", "REL", "IGO", "NGO", "ELI", "UAF",
]  # fmt: skip
"""PLOVER 2.0 sector codes."""

Force = Literal["request", "call", "demand"]
Mode = Literal["assist", "change", "yield", "meet"]
Modality = Literal["actual", "planned"]
Status = Literal["open", "accepted", "refused", "partial", "withdrawn"]
Form = Literal["direct", "mixed", "indirect", "narrated"]
ByStatus = Literal["stated", "alleged", "claimed", "denied"]
Comparator = Literal["=", ">=", ">", "<=", "<", "~"]
Victims = Literal["civilian", "combatant", "mixed", "unknown"]
Scope = Literal["event", "cumulative"]
Precision = Literal["day", "week", "month", "season", "year"]
Basis = Literal["explicit", "relative", "unresolved"]
QuestionKind = Literal[
    "no_comment",
    "unverified",
    "conflicting",
    "unanswered_request",
    "unsourced",
    "pending",
    "unspecified",
]
FlagReason = Literal["instruction", "fake_answer", "fake_message", "markup"]
ExclusionReason = Literal[
    "newsletter",
    "sign_up",
    "caption",
    "read_more",
    "credit",
    "heading",
    "cookie_notice",
    "advertisement",
    "share_links",
    "quoted_reply",
    "signature",
]
Check = Literal[
    "speakers",
    "requests",
    "harm",
    "numbers",
    "dates",
    "negation",
    "modals",
    "hedges",
    "anonymity",
    "no_comment",
    "names",
    "circumstances",
    "revisions",
    "left_open",
    "furniture",
    "orders",
    "agreement",
]
"""What code checks or reads by the words of a language, and cannot in all of them."""
