"""Actors and times: whether the cited words say them."""

from collections.abc import Iterator

from schemas.briefing import (
    Actor,
    Item,
)
from summarizer.assembly.cast import is_tied
from summarizer.proof import verdicts
from summarizer.reading import timing
from summarizer.reading.english.names.party_names import bare
from summarizer.reports import Finding
from summarizer.text.locate import locate, occurrences
from summarizer.text.typography import flat
from summarizer.verification.case import Case
from summarizer.verification.findings import refused, same_when


def when(case: Case, item: Item) -> Iterator[Finding]:
    """Check that a date is what its words in the cited sentences mean."""
    if item.when_text is None:
        if item.when is not None:
            yield Finding(item=item.id, check="date", reason="a date without words")
        return
    for reading, index in case.sentences(item):
        words = reading.article.words(index)
        if locate(item.when_text, words) is None:
            continue
        found = timing.expressions(reading.article, words)
        if any(
            flat(d.span.of(words)).lower() == flat(item.when_text).lower()
            and same_when(d.when, item.when)
            for d in found
        ):
            return
        reason = f"{item.when_text!r} does not mean {item.when and item.when.value}"
        yield Finding(item=item.id, check="date", reason=reason)
        return
    reason = f"no cited sentence says {item.when_text!r}"
    yield Finding(item=item.id, check="date", reason=reason)


def actor(case: Case, actor: Actor) -> Iterator[Finding]:
    """Check that the cited words name an actor, its role and its other names."""
    cited_in = dict.fromkeys(e.source for e in actor.evidence)
    text = " ".join(case.texts[source] for source in cited_in)
    cited = " ".join(e.exact for e in actor.evidence)
    if locate(bare(actor.name), cited.casefold()) is None:
        yield refused(actor.id, "name", verdicts.judge(actor.name, text))
    for label, words in (("role", actor.role), ("of", actor.of)):
        if words is not None and locate(words, text) is None:
            yield refused(actor.id, label, verdicts.judge(words, text))
    yield from role(case, actor)
    for alias in actor.aliases:
        if locate(alias, text) is None:
            yield refused(actor.id, "alias", verdicts.judge(alias, text))


def role(case: Case, actor: Actor) -> Iterator[Finding]:
    """Check that a role stands in a sentence that names the actor too."""
    if actor.role is None:
        return
    for source in dict.fromkeys(e.source for e in actor.evidence):
        article = case.reading(source).article
        for place in occurrences(actor.role, article.text):
            if is_tied(article, place, (actor.name, *actor.aliases)):
                return
    reason = f"no sentence about {actor.name!r} says {actor.role!r}"
    yield Finding(item=actor.id, check="role", reason=reason)
