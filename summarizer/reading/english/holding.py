"""Check one draft position, and read what the words around it show.

Where the sentence's form shows who speaks, the form wins over the draft. Where the
article itself ascribes a stance, a word of the sentence must say so.
"""

import re
from typing import cast

from schemas.draft import PositionDraft
from schemas.evidence import Span
from schemas.terms import Act
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.english.names.party_names import same
from summarizer.reading.values import (
    Attribution,
    Held,
    Known,
    Mention,
    Refusal,
)
from summarizer.text import quotes, words
from summarizer.text.locate import locate

GIST_WORDS = 20
_ORDER: tuple[Act, ...] = (
    "neutral", "deny", "refuse", "accuse", "threaten", "commit", "warn", "criticise",
    "support", "announce",
)  # fmt: skip
"""Where a statement shows several acts, the first of these counts: the more specific
and the more easily missed come first."""

_DANGLING = re.compile(
    r"(?i)^(?:and|or|but|the|an?|of|to|in|for|on|by|with|from|that|which|at|its|his|her|their|is|was|as)$"
)
_TARGETED = {
    "support",
    "criticise",
    "accuse",
    "threaten",
    "deny",
    "commit",
    "refuse",
    "neutral",
    "warn",
}
_SUBJECT_VERB = re.compile(
    r"^[’']?s?\s+(?:has|have|had|is|are|was|were|will|would|does|did|may|must|should|can|could|\w+s)\b"
)


def from_speech(
    directory: Directory, said: Attribution, draft: PositionDraft | None = None
) -> Held | Refusal:
    """Read the position in a statement that the sentence's form ascribes.

    Args:
        directory: Who is who in the article.
        said: The statement.
        draft: What the model made of it, when it was asked.
    """
    if said.speaker is None:
        return Refusal("no_speaker", "the text does not show who says it")
    return _stated(directory, said, said.speaker, draft)


def _stated(
    directory: Directory, said: Attribution, by: Mention, draft: PositionDraft | None
) -> Held:
    """Return the position that a speaker states, or voices for another party."""
    text = directory.article.text
    inner = _inner_holder(directory, said)
    sentence = directory.article.sentences[said.sentence].span
    act = said.act if said.act != "assert" else shown_act(said.content.of(text), draft)
    holder = inner or by
    is_quoted = said.form != "indirect"
    return Held(
        sentence=said.sentence,
        holder=holder,
        act=act,
        content=said.content,
        gist=gist(text, with_verb(text, said, act)),
        evidence=_hull([said.content, said.cue, by.span], sentence),
        form=said.form,
        quote=quotes.first_in(text, said.content) if is_quoted else None,
        target=_target(directory, said.content, holder, act),
        voiced_by=by if inner is not None else said.via,
        speaker=said.via or by,
        conditional=is_conditional(said.content.of(text)),
        medium=said.told,
        cue=said.cue,
        said_by=by.span,
    )


def from_narration(
    directory: Directory, index: int, draft: PositionDraft
) -> Held | Refusal:
    """Read a stance that the article itself ascribes to a party.

    Returns:
        The position, or why the sentence does not bear the draft out.
    """
    article = directory.article
    text, sentence = article.text, article.sentences[index].span
    if not draft.quote.strip():
        return Refusal("not_found", "no words are quoted")
    place = locate(draft.quote, text, sentence)
    if place is None:
        return Refusal(
            "not_found", f"the sentence does not say {_short(draft.quote)!r}"
        )
    holder = _holder_in(directory, sentence, draft.holder, place)
    if holder is None:
        return Refusal("speaker", f"the sentence ascribes nothing to {draft.holder!r}")
    stance = _ascribed(directory, sentence, holder, place, draft.holder)
    if isinstance(stance, Refusal):
        return stance
    return _narrated(directory, index, holder, place, stance)


def _ascribed(
    directory: Directory, sentence: Span, holder: Mention, place: Span, name: str
) -> tuple[Act, Span] | Refusal:
    """Find the act, and the word for it, that a sentence tells of a holder."""
    text = directory.article.text
    stance = _stance(text, Span(start=min(holder.span.end, place.start), end=place.end))
    if stance is None:
        return Refusal(
            "no_stance",
            f"no word of the sentence says that {name!r} holds or says this",
        )
    _, cue = stance
    if re.match(r"(?i)[“\"]?(?:if|unless|had|should)\s", sentence.of(text)) or (
        re.match(r"\s+by\b", text[cue.end : sentence.end])
    ):
        return Refusal(
            "no_stance", "a condition or a passive states no stance of theirs"
        )
    if not _is_subject(directory, holder, cue):
        return Refusal("speaker", f"the sentence says this of others than {name!r}")
    return stance


def _narrated(
    directory: Directory,
    index: int,
    holder: Mention,
    place: Span,
    stance: tuple[Act, Span],
) -> Held:
    """Return the position that the article itself ascribes to a holder."""
    text, sentence = directory.article.text, directory.article.sentences[index].span
    act, cue = stance
    told = Span(start=min(place.start, cue.start), end=max(place.end, cue.end))
    content = with_negation(text, told, sentence)
    return Held(
        sentence=index,
        holder=holder,
        act=act,
        content=content,
        gist=gist(text, content),
        evidence=_hull([content, holder.span], sentence),
        form="narrated",
        target=_target(directory, content, holder, act),
        conditional=is_conditional(content.of(text)),
        cue=cue,
    )


def with_verb(text: str, said: Attribution, act: Act) -> Span:
    """Keep the verb in the gist where the statement makes no sense without it."""
    between = text[said.cue.end : said.content.start]
    if said.form == "direct" or said.act in {"assert", "announce", "claim"}:
        return said.content
    if said.content.start < said.cue.end or len(between.split()) > 2 or act == "assert":
        return said.content
    return Span(start=said.cue.start, end=said.content.end)


def gist(text: str, content: Span) -> Span:
    """Cut a statement to `GIST_WORDS` words, at the border of a clause if there is one.

    Returns:
        A span inside *content*, without quotation marks around it.
    """
    words_of = content.of(text)
    lead = len(words_of) - len(words_of.lstrip("“”\"‘’' \n"))
    found = list(re.finditer(r"\S+", words_of[lead:]))
    if len(found) > GIST_WORDS:
        found = found[:GIST_WORDS]
        borders = [
            i for i, m in enumerate(found) if m.group()[-1] in ",;:.—–" and i >= 5
        ]
        found = found[: borders[-1] + 1] if borders else found
        while len(found) > 1 and _DANGLING.match(found[-1].group()):
            found.pop()
    end = lead + found[-1].end() if found else len(words_of)
    kept = words_of[lead:end].rstrip("“”\"‘’' ,;:.—–\n")
    if kept.count("“") > kept.count("”") or kept.count('"') % 2:
        # "was “close to breaking,”": what was opened inside is closed again.
        closing = re.match(r"[,.]?[”\"]", words_of[lead + len(kept) :])
        kept += closing.group() if closing else ""
    return Span(
        start=content.start + lead, end=content.start + lead + max(1, len(kept))
    )


def _inner_holder(directory: Directory, said: Attribution) -> Mention | None:
    """Find whose view a spokesperson voices: the party that the statement is about.

    "Barrack told AP that the US has no position": the United States hold it. Only
    when the speaker is that party's, as stated.
    """
    text = directory.article.text
    if said.form == "direct" or said.speaker is None:
        return None
    inside = [m for m in directory.within(said.content) if not m.nested]
    if not inside or inside[0].form == "pronoun":
        return None
    first = inside[0]
    gap = text[said.content.start : first.span.start]
    if not re.fullmatch(r"(?i)(?:the\s+|an?\s+)?", gap) or not _SUBJECT_VERB.match(
        text[first.span.end : said.content.end]
    ):
        return None
    speaker = directory.known(said.speaker.core.of(text), said.speaker)
    party = directory.meant(first)
    if speaker.key == party.key or speaker.kind not in {"person", "officials"}:
        return None
    return first if _voices_government(text, said, speaker, party) else None


def _voices_government(
    text: str, said: Attribution, speaker: Known, party: Known
) -> bool:
    """Tell whether a party is a government whose view a speaker passes on."""
    if party.kind != "government":
        return False
    if said.via is not None:
        return True  # told at second hand: the speaker is not its source either
    return (
        speaker.country is not None
        and speaker.country == party.country
        and shown_act(said.content.of(text), None) != "assert"
    )


def _is_subject(directory: Directory, holder: Mention, cue: Span) -> bool:
    """Tell whether a word of stance is said of a holder, with little between them."""
    if holder.span.start >= cue.start:
        return False
    gap = directory.article.text[holder.span.end : cue.start]
    return _STANCE_GAP.fullmatch(gap) is not None


_STANCE_GAP = re.compile(
    r"(?i)(?:,[^,]{1,120},)?\s*(?:(?:has|have|had|is|are|was|were|been|be|being|will|would|also|so far|still|long|publicly|openly|"
    r"repeatedly|always|never|not|no longer|both|all|again|now|then|once|itself|himself|herself|themselves|a|an|the|vocal|fierce|"
    r"staunch|leading|key|close|strong|sharp|harsh|outspoken|longtime|long-time|old|firm|very|highly|deeply|increasingly|remains?|"
    r"became|become|appears?|seems?|to be|to|said|says|says it|\w+ly)\s+)*"
)
"""What may stand between a holder and the word of stance: "Trump received 38 percent
support" and "the revelations threaten" are no stance of the party named before."""


def _holder_in(
    directory: Directory, sentence: Span, holder: str, place: Span
) -> Mention | None:
    """Find the phrase of the sentence that names the draft's holder."""
    text = directory.article.text
    here = directory.within(sentence)
    wanted = directory.known(holder)
    for mention in here:
        if mention.form == "pronoun" or mention.span.start >= place.end:
            continue
        name = mention.core.of(text)
        if same(name, holder) or directory.known(name, mention).key == wanted.key:
            return mention
    return None


def shown_acts(content: str) -> list[Act]:
    """List the acts that words of a statement show, the one that counts first."""
    return [act for act in _ORDER if words.pattern("acts", act).search(content)]


def shown_act(content: str, draft: PositionDraft | None = None) -> Act:
    """Find the act that a word of the statement shows; plain statements assert."""
    shown = shown_acts(content)
    if draft is not None and draft.act in shown:
        return draft.act
    return shown[0] if shown else "assert"


def _stance(text: str, within: Span) -> tuple[Act, Span] | None:
    """Find the first word by which the article ascribes a stance."""
    found: list[tuple[int, Act, Span]] = []
    for name in words.lists("stance"):
        for match in words.pattern("stance", name).finditer(
            text, within.start, within.end
        ):
            span = Span.at(match)
            found.append((match.start(), cast("Act", name), span))
    if not found:
        return None
    _, act, span = min(found, key=lambda f: (f[0], -f[2].end))
    if re.search(
        r"(?i)\b(?:not|never|no longer|n[o’']t)\s+(?:\w+\s+)?$",
        text[within.start : span.start],
    ):
        act = {"support": "refuse", "refuse": "neutral", "criticise": "neutral"}.get(
            act, act
        )  # type: ignore[assignment]  # keys and values are acts
    return act, span


def _target(
    directory: Directory, content: Span, holder: Mention, act: Act
) -> Mention | None:
    """Find the first other party that the statement is about."""
    if act not in _TARGETED:
        return None
    text = directory.article.text
    own = directory.meant(holder)
    for mention in directory.within(content):
        if mention.form == "pronoun" or mention.nested:
            continue
        known: Known = directory.meant(mention)
        if known.key == own.key or not _can_be_target(known, mention):
            continue
        if known.kind == "organisation" and _may_be_place(text, mention):
            continue
        adjective = _by_adjective(directory, content, mention, own)
        if adjective is not None:
            return adjective
        # A Turkish official who speaks of Turkey speaks of his own side.
        if own.country is None or known.country != own.country:
            return mention
    return None


def _by_adjective(
    directory: Directory, content: Span, first: Mention, own: Known
) -> Mention | None:
    """Read "the Israeli interventions" as Israel's, when the text names Israel too."""
    text = directory.article.text
    before = text[content.start : first.span.start]
    for match in re.finditer(r"\b([A-Z]\w+(?: [A-Z]\w+)?)\s+[a-z]", before):
        country = words.country_of_adjective(match.group(1))
        if country is not None and country.code != own.country:
            return directory.first_of(country.code)
    return None


def _may_be_place(text: str, mention: Mention) -> bool:
    """Tell "the liberation of Sinjar" from parties: what nothing describes may be one."""
    before = text[max(0, mention.span.start - 24) : mention.span.start]
    return (
        mention.kind is None
        and re.search(
            r"(?i)\b(?:of|in|at|near|from|to|into|for)\s+(?:the\s+)?$", before
        )
        is not None
    )


def _can_be_target(known: Known, mention: Mention) -> bool:
    if mention.form == "described":
        return known.kind in {"government", "armed_group"}
    return known.kind in {"government", "person", "igo", "armed_group", "organisation"}


def with_negation(text: str, span: Span, sentence: Span) -> Span:
    """Widen a fragment to the left over a negation, which is content."""
    before = text[sentence.start : span.start]
    match = re.search(
        r"(?i)\b(?:not|never|no|no longer|cannot|\w+n[’']t)\s+(?:\w+\s+)?$", before
    )
    return Span(start=sentence.start + match.start(), end=span.end) if match else span


def _hull(spans: list[Span], within: Span) -> Span:
    """Cover those *spans* that stand in *within*."""
    inside = [s for s in spans if s.within(within)]
    start, end = min(s.start for s in inside), max(s.end for s in inside)
    return Span(start=start, end=end)


def is_conditional(content: str) -> bool:
    """Tell whether a statement holds under a condition only."""
    found = re.search(
        r"(?:^|[,“\"‘(]\s*|\band |\bbut |\bthat )(?:[Ii]f|[Uu]nless|[Aa]s long as|[Ss]o long as|[Pp]rovided|[Ss]hould (?=[A-Z]))\b",
        content,
    )
    return (
        found is not None
        or re.search(
            r"\b(?:as long as|so long as|on condition that|provided that|only if|unless)\b"
            r"|\b(?:would|will|could|can|may)\b[^.;]{1,120}\b(?<!see )(?<!know )(?<!ask )if\b",
            content,
        )
        is not None
    )


def _short(quote: str) -> str:
    return quote if len(quote) <= 80 else f"{quote[:77]}…"
