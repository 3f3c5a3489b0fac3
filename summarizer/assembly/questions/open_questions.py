"""What the article leaves open: derived from items and text first, drafted ones last.

A derived question presupposes nothing that the article does not state, and names the
item that it is about. At most `room.MOST` are kept of each article, the derived ones first:
what an older article leaves open does not hide what a newer one does.
"""

import re
from collections.abc import Sequence

from schemas.briefing import Casualties, OpenQuestion, Position, Request
from schemas.draft import Drafted, QuestionDraft
from schemas.evidence import Evidence, Span, cite
from schemas.terms import QuestionKind
from summarizer.assembly.cast import Cast
from summarizer.assembly.questions import (
    contradictions,
    disputed,
    no_comment,
    room,
    spoken,
    unsettled,
)
from summarizer.assembly.questions.contradictions import About
from summarizer.assembly.questions.no_comment import Silence
from summarizer.assembly.questions.spoken import Quiet, Told
from summarizer.proof import words as words_of
from summarizer.proof.wording import foreign, is_plural, word_count
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.values import Attribution, Refusal
from summarizer.sources import Article
from summarizer.text.locate import locate

MOST_DRAFTED = 3
MOST_WORDS = 20

_HOW = {
    "declined": "declined to comment",
    "silent": "gave no answer",
    "unreached": "could not be reached",
}

Sources = Sequence[tuple[Directory, tuple[Attribution, ...]]]


def build(
    sources: Sources,
    cast: Cast,
    requests: tuple[Request, ...],
    positions: tuple[Position, ...],
    casualties: tuple[Casualties, ...],
    drafts: list[tuple[Drafted, QuestionDraft]],
    about: About,
) -> tuple[tuple[OpenQuestion, ...], list[tuple[Drafted, Refusal]]]:
    """Derive the open questions and check the drafted ones.

    Returns:
        At most `room.MOST` questions of each article, and the drafts that failed a check.
    """
    found = _derived(sources, cast, requests, positions, casualties, about)
    asked, refused = _checked(sources, drafts, found)
    asked = asked[:MOST_DRAFTED]
    for directory, _ in sources:
        if room.left(found, directory.article.id) > 0:
            left_open = _unsettled(directory, (*requests, *positions, *casualties))
            found += [q for q in left_open if not _same_place(q, asked)]
    found += asked
    kept = room.kept(found)
    numbered = [q.model_copy(update={"id": f"q{n}"}) for n, q in enumerate(kept, 1)]
    return tuple(numbered), refused


def _derived(
    sources: Sources,
    cast: Cast,
    requests: tuple[Request, ...],
    positions: tuple[Position, ...],
    casualties: tuple[Casualties, ...],
    about: About,
) -> list[OpenQuestion]:
    """List the questions that items and the silence of parties raise, weightiest first."""
    conflicts = _conflicting(casualties, about)
    # What sources contradict one another in comes first.
    first, later = (conflicts, []) if len(sources) > 1 else ([], conflicts)
    found = [*disputed.questions(requests, positions, about), *first]
    silent = _silent(sources, cast)
    told = Told(
        (*requests, *positions, *casualties),
        [quiet for _, _, quiet in silent],
        about,
        cast,
    )
    for directory, silence, quiet in silent:
        source = directory.article.id
        if room.left(found, source) > 0 and not spoken.has_ended(quiet, told):
            near = [r for r in requests if about.of_one_story(r, source)]
            concerned = _concerns(cast, directory, silence, near, positions)
            found.append(_of_silence(directory, silence, quiet, concerned))
    found += later
    found += _unanswered(requests)
    # What comes after the first `room.MOST` is never shown: it need not be looked for.
    for directory, _ in sources:
        if room.left(found, directory.article.id) > 0:
            found += _unverified(directory, positions, casualties)
    found += _unsourced(casualties)
    return found


def _checked(
    sources: Sources,
    drafts: list[tuple[Drafted, QuestionDraft]],
    found: list[OpenQuestion],
) -> tuple[list[OpenQuestion], list[tuple[Drafted, Refusal]]]:
    """Return the drafted questions that nothing asks yet, and those that fail a check."""
    directories = {d.article.id: d for d, _ in sources}
    asked: list[OpenQuestion] = []
    refused: list[tuple[Drafted, Refusal]] = []
    for drafted, item in drafts:
        checked = _drafted(directories[drafted.source], drafted, item)
        if isinstance(checked, Refusal):
            refused.append((drafted, checked))
        elif checked.question not in {q.question for q in (*found, *asked)}:
            asked.append(checked)
    return asked, refused


def _same_place(question: OpenQuestion, others: list[OpenQuestion]) -> bool:
    """Tell whether a sentence is already asked about."""
    place = question.evidence[0]
    return any(
        other.evidence[0].source == place.source
        and other.evidence[0].span.overlaps(place.span)
        for other in others
    )


def _question(
    kind: QuestionKind,
    words: str,
    evidence: tuple[Evidence, ...],
    about: str | None = None,
) -> OpenQuestion:
    return OpenQuestion(
        id="q0",
        kind=kind,
        question=words,
        evidence=evidence,
        about=about,
        found_by="form",
    )


def _silent(sources: Sources, cast: Cast) -> list[tuple[Directory, Silence, Quiet]]:
    """List who gave no comment, source by source; all of them are entered as actors."""
    return [
        (
            directory,
            silence,
            Quiet(
                directory.article.id, cast.party(directory, silence.who), silence.cue
            ),
        )
        for directory, said in sources
        for silence in no_comment.silences(directory, said)
        if silence.who is not None
    ]


def _of_silence(
    directory: Directory, silence: Silence, quiet: Quiet, about: str | None
) -> OpenQuestion:
    """Ask what one would say who said nothing."""
    article, who = directory.article, quiet.who
    sentence = article.sentences[silence.sentence].span
    verb = "do" if is_plural(who.name) else "does"
    words = f"What {verb} {who.name} say about this ({_HOW[silence.how]})?"
    cited = (cite(article.id, article.text, sentence),)
    question = _question("no_comment", words, cited, about)
    return question.model_copy(update={"who": who})


def _concerns(
    cast: Cast,
    directory: Directory,
    silence: Silence,
    requests: Sequence[Request],
    positions: tuple[Position, ...],
) -> str | None:
    """Find the item that a silent party was asked about: one of its country, or near."""
    assert silence.who is not None  # noqa: S101  for the type checker
    article = directory.article
    known = directory.known(silence.who.core.of(article.text), silence.who)
    for request in requests:
        for party in (request.by, request.to):
            if (
                party is not None
                and known.country is not None
                and cast.known(party).country == known.country
            ):
                return request.id
    before = [
        item
        for item in (*requests, *positions)
        if item.evidence[0].source == article.id
        and item.evidence[0].start < article.sentences[silence.sentence].span.start
    ]
    return max(before, key=lambda item: item.evidence[0].start).id if before else None


def _conflicting(
    casualties: tuple[Casualties, ...], about: About
) -> list[OpenQuestion]:
    return [
        _question(
            "conflicting",
            f"How many were {one.kind}: {_small(one.count_text)} or {_small(two.count_text)}?",
            (one.evidence[0], two.evidence[0]),
            one.id,
        )
        for one, two in contradictions.differing(casualties, about)[: room.MOST]
    ]


def _small(words: str | None) -> str:
    """Write "At least 43" in the middle of a sentence."""
    return (words or "")[:1].lower() + (words or "")[1:]


def _unanswered(requests: tuple[Request, ...]) -> list[OpenQuestion]:
    found: list[OpenQuestion] = []
    asked: set[tuple[str, str | None]] = set()
    for request in requests:
        if request.by is None or request.to is None or request.status != "open":
            continue
        pair = (request.by.id, request.to.id)
        if pair in asked:
            continue
        if request.modality == "planned" or _is_told_as_past(request):
            continue  # not asked yet, or long answered
        asked.add(pair)
        noun = {"request": "request", "call": "call", "demand": "demand"}[request.force]
        stem = f"How will {request.to.name} answer {_owner(request.by.name)} {noun}"
        left = MOST_WORDS - word_count(stem) - 1
        what = " ".join(request.what.split()[: max(0, left)]).rstrip(" ,;:")
        link = _link(request)
        words = (
            f"{stem}{link}{what}?"
            if word_count(request.what) + word_count(link) <= left + 1
            else f"{stem}?"
        )
        found.append(
            _question("unanswered_request", words, request.evidence[:1], request.id)
        )
    return found


def _owner(name: str) -> str:
    if words_of.is_writers(name):
        return "the authors’"
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _link(request: Request) -> str:
    """Find the word between a request and what it is for: " for ", " to "."""
    told = " ".join(request.evidence[0].exact.split())
    place = told.find(request.what)
    before = re.search(r"\s(for|to)\s+(?:the\s+)?$", told[: max(0, place)])
    return f" {before[1]} " if before else ": "


def _is_told_as_past(request: Request) -> bool:
    """Tell "had asked the court for twelve years": the text goes on from there."""
    told = request.evidence[0].exact
    return (
        re.search(
            r"(?i)\bhad (?:\w+ly )?(?:asked|requested|sought|urged|called|demanded)\b",
            told,
        )
        is not None
    )


def _unverified(
    directory: Directory,
    positions: tuple[Position, ...],
    casualties: tuple[Casualties, ...],
) -> list[OpenQuestion]:
    article = directory.article
    found: list[OpenQuestion] = []
    for index in no_comment.unverified(directory):
        cited = cite(article.id, article.text, article.sentences[index].span)
        item = _item_near(article, index, (*casualties, *positions))
        words = _to_confirm(item)
        about = item.id if item is not None else None
        found.append(_question("unverified", words, (cited,), about))
    return found


def _item_near(
    article: Article, index: int, items: tuple[Casualties | Position, ...]
) -> Casualties | Position | None:
    """Return the first item that a sentence or the one before it tells."""
    for item in items:
        cited = (e for e in item.evidence if e.source == article.id)
        if any(_near(article.sentences, index, e) for e in cited):
            return item
    return None


def _to_confirm(item: Casualties | Position | None) -> str:
    """Ask whether what an item tells can be confirmed."""
    if item is None:
        return "Can this be confirmed independently?"
    if isinstance(item, Position):
        return f"Can what {item.holder.name} says be confirmed independently?"
    people = item.count_text or item.who_text or "these people"
    return f"Can it be confirmed independently that {people} were {item.kind}?"


def _near(sentences: Sequence[object], index: int, evidence: Evidence) -> bool:
    """Tell whether evidence stands in sentence *index* or the one before it."""
    spans: list[Span] = [s.span for s in sentences[max(0, index - 1) : index + 1]]  # type: ignore[attr-defined]  # sentences of an article
    return any(s.overlaps(evidence.span) for s in reversed(spans))


def _unsourced(casualties: tuple[Casualties, ...]) -> list[OpenQuestion]:
    return [
        _question(
            "unsourced",
            f"Who gave the figure of “{_small(c.count_text)}” {c.kind}?",
            c.evidence[:1],
            c.id,
        )
        for c in casualties
        if c.source is None
        and c.count_text
        and not contradictions.is_history(c)
        and not c.none_reported
        and c.value != 0
        and c.part_of is None
        and (c.low or 0) >= _WORTH_ASKING
    ]


_WORTH_ASKING = 10
"""People from which a count without a source is asked about: one or two victims are
seen, not counted."""


def _unsettled(
    directory: Directory, items: tuple[Request | Position | Casualties, ...]
) -> list[OpenQuestion]:
    article = directory.article
    found: list[OpenQuestion] = []
    for one in unsettled.find(article):
        sentence = article.sentences[one.sentence].span
        if word_count(one.question) > MOST_WORDS:
            continue
        about = next(
            (
                item.id
                for item in items
                for e in item.evidence
                if e.source == article.id and e.span.overlaps(one.place)
            ),
            None,
        )
        cited = (cite(article.id, article.text, sentence),)
        found.append(_question(one.kind, one.question, cited, about))
    return found


def _drafted(
    directory: Directory, drafted: Drafted, item: QuestionDraft
) -> OpenQuestion | Refusal:
    """Check a drafted question against the words that raise it."""
    article = directory.article
    words = " ".join(item.question.split())
    quote = getattr(item, "quote", "")
    place = (
        locate(quote, article.text, drafted.asked) if quote.strip() else drafted.asked
    )
    if place is None:
        return Refusal("not_found", f"the source does not say {quote[:80]!r}")
    if not words.endswith("?") or word_count(words) > MOST_WORDS:
        return Refusal(
            "form", f"not one question of at most {MOST_WORDS} words: {words[:80]!r}"
        )
    index = article.index_at(place.start)
    if index is None:
        return Refusal("excluded", "the words stand outside the article")
    span = article.sentences[index].span
    near = article.text[article.sentences[max(0, index - 1)].span.start : span.end]
    if strange := foreign(words, near):
        return Refusal(
            "wording", f"{strange[0]!r} is not in the sentences that raise it"
        )
    asked = _question(item.kind, words, (cite(article.id, article.text, span),))
    return asked.model_copy(update={"found_by": drafted.found_by})
