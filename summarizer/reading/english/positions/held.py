"""Check one draft position, and read what the words around it show.

Where the sentence's form shows who speaks, the form wins over the draft. Where the
article itself ascribes a stance, a word of the sentence must say so.
"""

import re

from schemas.draft import PositionDraft
from schemas.evidence import Span
from schemas.terms import Act
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.english.positions import acts, gists, holders, targets
from summarizer.reading.values import Attribution, Held, Mention, Refusal
from summarizer.text import quotes
from summarizer.text.locate import locate


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
    inner = holders.voiced(directory, said)
    sentence = directory.article.sentences[said.sentence].span
    act = said.act
    if act == "assert":
        act = acts.shown_act(said.content.of(text), draft)
    holder = inner or by
    is_quoted = said.form != "indirect"
    return Held(
        sentence=said.sentence,
        holder=holder,
        act=act,
        content=said.content,
        gist=gists.cut(text, gists.with_verb(text, said, act)),
        evidence=_hull([said.content, said.cue, by.span], sentence),
        form=said.form,
        quote=quotes.first_in(text, said.content) if is_quoted else None,
        target=targets.find(directory, said.content, holder, act),
        voiced_by=by if inner is not None else said.via,
        speaker=said.via or by,
        conditional=gists.is_conditional(said.content.of(text)),
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
    holder = holders.named(directory, sentence, draft.holder, place)
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
    stance = acts.stance(
        text, Span(start=min(holder.span.end, place.start), end=place.end)
    )
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
    if not holders.is_subject(directory, holder, cue):
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
    content = gists.with_negation(text, told, sentence)
    return Held(
        sentence=index,
        holder=holder,
        act=act,
        content=content,
        gist=gists.cut(text, content),
        evidence=_hull([content, holder.span], sentence),
        form="narrated",
        target=targets.find(directory, content, holder, act),
        conditional=gists.is_conditional(content.of(text)),
        cue=cue,
    )


def _hull(spans: list[Span], within: Span) -> Span:
    """Cover those *spans* that stand in *within*."""
    inside = [s for s in spans if s.within(within)]
    start, end = min(s.start for s in inside), max(s.end for s in inside)
    return Span(start=start, end=end)


def _short(quote: str) -> str:
    return quote if len(quote) <= 80 else f"{quote[:77]}…"
