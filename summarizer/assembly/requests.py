"""Build the requests: what the forms read and what drafts were proven to say, as one.

Where a form and a draft read one request alike, it is found by both. Where they differ
on who asks or who is asked, the draft stands unconfirmed, and its reason names the other
reading: on sentences of public sets the embedded model is right more often than the forms.
"""

from dataclasses import replace

from schemas.briefing import Request, When
from schemas.evidence import Span, cite
from summarizer.assembly import relations
from summarizer.assembly.context import Context, flat, told_time
from summarizer.proof import parties
from summarizer.proof.statements import framing
from summarizer.reading import timing
from summarizer.reading.reading import Reading
from summarizer.reading.values import Asked, Attribution, Mention, Standing

Found = tuple[Reading, Asked]


def read(context: Context) -> list[Found]:
    """Collect the requests that the form of a sentence alone shows."""
    return [
        (reading, one)
        for reading in context.readings
        for index in range(len(reading.article.sentences))
        for one in reading.reader.asked(index)
    ]


def together(context: Context, forms: list[Found], drafts: list[Found]) -> list[Found]:
    """Join what forms and drafts found, in the order of the text.

    Where both read one request and name other parties, the draft stands, unconfirmed,
    with the other reading as the reason.
    """
    found = list(forms)
    for reading, draft in drafts:
        same = next(
            (
                n
                for n, (r, one) in enumerate(found)
                if r is reading
                and one.standing.found_by != "model"
                and _meet(one, draft)
            ),
            None,
        )
        if same is None:
            found.append((reading, draft))
            continue
        joined = _joined(reading, found[same][1], draft)
        if joined is None:
            standing = Standing(
                "unconfirmed", (_otherwise(reading, found[same][1]),), "model"
            )
            joined = replace(draft, standing=standing)
        found[same] = (reading, joined)
    return sorted(found, key=lambda f: (context.place(f[0]), f[1].what.start))


def _otherwise(reading: Reading, form: Asked) -> str:
    """Say whom the form of a sentence names instead."""
    text = reading.article.text
    by, to = (m.span.of(text) if m else "nobody" for m in (form.by, form.to))
    return f"the form of the sentence reads it as asked by {by} of {to}"


def _meet(one: Asked, two: Asked) -> bool:
    return one.sentence == two.sentence and one.what.overlaps(two.what)


def _joined(reading: Reading, form: Asked, draft: Asked) -> Asked | None:
    """Join two readings of one request; None where they name other parties."""
    by = _agree(reading, form.by, draft.by)
    to = _agree(reading, form.to, draft.to)
    if by and to:
        behind = draft.to is not None and draft.to.span.start >= form.cue.end
        known = replace(
            form,
            by=form.by or draft.by,
            to=form.to or (draft.to if behind else None),
        )
        return replace(known, standing=form.standing.and_by(draft.standing))
    return None


def _agree(reading: Reading, one: Mention | None, two: Mention | None) -> bool:
    if one is None or two is None:
        return True
    text = reading.article.text
    return parties.is_one(reading.directory, one, two) or parties.shares_words(
        text, one, two
    )


def build(context: Context, asked: list[Found]) -> tuple[Request, ...]:
    """Make items of proven requests; one that is told again is one with more evidence."""
    items: list[Request] = []
    told_before: dict[tuple[str, str | None, str | None], list[int]] = {}
    for reading, one in asked:
        item = _item(context, reading, one, f"r{len(items) + 1}")
        by, to = item.by.id if item.by else None, item.to.id if item.to else None
        alike = told_before.setdefault((reading.article.id, by, to), [])
        same = next((i for i in alike if relations.same_request(items[i], item)), None)
        if same is None:
            alike.append(len(items))
            items.append(item)
        else:
            items[same] = relations.merged_evidence(items[same], item)
    return tuple(items)


def is_own(reading: Reading, one: Asked) -> bool:
    """Tell whether the requester itself is the source: quoted, or told to have said it.

    "The fund said that donors must pay" has a source, "the fund asked donors to pay" is
    what the outlet tells.
    """
    if reading.is_quoted(one.what):
        return True
    sentence = reading.article.sentences[one.sentence].span
    if one.by is None:
        return False
    if reading.author and parties.is_one(reading.directory, one.by, reading.author):
        return True
    framed = framing.find(reading, one.by, sentence)
    if framed is not None and not framed.cue.overlaps(one.cue):
        named = parties.named_in(reading.directory, one.by, framed.content)
        if one.what.within(framed.content) and not named:
            return True
    return any(
        said.content.overlaps(one.what) and not _asks_within(reading, said, one)
        for i in reading.article.touched(one.what)
        for said in reading.said_in(i)
    )


def _asks_within(reading: Reading, said: Attribution, one: Asked) -> bool:
    """Tell whether a statement has its own party ask: "envoys said Kenya asked"."""
    text = reading.article.text
    if one.by is None or one.cue.overlaps(said.cue):
        return True
    if text[said.content.start : said.content.end].startswith("to "):
        return True  # "continued to call for"
    asker = parties.named_in(reading.directory, one.by, said.content)
    mine = said.speaker and parties.is_one(reading.directory, said.speaker, one.by)
    return not mine and (bool(asker) or one.by.span.within(said.content))


def _item(context: Context, reading: Reading, one: Asked, ident: str) -> Request:
    """Make the item of one proven request."""
    article, text = reading.article, reading.article.text
    reporter = context.party(reading, one.reported_by)
    sentence = article.sentences[one.sentence].span
    when_text, when = _time(reading, one) or (None, None)
    cited = Span(start=sentence.start, end=max(sentence.end, one.what.end))
    by = context.party(reading, one.by)
    source = reporter or (by if is_own(reading, one) else None)
    return Request(
        id=ident,
        verdict=one.standing.verdict,
        reasons=one.standing.reasons,
        found_by=one.standing.found_by,
        evidence=(cite(article.id, text, cited),),
        by=by,
        to=context.party(reading, one.to),
        what=flat(one.what.of(text)),
        force=one.force,
        mode=reading.reader.mode(one.what.of(text)),
        for_whom=flat(one.for_whom.of(text)) if one.for_whom else None,
        reported_by=reporter,
        modality=one.modality,
        status=relations.status_told(sentence.of(text), one.what.of(text)),
        when_text=when_text,
        when=when,
        attribution=context.tier(reading, source, sentence),
        hedge=reading.reader.hedge(sentence.of(text)),
    )


def _time(reading: Reading, one: Asked) -> tuple[str, When] | None:
    """Tell when it was asked: as the draft has it, else as the form of the sentence."""
    if one.standing.found_by == "model":
        return told_time(reading, one.when)
    return timing.of_event(
        reading.article,
        one.sentence,
        one.cue,
        [s.cue for s in reading.said_in(one.sentence)],
        outside=one.what if one.modality == "actual" else None,
    )
