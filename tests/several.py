"""Invented articles of several outlets, briefed together: no model, no network.

The places, people and outlets do not exist. What a test needs stands in the form of a
sentence, so that code alone finds it, or is drafted by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from scripted import blank

from schemas.briefing import Briefing
from schemas.draft import AnyDraft, Drafted
from schemas.evidence import Frozen
from schemas.terms import Section
from summarizer.assembly.assemble import assemble
from summarizer.assembly.assembled import Assembled
from summarizer.pipeline import brief
from summarizer.ports import Ask, Reply, Usage
from summarizer.reading.reading import read
from summarizer.sources import Article, Metadata, make_article

MONDAY = date(2025, 3, 3)
TUESDAY = date(2025, 3, 4)

POST = """\
Ferry sinks off Port Selm

At least 43 people were killed when the ferry Halcyon sank off Port Selm on Sunday, the Varos Coast Guard said. Mayor Ana Ruiz urged Kenya to send divers. “We will not rest until all are found,” Ruiz told reporters. The Harbour Workers Union (HWU) has 300 members. The HWU accused Selm Lines of ignoring warnings about the engine.
"""
"""Published on Monday by the invented Varos Post."""

HERALD = """\
Families wait at the pier

Rescuers worked through the night off Port Selm. Some 60 people were killed when the Halcyon sank, the regional hospital said. Selm Lines denied ignoring warnings about the engine. Mayor Ruiz urged Kenya to send divers. The HWU announced a strike at Port Selm.
"""
"""Published on Tuesday by the invented Selm Herald."""

LIBRARY = """\
Old library opens its doors

Three people were injured when a shelf fell in the Old Library of Tarn on Friday, the police said. The ministry asked visitors to use the north door. Otto Brandt, the librarian, said the reading room would open again in May.
"""
"""Another story, of the invented Tarn Courier."""


@dataclass
class Silent:
    """Stands for a model that finds nothing: what is found, code finds."""

    model: str = "none"
    host: str = "nowhere"
    strategy: str = "focused"
    passage_tokens: int = 1_000
    output_tokens: int = 100
    is_embedded: bool = True
    parallel: int = 1

    def complete(self, ask: Ask[Frozen]) -> Reply[Frozen]:
        """Answer that there is nothing."""
        return Reply(blank(ask.answer), Usage(calls=1))


def article(
    ident: str,
    text: str,
    publisher: str | None = None,
    published: date | datetime | None = None,
) -> Article:
    """Make an article; its first line is its headline."""
    title = text.partition("\n")[0] if "\n" in text.strip() else None
    moment = published if isinstance(published, datetime) else None
    meta = Metadata(
        publisher=publisher,
        published=moment.date() if moment else published,
        published_at=moment,
        title=title,
    )
    return make_article(text, metadata=meta, source_id=ident)


def together(*texts: str | Article) -> Briefing:
    """Brief texts of outlets without a name, or articles, in one run."""
    articles = [
        article(f"s{n}", one) if isinstance(one, str) else one
        for n, one in enumerate(texts, 1)
    ]
    return brief(articles, Silent(), clock=lambda: 0.0)  # type: ignore[arg-type]  # a Completer by shape


@cache
def ferry() -> Briefing:
    """Brief the two articles about the ferry."""
    return together(
        article("s1", POST, "Varos Post", MONDAY),
        article("s2", HERALD, "Selm Herald", TUESDAY),
    )


def drafted(
    articles: Sequence[Article], *drafts: tuple[str, Section, AnyDraft]
) -> Assembled:
    """Assemble articles with drafts, each about its whole source.

    Args:
        articles: What was read.
        drafts: Id of the source, section and draft.
    """
    by_id = {a.id: a for a in articles}
    made = [
        Drafted(
            section=section,
            item=item,
            source=source,
            asked=by_id[source]
            .sentences[0]
            .span.model_copy(update={"end": by_id[source].sentences[-1].span.end}),
        )
        for source, section, item in drafts
    ]
    return assemble([read(a) for a in articles], made)
