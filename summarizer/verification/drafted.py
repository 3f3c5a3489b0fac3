"""Judge an item of a model again, as the draft that it was."""

from collections.abc import Iterable, Iterator

from schemas.briefing import (
    Casualties,
    Development,
    Item,
    Party,
    Position,
    Request,
)
from schemas.draft import (
    AnyDraft,
    DevelopmentDraft,
    QuotedCasualty,
    QuotedPosition,
    QuotedRequest,
    RequestDraft,
    SpeakerDraft,
)
from summarizer.prompting import cues
from summarizer.proof import again, judging, verdicts
from summarizer.reading.values import Refusal
from summarizer.reports import Finding
from summarizer.text import quantities
from summarizer.text.locate import locate
from summarizer.text.typography import flat
from summarizer.verification.case import Case
from summarizer.verification.findings import of_refusal, refused


def drafted(case: Case, item: Item, drafts: Iterable[AnyDraft]) -> Iterator[Finding]:
    """Judge an item again as the draft that it was, and compare what comes of it.

    A name that the draft used may be any of its party's: one that is borne out
    suffices.
    """
    reading = case.reading(item.evidence[0].source)
    place = reading.article.seen.visible(item.evidence[0].span)
    refused: Refusal | None = None
    weaker: Refusal | None = None
    for draft in drafts:
        made = judging.one(reading, draft, place)
        if isinstance(made, Refusal):
            refused = refused or made
            continue
        refusal = again.differs(item, reading, made)
        if refusal is None:
            return
        if refusal.check == "verdict":
            weaker = weaker or refusal
        else:
            refused = refusal
    if (found := weaker or refused) is not None:
        yield of_refusal(item.id, found)


def request_names(case: Case, item: Request) -> Iterator[RequestDraft]:
    """Draft a request again, with every name that its parties go by."""
    for by in case.names_of(item.by) if item.by else ("",):
        for to in case.names_of(item.to) if item.to else ("",):
            yield RequestDraft(by=by, to=to, what=item.what)


def request_drafts(case: Case, item: Request) -> Iterator[AnyDraft]:
    """Draft a request again, with its parties and words."""
    for draft in request_names(case, item):
        yield QuotedRequest(
            by=draft.by,
            to=draft.to,
            what=draft.what,
            quote=item.evidence[0].exact,
            force=item.force,
            modality=item.modality,
            for_whom=item.for_whom or "",
            reported_by=item.reported_by.name if item.reported_by else "",
            when=item.when_text or "",
        )


def position_drafts(case: Case, item: Position) -> Iterator[AnyDraft]:
    """Draft a position again, as a large or a small model would have."""
    if case.briefing.provenance.strategy == "focused":
        sentence = item.evidence[0].exact
        said = [item.speech.cue.exact] if item.speech else []
        for word in dict.fromkeys([*said, *cues.spoken(sentence), "“"]):
            for name in case.names_of(item.holder):
                yield SpeakerDraft(name=name, word=word)
    for holder in case.names_of(item.holder):
        yield QuotedPosition(
            holder=holder,
            act=item.act,
            quote=item.evidence[0].exact,
            gist=item.gist,
            target=item.target.name if item.target else "",
            voiced_by=item.voiced_by.name if item.voiced_by else "",
            medium=item.medium or "",
            when=item.when_text or "",
        )


def told_by_draft(case: Case, item: Casualties) -> bool:
    """Tell a strong draft's row, which no ledger changed, from a small model's."""
    return case.briefing.provenance.strategy == "whole" and not item.supersedes


def toll_drafts(item: Casualties) -> Iterator[AnyDraft]:
    """Draft a toll again, with what it tells besides."""
    told = QuotedCasualty(
        kind=item.kind,
        count=item.count_text or "",
        who=item.who_text or "",
        quote=item.evidence[0].exact,
        source=item.source.name if item.source else "",
        by=item.by.name if item.by else "",
        by_status=item.by_status or "",
        place=item.place or "",
        event=item.event or "",
        when=item.when_text or "",
    )
    yield told
    if item.value == 0:  # "did not hurt any" was drafted as a count
        yield told.model_copy(update={"count": "no"})


def development(case: Case, item: Development) -> Iterator[Finding]:
    """Judge a development again: its clause, its parties, its figures."""
    for party in item.who:
        yield from case.party(item.id, party)
    cited = " ".join(flat(e.exact) for e in item.evidence)
    if locate(item.what, cited) is None:
        yield refused(item.id, "what", verdicts.judge(item.what, cited))
        return
    if item.found_by == "model":
        draft = DevelopmentDraft(
            what=item.what,
            who=tuple(named_here(case, item, party) for party in item.who),
            when=item.when_text or "",
            place=item.place or "",
            figures=tuple(f.text for f in item.figures),
        )
        yield from drafted(case, item, [draft])
    for figure in item.figures:
        meant = quantities.read(figure.text)
        if meant != (figure.value, figure.unit, figure.comparator) or (
            locate(figure.text, around(case, item)) is None
        ):
            reason = f"{figure.text!r} does not mean {figure.value}"
            yield Finding(item=item.id, check="number", reason=reason)


def named_here(case: Case, item: Item, party: Party) -> str:
    """Choose a name of a party that the cited words have, if they have one."""
    cited = " ".join(e.exact for e in item.evidence)
    names = case.names_of(party)
    return next((n for n in names if locate(n, cited)), party.name)


def around(case: Case, item: Item) -> str:
    """Join the cited sentences with those around them."""
    found: list[str] = []
    for reading, index in case.sentences(item):
        last = len(reading.article.sentences)
        found += [
            reading.article.words(i)
            for i in range(max(0, index - 2), min(last, index + 3))
        ]
    return " ".join(found)
