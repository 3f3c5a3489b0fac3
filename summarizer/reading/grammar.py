"""Which rules read a sentence: the grammar of English, or the lists of its language.

English is read by the modules of this package, and no other language is: their patterns
would misread it. Everything that depends on the language of a source goes through here.
"""

from schemas.draft import CasualtyDraft, PositionDraft, RequestDraft
from schemas.evidence import Span
from schemas.terms import Act, ByStatus, Mode
from schemas.terms import Attribution as Tier
from summarizer.reading.english import (
    asking,
    attribution,
    circumstances,
    harm,
    holding,
    requesting,
    revision,
)
from summarizer.reading.listed import harm as listed_harm
from summarizer.reading.listed import numbers, positions, requests
from summarizer.reading.reading import Reading
from summarizer.reading.values import (
    Asked,
    Attribution,
    Harm,
    Held,
    Known,
    Mention,
    Refusal,
    Revision,
)
from summarizer.text import counts
from summarizer.text.counts import Count

_MODES: tuple[Mode, ...] = ("meet", "yield", "assist")


def asked(reading: Reading, index: int) -> list[Asked]:
    """Find the requests of a sentence that its form alone shows."""
    if reading.lexicon is not None:
        return requests.find(reading.directory, reading.lexicon, index)
    found = (
        requesting.from_frame(reading.directory, frame)
        for frame in reading.frames[index]
        if requesting.is_complete(frame)
    )
    return [one for one in found if isinstance(one, Asked)]


def request(reading: Reading, index: int, draft: RequestDraft) -> Asked | Refusal:
    """Check a drafted request against its sentence."""
    if reading.lexicon is not None:
        return requests.check(reading.directory, reading.lexicon, draft, index)
    sentence = reading.article.sentences[index].span
    return requesting.check(reading.directory, reading.frames[index], draft, sentence)


def mode(reading: Reading, what: str) -> Mode:
    """Tell what kind of thing is asked for; "change" when no word shows it."""
    if reading.lexicon is None:
        return asking.mode_of(what)
    for name in _MODES:
        if reading.lexicon.pattern("modes", name).search(what):
            return name
    return "change"


def statement(
    reading: Reading, said: Attribution, draft: PositionDraft | None = None
) -> Held | Refusal:
    """Read the position in a statement that the form of a sentence ascribes."""
    if reading.lexicon is not None:
        return positions.from_speech(reading.directory, reading.lexicon, said, draft)
    return holding.from_speech(reading.directory, said, draft)


def stance(reading: Reading, index: int, draft: PositionDraft) -> Held | Refusal:
    """Check a drafted position that no statement of its sentence shows."""
    if reading.lexicon is not None:
        return positions.from_draft(reading.directory, reading.lexicon, index, draft)
    return holding.from_narration(reading.directory, index, draft)


def shown_acts(reading: Reading, content: str) -> list[Act]:
    """List the acts that words of a statement show."""
    if reading.lexicon is not None:
        return positions.shown_acts(content, reading.lexicon)
    return holding.shown_acts(content)


def harmed(reading: Reading, index: int, draft: CasualtyDraft) -> Harm | Refusal:
    """Check a drafted count of people against its sentence."""
    text, sentence = reading.article.text, reading.article.sentences[index].span
    if reading.lexicon is not None:
        return listed_harm.check(draft, text, sentence, reading.lexicon)
    return harm.check(draft, text, sentence)


def proposed(reading: Reading, index: int) -> list[CasualtyDraft]:
    """Draft the counts of people that the form of a sentence shows."""
    text, sentence = reading.article.text, reading.article.sentences[index].span
    if reading.lexicon is not None:
        return listed_harm.proposed(text, sentence, reading.lexicon)
    return harm.proposed(text, sentence)


def all_harmed(reading: Reading) -> dict[int, tuple[Harm, ...]]:
    """Collect, by sentence, the counts of people that their form alone shows."""
    if reading.lexicon is None:
        return reading.harmed
    found: dict[int, tuple[Harm, ...]] = {}
    for index in range(len(reading.article.sentences)):
        checked = (harmed(reading, index, draft) for draft in proposed(reading, index))
        found[index] = tuple(one for one in checked if isinstance(one, Harm))
    return found


def place(reading: Reading, index: int, anchor: Span) -> str | None:
    """Find where people were harmed; read in English only."""
    if reading.lexicon is not None:
        return None
    sentence = reading.article.sentences[index].span
    return circumstances.place(reading.directory, sentence, anchor)


def event(reading: Reading, index: int, found: Harm) -> str | None:
    """Find in what event people were harmed; read in English only."""
    if reading.lexicon is not None:
        return None
    sentence = reading.article.sentences[index].span
    return circumstances.event(reading.article.text, sentence, found)


def doer(
    reading: Reading, index: int, found: Harm, source: Mention | None
) -> tuple[Mention | None, ByStatus | None]:
    """Find who harmed people; read in English only."""
    if reading.lexicon is not None:
        return None, None
    sentence = reading.article.sentences[index].span
    return circumstances.doer(reading.directory, sentence, found, source)


def revised(reading: Reading, index: int) -> Revision | None:
    """Find the earlier figure that a sentence replaces; read in English only."""
    if reading.lexicon is not None:
        return None
    sentence = reading.article.sentences[index].span
    return revision.find(reading.article.text, sentence)


def count(reading: Reading, words: str) -> Count | None:
    """Read how many people some words mean."""
    if reading.lexicon is not None:
        return numbers.read(words, reading.lexicon)
    return counts.read(words)


def count_spans(reading: Reading, words: str) -> list[Span]:
    """Find the count phrases of some words."""
    if reading.lexicon is not None:
        return numbers.spans(words, reading.lexicon)
    return counts.spans(words)


def tier(reading: Reading, source: Known | None, sentence: str) -> Tier | None:
    """Tell how a source is identified; None where no list tells what parties are."""
    lexicon = reading.lexicon
    if lexicon is None:
        return attribution.tier(source, sentence)
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


def hedge(reading: Reading, passage: str) -> str | None:
    """Find the first word of doubt in a passage."""
    if reading.lexicon is None:
        return attribution.hedge(passage)
    found = reading.lexicon.pattern("hedges", "words").search(passage)
    return found.group() if found else None
