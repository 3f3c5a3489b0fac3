"""English, read by a grammar in code."""

from dataclasses import dataclass, field, replace

from schemas.briefing import When
from schemas.draft import CasualtyDraft, PositionDraft, RequestDraft
from schemas.evidence import Span
from schemas.terms import Act, ByStatus, Force, Mode, Section
from schemas.terms import Attribution as Tier
from summarizer.reading.english import (
    asking_words,
    attribution,
    cues,
    requesting,
    verbs,
)
from summarizer.reading.english.asking import content, frames
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.english.positions import acts, held
from summarizer.reading.english.speech import pronouns, statements
from summarizer.reading.english.tolls import circumstances, counting, harm, revision
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
from summarizer.text import counts, dates, quotes
from summarizer.text.counts import Count


@dataclass(slots=True)
class EnglishReader:
    """Reads an English article; see `summarizer.reading.reader.Reader`."""

    article: Article
    directory: Directory = field(init=False)
    said: tuple[Attribution, ...] = field(init=False)
    frames: dict[int, list[Frame]] = field(init=False)
    lexicon: None = None

    def __post_init__(self) -> None:
        article = self.article
        self.directory = Directory(article)
        self.said = statements.find(article, self.directory.proper)
        by_sentence: dict[int, list[Attribution]] = {}
        for one in self.said:
            by_sentence.setdefault(one.sentence, []).append(one)
        self.frames = {
            index: [
                _with_antecedents(frame, self.directory, self.said)
                for frame in frames.find(
                    article, index, by_sentence.get(index, []), self.directory.proper
                )
            ]
            for index in range(len(article.sentences))
        }

    @property
    def has_grammar(self) -> bool:
        return True

    def is_clause(self, words: str) -> bool | None:
        return verbs.has_clause(words)

    def asks(self, place: Span) -> bool | None:
        return asking_words.asks(place.of(self.article.text))

    def asking_word(self, place: Span) -> Span | None:
        return asking_words.find(self.article, place)

    def only_asks(self, words: str) -> bool | None:  # noqa: ARG002  the protocol's
        return None

    def force(self, cue: Span | None) -> Force:
        return asking_words.force(self.article.text, cue)

    def told_by(
        self,
        index: int,  # noqa: ARG002
        holder: Mention,  # noqa: ARG002
        cue: Span,  # noqa: ARG002
    ) -> tuple[Held | Refusal, Mention | None] | None:
        return None

    def uncounted(self, who: str, behind: str) -> Count | None:
        return counting.one_or_more(who, "", behind)

    def day(self, words: str) -> When | None:
        published = self.article.metadata.published
        return dates.read(words, published) or dates.read(f"in {words}", published)

    def seems_to_hold(self, index: int) -> Section | None:
        return cues.seems_to_hold(self.directory, self.frames[index], index)

    def asked(self, index: int) -> list[Asked]:
        directory = self.directory
        found = [requesting.from_frame(directory, f) for f in self.frames[index]]
        return [one for one in found if one is not None]

    # Frames show who asks whom; drafts are checked where only lists are known.

    def request(self, index: int, draft: RequestDraft) -> Asked | Refusal:  # noqa: ARG002
        return Refusal("no_request", "requests are read from the form of a sentence")

    def mode(self, what: str) -> Mode:
        return content.mode_of(what)

    def statement(
        self, said: Attribution, draft: PositionDraft | None = None
    ) -> Held | Refusal:
        return held.from_speech(self.directory, said, draft)

    def stance(self, index: int, draft: PositionDraft) -> Held | Refusal:
        return held.from_narration(self.directory, index, draft)

    def shown_acts(self, content: str) -> list[Act]:
        return acts.shown_acts(content)

    def harmed(self, index: int, draft: CasualtyDraft) -> Harm | Refusal:
        return harm.check(draft, self.article.text, self._sentence(index))

    def proposed(self, index: int) -> list[CasualtyDraft]:
        return harm.proposed(self.article.text, self._sentence(index))

    def shown_harm(self, index: int) -> tuple[Harm, ...]:
        return harm.shown(self.article.text, self._sentence(index))

    def place(self, index: int, anchor: Span) -> str | None:
        return circumstances.place(self.directory, self._sentence(index), anchor)

    def event(self, index: int, found: Harm) -> str | None:
        return circumstances.event(self.article.text, self._sentence(index), found)

    def doer(
        self, index: int, found: Harm, source: Mention | None
    ) -> tuple[Mention | None, ByStatus | None]:
        sentence = self._sentence(index)
        return circumstances.doer(self.directory, sentence, found, source)

    def revised(self, index: int) -> Revision | None:
        return revision.find(self.article.text, self._sentence(index))

    def count(self, words: str) -> Count | None:
        return counts.read(words)

    def count_spans(self, words: str) -> list[Span]:
        return counts.spans(words)

    def tier(self, source: Known | None, sentence: str) -> Tier | None:
        return attribution.tier(source, sentence)

    def hedge(self, passage: str) -> str | None:
        return attribution.hedge(passage)

    def worth_asking(self, index: int) -> frozenset[Section] | None:  # noqa: ARG002  the protocol's
        return None

    def _sentence(self, index: int) -> Span:
        return self.article.sentences[index].span


def _with_antecedents(
    frame: Frame, directory: Directory, said: tuple[Attribution, ...]
) -> Frame:
    """Put the party before in the place of "he" who asks, or "she" who is asked."""

    def meant(party: Mention | None) -> Mention | None:
        if party is None or party.form != "pronoun":
            return party
        article = directory.article
        word = party.span.of(article.text).lower()
        if word not in {"he", "she", "it"} or _in_quotes(article, frame):
            return party
        found = pronouns.antecedent(
            article, frame.sentence, party, said, directory.proper
        )
        return found or party

    return replace(frame, by=meant(frame.by), to=meant(frame.to))


def _in_quotes(article: Article, frame: Frame) -> bool:
    span = article.sentences[frame.sentence].span
    return any(
        q.start <= frame.cue.start < q.end for q in quotes.find(article.text, span)
    )
