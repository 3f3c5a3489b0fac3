"""Actors: whether the cited words say them."""

from collections.abc import Iterator

from schemas.briefing import Actor
from summarizer.assembly.cast import is_tied
from summarizer.proof import verdicts
from summarizer.reading.english.names.party_names import bare
from summarizer.reports import Finding
from summarizer.text.locate import locate, occurrences
from summarizer.verification.case import Case
from summarizer.verification.findings import refused


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
    for evidence in actor.evidence:
        article = case.reading(evidence.source).article
        cited = article.seen.visible(evidence.span)
        for index in article.touched(cited):
            within = article.sentences[index].span
            for place in occurrences(actor.role, article.text, within):
                if is_tied(article, place, (actor.name, *actor.aliases)):
                    return
    reason = f"no sentence about {actor.name!r} says {actor.role!r}"
    yield Finding(item=actor.id, check="role", reason=reason)
