"""What a reader of one language does: the protocol that English and lists share."""

from collections.abc import Mapping
from typing import Protocol

from schemas.briefing import When
from schemas.draft import CasualtyDraft, PositionDraft, RequestDraft
from schemas.evidence import Span
from schemas.terms import Act, ByStatus, Force, Mode, Section
from schemas.terms import Attribution as Tier
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.values import (
    Asked,
    Attribution,
    Frame,
    Harm,
    Held,
    Known,
    Mention,
    Refusal,
    Revision,
)
from summarizer.text.counts import Count
from summarizer.text.lexicon import Lexicon


class Reader(Protocol):
    """Reads one article in its language.

    Sentences are numbered from 0. What a language has no grammar or list for is not found:
    an empty list, or None.
    """

    @property
    def directory(self) -> Directory:
        """Who is who."""

    @property
    def said(self) -> tuple[Attribution, ...]:
        """The statements that the form of sentences ascribes to somebody, in order."""

    @property
    def frames(self) -> Mapping[int, list[Frame]]:
        """The requests of each sentence as its form has them, barred ones among them."""

    @property
    def lexicon(self) -> Lexicon | None:
        """The lists by which the article is read; None for a grammar in code."""

    @property
    def has_grammar(self) -> bool:
        """True where the order of words shows who does what.

        Without a grammar a check that rests on it knows nothing, and refuses nothing.
        """

    def is_clause(self, words: str) -> bool | None:
        """Tell a clause from a phrase by its verb; None where no grammar tells it."""

    def asks(self, place: Span) -> bool | None:
        """Tell whether any word asks somebody for something; None where it is unknown."""

    def asking_word(self, place: Span) -> Span | None:
        """Find the word of asking in a quotation or its sentences.

        Returns:
            The whole quotation where no list tells such words; None where there is none.
        """

    def only_asks(self, words: str) -> bool | None:
        """Tell a word of asking from what is asked for; None where it is unknown."""

    def force(self, cue: Span | None) -> Force:
        """Tell how strongly a word of asking asks."""

    def told_by(
        self, index: int, holder: Mention, cue: Span
    ) -> tuple[Held | Refusal, Mention | None] | None:
        """Read the stance that a word tells of a party, and the subject of that word.

        Returns:
            None where no list has the stances that words tell.
        """

    def uncounted(self, who: str, behind: str) -> Count | None:
        """Read how many are meant by people without a number, and the words behind."""

    def day(self, words: str) -> When | None:
        """Read words by themselves as a time; None where they are none."""

    def seems_to_hold(self, index: int) -> Section | None:
        """Tell what a sentence may hold by its words, item or not."""

    def asked(self, index: int) -> list[Asked]:
        """Find the requests of a sentence that its form alone shows."""

    def request(self, index: int, draft: RequestDraft) -> Asked | Refusal:
        """Check a drafted request against its sentence."""

    def mode(self, what: str) -> Mode:
        """Tell what kind of thing is asked for; "change" when no word shows it."""

    def statement(
        self, said: Attribution, draft: PositionDraft | None = None
    ) -> Held | Refusal:
        """Read the position in a statement that the form of a sentence ascribes."""

    def stance(self, index: int, draft: PositionDraft) -> Held | Refusal:
        """Check a drafted position that no statement of its sentence shows."""

    def shown_acts(self, content: str) -> list[Act]:
        """List the acts that words of a statement show."""

    def harmed(self, index: int, draft: CasualtyDraft) -> Harm | Refusal:
        """Check a drafted count of people against its sentence."""

    def proposed(self, index: int) -> list[CasualtyDraft]:
        """Draft the counts of people that the form of a sentence shows."""

    def shown_harm(self, index: int) -> tuple[Harm, ...]:
        """List the harm that the form of a sentence alone shows."""

    def place(self, index: int, anchor: Span) -> str | None:
        """Find where people were harmed."""

    def event(self, index: int, found: Harm) -> str | None:
        """Find in what event people were harmed."""

    def doer(
        self, index: int, found: Harm, source: Mention | None
    ) -> tuple[Mention | None, ByStatus | None]:
        """Find who harmed people, and as what the text says so."""

    def revised(self, index: int) -> Revision | None:
        """Find the earlier figure that a sentence replaces."""

    def count(self, words: str) -> Count | None:
        """Read how many people some words mean."""

    def count_spans(self, words: str) -> list[Span]:
        """Find the count phrases of some words."""

    def tier(self, source: Known | None, sentence: str) -> Tier | None:
        """Tell how a source is identified; None where no list tells what parties are."""

    def hedge(self, passage: str) -> str | None:
        """Find the first word of doubt in a passage."""

    def worth_asking(self, index: int) -> frozenset[Section] | None:
        """List the sections that a sentence may hold; None where forms tell."""
