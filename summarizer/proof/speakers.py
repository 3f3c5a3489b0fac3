"""Whether a sentence lets a given party say given words.

A directed look: the party and the words are known, and only whether they belong
together is asked. That is easier than finding a speaker, and errs less: a phrase that
no grammar here can read is simply not shown, and speaks against nobody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from schemas.evidence import Span
from summarizer.reading.english import verbs
from summarizer.reading.english.parties import Directory
from summarizer.reading.values import Mention
from summarizer.text import quotes, words

_MOST_BETWEEN = 9
"""Words between a speaker and the verb, asides between commas left out."""

_ASIDE = re.compile(r"\([^()]{1,80}\)|,[^,;:“”\"]{1,160},|[—–][^—–]{1,160}[—–]")
_TRAILING = re.compile(
    r"(?i)(?:\s|,|\b(?:has|have|had|is|are|was|were|be|been|will|would|did|does|do|also|later|then|again|"
    r"once|twice|first|who|which|not|never|both|all|(?!(?:daily|weekly|monthly|family|ally|assembly|rally|july)\b)\w+ly|on \w+day|\w+day|yesterday|last \w+|this \w+|"
    r"earlier|recently|still|now|repeatedly|himself|herself|itself|themselves)\b)*$"
)
_BREAK = re.compile(
    r"[;:“”\"?!]|\.\s|\b(?:that|because|when|while|after|before|if|but)\b"
)
_INVERTED = re.compile(
    r"(?i)(?:said|says|say|added|adds|wrote|writes|explained|explains|insisted|insists|replied|recalled)$"
)
_OBJECT_FIRST = re.compile(r"(?i)\s*(?:to|that|it|he|she|they|in|on|at|of)\b")
_ACCORDING = re.compile(r"(?i)\b(?:according to|in the words of|in the view of)\s+")
_SAYING_NOUN = (
    r"(?:statements?|reports?|stud(?:y|ies)|surve?ys?|research|findings?|analysis|claims?|calls?|appeals?|demands?|"
    r"accusations?|allegations?|comments?|remarks?|words|letters?|announcements?|warnings?|criticism|objections?|plans?|"
    r"pledges?|promises?|offers?|proposals?|decisions?|rulings?|denials?|view|position|hopes?|fears?|doubts?|opinion|"
    r"estimates?|figures?|forecasts?|spokes\w+|lawyers?)"
)
_OWNED = re.compile(rf"(?i)[’']s?\s+(?:[\w-]+\s+){{0,3}}{_SAYING_NOUN}\b")
_OF_ITS_OWN = (
    r"(?:statements?|words|view|position|opinion|remarks?|comments?|letters?|rulings?|decisions?|claims?|demands?|"
    r"proposals?|findings?|spokes\w+|lawyers?)"
)
"""Nouns whose "of" names who says it; "criticism of X" is aimed at X."""

_OF_NOUN = re.compile(
    rf"(?i)\b(?:{_SAYING_NOUN}\s+(?:\w+\s+){{0,2}}(?:by|from)|{_OF_ITS_OWN}\s+(?:\w+\s+){{0,2}}of)"
    r"\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){0,5}$"
)
_DONE_BY = re.compile(
    r"(?i)(?P<verb>\w+)\s+by\s+(?:the\s+|an?\s+)?(?:(?!of\b)[\w’'-]+\.?\s+){0,4}$"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A phrase that a sentence shows to speak, and the word that shows it."""

    speaker: Mention
    cue: Span
    says: bool
    """True for verbs of saying, asking and taking a stand; "wants" may be told of it."""


@cache
def _cue_pattern() -> re.Pattern[str]:
    forms = [f for form in ("speech", "requests") for f in _verbs(form)]
    return words.compiled(forms)


def _verbs(section: str) -> Iterator[str]:
    for name, entries in words.lists(section).items():
        if name == "nominal":
            continue
        for verb in entries:
            if verb not in _MODALS:
                yield from map(re.escape, words.forms(verb))


_MODALS = frozenset({"must", "should", "need to", "ought to", "require", "apply for"})
"""Who "must" do something is asked, and says nothing."""


@cache
def _base_forms() -> frozenset[str]:
    return frozenset(
        words.forms(verb)[0]
        for section in ("speech", "requests", "stance")
        for name, entries in words.lists(section).items()
        if name != "nominal" and section != "stance"
        for verb in entries
    ) | {
        "support",
        "back",
        "fear",
        "welcome",
        "plan",
        "call",
        "want",
        "show",
        "prefer",
        "like",
        "favor",
        "favour",
        "oppose",
        "expect",
    }


@cache
def _stance_pattern() -> re.Pattern[str]:
    listed = [p for entries in words.lists("stance").values() for p in entries]
    own = [
        re.escape(f)
        for verb in ("find:found", "show:showed,shown", "rule", "want", "defend", "see:saw", "plan",
                     "know:knew", "prefer", "seek:sought", "call", "counter", "forecast",
                     "expect", "fear", "like", "love", "regret", "deplore", "object",
                     "point", "decide", "conclude", "argue", "reserve", "offer", "express",
                     "determine", "issue", "publish", "lodge", "file", "post", "tweet")
        for f in words.forms(verb)
    ]  # fmt: skip
    return words.compiled([*listed, *own])


def cues(text: str, sentence: Span) -> list[Span]:
    """List the words of saying and asking of a sentence outside its quotations."""
    return _verbs_in(text, sentence, _cue_pattern())


def stances(text: str, sentence: Span) -> list[Span]:
    """List the words by which a sentence ascribes a stance or a finding."""
    return _verbs_in(text, sentence, _stance_pattern())


def _verbs_in(text: str, sentence: Span, pattern: re.Pattern[str]) -> list[Span]:
    """Find the words of a pattern outside quotations; names and nouns are no verbs."""
    inside = quotes.find(text, sentence)
    return [
        Span(start=m.start(), end=m.end())
        for m in pattern.finditer(text, sentence.start, sentence.end)
        if not any(q.start <= m.start() < q.end for q in inside)
        and (m.group()[0].islower() or m.start() == sentence.start)
        and not _NOUN_BEFORE.search(text[max(0, m.start() - 12) : m.start()])
        and not verbs.goes_on(text, m.start())
    ]


_NOUN_BEFORE = re.compile(
    r"(?i)(?:\b(?:their|his|her|its|our|the|these|those|any|no|of|an?|tak(?:e|es|en|ing)|took)|[’']s|s[’'])\s+$"
)
"""What stands before a noun: "their claims" are nobody's claiming."""


def cue_of(text: str, sentence: Span, speaker: Mention) -> Span | None:
    """Find the word by which a sentence lets *speaker* say, hold or want something."""
    for cue in (*cues(text, sentence), *stances(text, sentence)):
        subject = (
            _before(text, speaker.span, cue)
            and not _disagree(text, speaker, cue)
            and stands_bare(text, speaker.span, cue)
        )
        if subject or _after(text, cue, speaker.span):
            return cue
    return _noun(text, sentence, speaker.span)


def _before(text: str, who: Span, cue: Span) -> bool:
    """Tell whether a phrase is the subject of a verb behind it."""
    if who.end > cue.start or re.match(r"[’']s?\b", text[who.end :][:2]):
        return False
    if _OBJECT_OF.search(text[max(0, who.start - 20) : who.start]):
        return False
    if _NO_SUBJECT.search(text[who.end : cue.start]) or _is_passive(text, who, cue):
        return False
    gap = _ASIDE.sub(" ", text[who.end : cue.start])
    gap = _TRAILING.sub("", gap)
    gap = re.sub(r"^\s*,\s*(?:who|which)\b", "", gap)
    if _BREAK.search(gap) or len(gap.split()) > _MOST_BETWEEN:
        return False
    return not _is_finite(gap)


@cache
def _told_of() -> frozenset[str]:
    """List the verbs that are told of a party rather than say something for it."""
    plain = ("want", "like", "love", "see:saw", "know:knew", "plan", "expect", "fear",
             "prefer", "seek:sought", "show:showed,shown", "reserve", "offer")  # fmt: skip
    return frozenset(f.lower() for verb in plain for f in words.forms(verb))


def tells(text: str, cue: Span) -> bool:
    """Tell "found" and "shown", which tell what somebody says, from "wants"."""
    return cue.of(text).lower() not in _told_of() and not any(
        words.pattern("stance", name).fullmatch(cue.of(text))
        for name in words.lists("stance")
    )


def _opener(text: str, sentence: Span, saying: list[Span]) -> Voice | None:
    """Read the words before a sentence's first verb of saying as its speaker.

    Only people and things that are told of here for the first time: "two people familiar
    with the matter", "Consumer groups". "Her opponents" may be anybody.
    """
    if not saying:
        return None
    cue = min(saying, key=lambda c: c.start)
    lead = _ASIDE.sub(" ", text[sentence.start : cue.start])
    lead = _TRAILING.sub("", lead.rsplit(",", 1)[-1]).strip()
    lead = re.sub(r"^(?:But|And|Meanwhile|However|Yet|So|Now)\s+", "", lead)
    many = lead.split()
    if not 1 <= len(many) <= _MOST_BETWEEN or _is_finite(lead) or _BREAK.search(lead):
        return None
    head = re.split(r"\s(?:of|at|from|in|for|with|who|familiar|close|by|on)\s", lead)[0]
    plural = re.fullmatch(r"[A-Z][a-z-]+(?: [a-z-]+)*s|[A-Z]?[a-z]+ people", head)
    if not plural and not _INDEFINITE.match(lead):
        return None
    start = text.find(many[0], sentence.start, cue.start)
    if start < 0:
        return None
    span = Span(start=start, end=min(cue.start, start + len(lead)))
    return Voice(Mention(span, span, "described"), cue, says=True)


_INDEFINITE = re.compile(
    r"(?i)(?:an?|one|another|two|three|four|five|\d+|several|some|many|most|few|other|both)\s(?!of\b)"
)


def _disagree(text: str, speaker: Mention, cue: Span) -> bool:
    """Tell whether a verb in its base form follows one party: "enjoyed support"."""
    if cue.of(text).lower() not in _base_forms():
        return False
    core = speaker.core.of(text)
    joined = " and " in text[speaker.span.start : cue.start]
    before = text[max(0, speaker.span.start - 40) : speaker.span.start]
    joined = joined or re.search(r"\band\s+(?:the\s+)?$", before) is not None
    return not (joined or core.endswith(("s", "people", "police", "they", "I")))


def is_noun(text: str, cue: Span) -> bool:
    """Tell "full defence support" from "they support": a base form that follows no subject."""
    if cue.of(text).lower() not in _base_forms():
        return False
    return _MAY_PRECEDE.search(text[max(0, cue.start - 40) : cue.start]) is None


_MAY_PRECEDE = re.compile(
    r"(?i)(?:^|[,;:.—–“”\"]|\b(?:to|not|will|would|can|could|may|might|must|should|shall|do|does|did|and|or|but|also|both|all|"
    r"I|we|you|they|who|that|which|people|police|men|women|\w+n[’']t|\w+ly|\w+s))\s*$"
)
"""Before a verb in its base form: its subject, an auxiliary, an adverb."""

_OBJECT_OF = re.compile(
    r"(?i)\b(?:on|in|at|to|from|with|by|about|against|into|over|under|between|than)\s+(?:the\s+|an?\s+)?$"
)
"""Before a phrase that is no subject: "what she saw on Facebook shows"."""

_NO_SUBJECT = re.compile(
    r"\bto\s+(?:\w+ly\s+)?$"
    r"|,\s+(?:we|I|he|she|they|you)\s+(?:(?:have|has|had|would|will|also|\w+ly)\s+)*$"
)
"""Before a verb in the infinitive ("asked Chad to recall its envoy"), or with a subject of
its own ("in letters to Chad, we have asked")."""


def _is_passive(text: str, who: Span, cue: Span) -> bool:
    """Tell "was asked", of which the phrase before is no asker."""
    done = re.search(
        r"(?:ed|told|sworn|said|sought|found|shown|seen|known|held|thought)$",
        cue.of(text).lower(),
    )
    before = re.search(
        r"\b(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+)?$",
        text[who.end : cue.start],
    )
    return done is not None and before is not None


def _is_finite(gap: str) -> bool:
    """Tell whether a stretch holds a verb of its own, so that it parts two clauses."""
    if _cue_pattern().search(gap):
        return True
    return any(w.lower() in _finite_words() for w in re.findall(r"[\w’']+", gap))


@cache
def _finite_words() -> frozenset[str]:
    lists = words.lists("function_words")
    return frozenset([*lists["auxiliaries"], *lists["common_verbs"]])


def _after(text: str, cue: Span, who: Span) -> bool:
    """Tell whether a phrase is the subject of a verb before it: "…, said Jupiter"."""
    if who.start < cue.end or not _INVERTED.search(cue.of(text)):
        return False
    gap = text[cue.end : who.start]
    if _OBJECT_FIRST.match(gap) or "," in gap or _BREAK.search(gap):
        return False
    return len(gap.split()) <= _MOST_BETWEEN and not _is_finite(gap)


def stands_bare(text: str, who: Span, cue: Span) -> bool:
    """Tell a name that is itself the subject from one that tells of another's noun.

    "The US daily wrote", "the Clinton campaign said", "…, it said" let neither speak.
    """
    if who.end > cue.start:
        behind = re.match(
            r"\s+(?!(?:of|in|at|on|for|from|to|as|who|and|during|after|late|last|this|yesterday)\b)[a-z]+",
            text[who.end :],
        )
        return behind is None
    gap = _TRAILING.sub("", _ASIDE.sub(" ", text[who.end : cue.start])).strip()
    return not gap or _GOES_ON.match(gap) is not None


_GOES_ON = re.compile(
    r"(?:,\s*)?(?:of|in|at|on|for|from|with|who|which|and|[(])(?!.*\b(?:he|she|it|they|we|who|which)$)"
)
"""What may follow a name within the phrase that speaks."""


def is_plain(verb: str) -> bool:
    """Tell the plain verbs of saying, which follow what is said: "…, X said"."""
    return _PLAIN.fullmatch(verb) is not None


_PLAIN = re.compile(
    r"(?i)(?:said|says|say|added|adds|told|reported|announced|wrote|explained)"
)


def _noun(text: str, sentence: Span, who: Span) -> Span | None:
    """Find a noun of saying beside a phrase: "its report", "calls by", "according to"."""
    owned = _OWNED.match(text, who.end, sentence.end)
    lead = text[sentence.start : who.start]
    if owned is not None and len(lead) < _EARLY and not _is_finite(lead):
        return Span(start=owned.start(), end=owned.end())
    before = text[sentence.start : who.start]
    noun, done = _OF_NOUN.search(before), _DONE_BY.search(before)
    if done is not None and not (
        _cue_pattern().fullmatch(done["verb"])
        or _stance_pattern().fullmatch(done["verb"])
        or (done["verb"] in _MADE and done.start() < _EARLY)
    ):
        done = None
    for found in filter(None, (noun, done)):
        return Span(
            start=sentence.start + found.start(), end=sentence.start + found.end()
        )
    for found in re.finditer(_ACCORDING, before):
        rest = before[found.end() :]
        if len(rest.split()) <= _MOST_BETWEEN and not re.search(r"[,;:]|\.\s", rest):
            return Span(
                start=sentence.start + found.start(), end=sentence.start + found.end()
            )
    return None


_EARLY = 60
"""Code points from the start of a sentence in which "Campbell’s claims" may lead it."""

_MADE = frozenset(
    {
        "produced",
        "published",
        "released",
        "issued",
        "made",
        "written",
        "conducted",
        "carried out",
        "compiled",
        "drafted",
        "contained",
    }
)
"""What is done to a report by those who speak in it."""


def voices(directory: Directory, index: int) -> list[Voice]:
    """List who else a sentence shows to speak: the nearest phrase of each verb."""
    article = directory.article
    sentence = article.sentences[index].span
    inside = quotes.find(article.text, sentence)
    asides = [
        a.span() for a in _ASIDE.finditer(article.text, sentence.start, sentence.end)
    ]
    here = [
        m
        for m in directory.within(sentence)
        if not m.nested
        and not any(q.start <= m.span.start < q.end for q in inside)
        and not any(a < m.span.start and m.span.end < b for a, b in asides)
    ]
    found: list[Voice] = []
    saying = cues(article.text, sentence)
    taking = stances(article.text, sentence)
    saying += [c for c in taking if c.of(article.text).lower() not in _told_of()]
    if (opener := _opener(article.text, sentence, saying)) is not None:
        found.append(opener)
    for cue in (*saying, *(c for c in taking if c not in saying)):
        before = [m for m in here if _before(article.text, m.span, cue)]
        if before and _disagree(article.text, before[-1], cue):
            continue
        after = [
            m for m in here if m.form != "pronoun" and _after(article.text, cue, m.span)
        ]
        if before:
            found.append(Voice(before[-1], cue, cue in saying))
        elif after:
            found.append(Voice(after[0], cue, cue in saying))
    return found


def asks_at(text: str, sentence: Span, who: Mention) -> bool:
    """Tell whether a phrase is the subject of a verb of asking, or says that one must."""
    return any(
        _before(text, who.span, c) and not _disagree(text, who, c)
        for c in _verbs_in(text, sentence, _asking_pattern())
    )


def asker(directory: Directory, index: int, what: Span) -> Mention | None:
    """Find whose verb of asking the words of a request follow: its nearest subject."""
    text = directory.article.text
    sentence = directory.article.sentences[index].span
    here = [m for m in directory.within(sentence) if not m.nested]
    cues_before = [
        c for c in _verbs_in(text, sentence, _asking_pattern()) if c.end <= what.start
    ]
    said = [*cues(text, sentence), *stances(text, sentence)]
    for cue in reversed(cues_before):
        if any(cue.end <= other.start < what.start for other in said):
            return None  # "after X asked, aides suggested that …"
        subjects = [
            m
            for m in here
            if _before(text, m.span, cue) and not _disagree(text, m, cue)
        ]
        if subjects:
            return subjects[-1]
    return None


def asks_by_noun(text: str, sentence: Span, who: Mention) -> bool:
    """Tell whether a noun of asking is a phrase's own: "calls by X", "X’s appeal"."""
    before = text[sentence.start : who.span.start]
    after = text[who.span.end : sentence.end]
    return _ASKING_BY.search(before) is not None or _ASKING_OWN.match(after) is not None


_ASKING_NOUN = (
    r"(?:calls?|appeals?|demands?|requests?|pleas?|petitions?|orders?|bid|ultimatum)"
)
_ASKING_BY = re.compile(
    rf"(?i)\b{_ASKING_NOUN}\s+(?:by|from|of)\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){{0,4}}$"
)
_ASKING_OWN = re.compile(rf"(?i)[’']s?\s+(?:[\w-]+\s+){{0,2}}{_ASKING_NOUN}\b")


def is_asked(text: str, sentence: Span, who: Mention) -> bool:
    """Tell whether a phrase is the object of a verb of asking, or must do something."""
    before = text[sentence.start : who.span.start]
    after = text[who.span.end : sentence.end]
    for cue in _verbs_in(text, sentence, _asking_pattern()):
        gap = text[cue.end : who.span.start] if cue.end <= who.span.start else None
        if gap is not None and _TO_OBJECT.fullmatch(gap):
            return True
    if _ADDRESSED.search(before):
        return True
    if _ADVISED.search(before) and re.match(r"\s+(?:(?:not\s+)?to|against)\b", after):
        return True
    passive = re.match(
        r"\s+(?:has |have |had )?(?:was|were|is|are|been|being)\s+(?:\w+ly\s+)?(?P<verb>\w+)\b(?!\s+for\b)",
        after,
    )
    if passive and _asking_pattern().fullmatch(passive["verb"]):
        return True
    modal = re.match(
        r"\s+(?:(?:will|would|may)\s+)?(?:must|should|needs? to|needed to|ought to|has to|have to)\b",
        after,
    )
    return modal is not None and bool(before.strip())


_ADDRESSED = re.compile(
    r"(?i)\b(?:told|tells|tell|emailed|contacted|pitched|wants?|wanted|invit(?:e|es|ed)|(?:proposed|wrote|appealed|sent .{0,20}) to|"
    r"(?:time|call|calls|called|appeal|plea) for)\s+(?:the\s+|an?\s+|its\s+|his\s+|her\s+)?(?:[\w’'-]+\s+){0,2}$"
)
"""Before a phrase: words by which something is put to it."""

_ADVISED = re.compile(
    r"(?i)\b(?:warn|advis|remind|caution|direct|expect|instruct|implor|beg|persuad|pressur)(?:e|es|ed|s|ing)?\s+(?:the\s+|an?\s+|its\s+|his\s+|her\s+|their\s+|all\s+)?(?:[\w’'-]+\s+){0,2}$"
)
"""Before a phrase that "to" or "not to" follows: words that move somebody to do it."""

_TO_OBJECT = re.compile(
    r"(?i)\s+(?:(?:on|upon|to|from|at|with)\s+)?(?:the\s+|an?\s+|its\s+|his\s+|her\s+|their\s+)?(?:[\w’'-]+\s+){0,2}"
)


@cache
def _asking_pattern() -> re.Pattern[str]:
    return words.compiled(_verbs("requests"))
