"""Whose position it is: of a party that a speaker voices, or that a sentence names."""

import re

from schemas.evidence import Span
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.english.names.party_names import same
from summarizer.reading.english.positions import acts
from summarizer.reading.values import Attribution, Known, Mention
from summarizer.text import words

_SUBJECT_VERB = re.compile(
    r"^[’']?s?\s+(?:has|have|had|is|are|was|were|will|would|does|did|may|must|should|can|could|\w+s)\b"
)


def voiced(directory: Directory, said: Attribution) -> Mention | None:
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
    if not re.fullmatch(r"(?i)(?:the\s+|an?\s+)?", gap):
        return None
    behind = text[first.span.end : said.content.end]
    speaker = directory.known(said.speaker.core.of(text), said.speaker)
    party = directory.meant(first)
    if speaker.key == party.key:
        return None
    if re.match(r"\s+[a-z]", behind) and _is_own_body(text, said, party):
        return first
    if not _SUBJECT_VERB.match(behind) or speaker.kind not in {"person", "officials"}:
        return None
    return first if _voices_government(text, said, speaker, party) else None


def _is_own_body(text: str, said: Attribution, party: Known) -> bool:
    """Tell "Chad accepted the call, its foreign ministry said": Chad is whose it is.

    Of a body that governs only: an opposition speaks for itself.
    """
    return (
        said.speaker is not None
        and party.kind == "government"
        and said.content.end <= said.speaker.span.start
        and re.match(r"(?i)its\s", said.speaker.span.of(text)) is not None
        and words.pattern("parties", "government").search(said.speaker.core.of(text))
        is not None
    )


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
        and acts.shown_act(said.content.of(text), None) != "assert"
    )


def named(
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


def is_subject(directory: Directory, holder: Mention, cue: Span) -> bool:
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
