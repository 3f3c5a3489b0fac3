"""A language that is read by its lists, or that has none."""

from dataclasses import dataclass, field

from schemas.briefing import When
from schemas.draft import CasualtyDraft, PositionDraft, RequestDraft
from schemas.evidence import Span
from schemas.terms import Act, ByStatus, Force, Mode, Section
from schemas.terms import Attribution as Tier
from summarizer.reading.listed import (
    cues,
    harm,
    numbers,
    positions,
    requests,
    statements,
)
from summarizer.reading.listed.directory import ListedDirectory
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
from summarizer.sources import Article
from summarizer.text import lexicon as lexicons
from summarizer.text.counts import Count
from summarizer.text.lexicon import Lexicon

_MODES: tuple[Mode, ...] = ("meet", "yield", "assist")


@dataclass(slots=True)
class ListedReader:
    """Reads an article by lists; see `summarizer.reading.reader.Reader`."""

    article: Article
    directory: ListedDirectory = field(init=False)
    said: tuple[Attribution, ...] = field(init=False)
    frames: dict[int, list[Frame]] = field(init=False)
    lexicon: Lexicon = field(init=False)

    def __post_init__(self) -> None:
        self.lexicon = lexicons.of(self.article.tongue)
        self.directory = ListedDirectory(self.article)
        self.said = statements.find(self.directory, self.lexicon)
        self.frames = {index: [] for index in range(len(self.article.sentences))}

    @property
    def has_grammar(self) -> bool:
        return False

    def is_clause(self, words: str) -> bool | None:  # noqa: ARG002
        return None

    def asks(self, place: Span) -> bool | None:  # noqa: ARG002
        return None

    def asking_word(self, place: Span) -> Span | None:
        return place

    def only_asks(self, words: str) -> bool | None:
        return any(
            self.lexicon.pattern("requests", force).fullmatch(words)
            for force in ("request", "call", "demand")
        )

    def force(self, cue: Span | None) -> Force:  # noqa: ARG002
        return "request"

    def told_by(
        self, index: int, holder: Mention, cue: Span
    ) -> tuple[Held | Refusal, Mention | None] | None:
        return positions.from_word(self.directory, self.lexicon, index, holder, cue)

    def uncounted(self, who: str, behind: str) -> Count | None:  # noqa: ARG002
        return None

    def day(self, words: str) -> When | None:  # noqa: ARG002
        return None

    def seems_to_hold(self, index: int) -> Section | None:
        return cues.seems_to_hold(self.directory, self.lexicon, index)

    def asked(self, index: int) -> list[Asked]:
        spoke = [s.speaker for s in self.said if s.sentence == index - 1]
        before = spoke[-1] if spoke else None
        return requests.find(self.directory, self.lexicon, index, before)

    def request(self, index: int, draft: RequestDraft) -> Asked | Refusal:
        return requests.check(self.directory, self.lexicon, draft, index)

    def mode(self, what: str) -> Mode:
        for name in _MODES:
            if self.lexicon.pattern("modes", name).search(what):
                return name
        return "change"

    def statement(
        self, said: Attribution, draft: PositionDraft | None = None
    ) -> Held | Refusal:
        return positions.from_speech(self.directory, self.lexicon, said, draft)

    def stance(self, index: int, draft: PositionDraft) -> Held | Refusal:
        return positions.from_draft(self.directory, self.lexicon, index, draft)

    def shown_acts(self, content: str) -> list[Act]:
        return positions.shown_acts(content, self.lexicon)

    def harmed(self, index: int, draft: CasualtyDraft) -> Harm | Refusal:
        return harm.check(draft, self.article.text, self._sentence(index), self.lexicon)

    def proposed(self, index: int) -> list[CasualtyDraft]:
        return harm.proposed(self.article.text, self._sentence(index), self.lexicon)

    def shown_harm(self, index: int) -> tuple[Harm, ...]:
        checked = (self.harmed(index, draft) for draft in self.proposed(index))
        return tuple(one for one in checked if isinstance(one, Harm))

    # Read in English only. The protocol names the arguments.

    def place(self, index: int, anchor: Span) -> str | None:  # noqa: ARG002
        return None

    def event(self, index: int, found: Harm) -> str | None:  # noqa: ARG002
        return None

    def doer(
        self,
        index: int,  # noqa: ARG002
        found: Harm,  # noqa: ARG002
        source: Mention | None,  # noqa: ARG002
    ) -> tuple[Mention | None, ByStatus | None]:
        return None, None

    def revised(self, index: int) -> Revision | None:  # noqa: ARG002
        return None

    def count(self, words: str) -> Count | None:
        return numbers.read(words, self.lexicon)

    def count_spans(self, words: str) -> list[Span]:
        return numbers.spans(words, self.lexicon)

    def tier(self, source: Known | None, sentence: str) -> Tier | None:
        lexicon = self.lexicon
        if not lexicon.has("parties"):
            return None
        if source is None:
            return "outlet"
        if source.kind in {"officials", "group"}:
            anonymous = lexicon.pattern("anonymity", "phrases").search(sentence)
            return "anonymous" if anonymous else "described"
        if source.kind == "person":
            return "named"
        if lexicon.pattern("parties", "document").match(source.name):
            return "document"
        return "media" if source.kind == "media" else "institution"

    def hedge(self, passage: str) -> str | None:
        found = self.lexicon.pattern("hedges", "words").search(passage)
        return found.group() if found else None

    def worth_asking(self, index: int) -> frozenset[Section] | None:
        return cues.worth_asking(self.article.words(index), self.lexicon)

    def _sentence(self, index: int) -> Span:
        return self.article.sentences[index].span
