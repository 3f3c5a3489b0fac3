"""Brief a text with drafts written out by hand, where a test needs no model."""

from collections.abc import Sequence
from datetime import date

from schemas.briefing import Party
from schemas.draft import AnyDraft, CasualtyDraft, Drafted, PositionDraft, RequestDraft
from schemas.terms import Section
from summarizer.assembly.assemble import assemble
from summarizer.assembly.assembled import Assembled
from summarizer.reading.reading import read
from summarizer.sources import Metadata, make_article


def items_of(
    text: str,
    drafts: Sequence[AnyDraft] = (),
    *,
    published: date | None = None,
    sentence: int = 0,
) -> Assembled:
    """Assemble the items of *text*, all *drafts* being about one sentence."""
    article = make_article(text, metadata=Metadata(published=published))
    drafted = [
        Drafted(
            section=_section(item),
            item=item,
            source="s1",
            asked=article.sentences[sentence].span,
        )
        for item in drafts
    ]
    return assemble([read(article)], drafted)


def _section(item: AnyDraft) -> Section:
    if isinstance(item, CasualtyDraft):
        return "casualties"
    if isinstance(item, RequestDraft):
        return "requests"
    return "positions" if isinstance(item, PositionDraft) else "open_questions"


def name(party: Party | None) -> str:
    """Name a party that a test expects to be there."""
    assert party is not None
    return party.name
