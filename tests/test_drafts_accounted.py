"""Every draft ends as a proven value or is refused: none is lost in silence."""

from pathlib import Path

from schemas.draft import Drafted, SpeakerAnswer, SpeakerDraft
from schemas.evidence import Frozen
from summarizer.evaluation import gold, journal, proof, run
from summarizer.ports import AnswerT, Ask, Reply, Usage
from summarizer.prompting import whole
from summarizer.proof import judging
from summarizer.reading.reading import read
from summarizer.sources import make_article

SEEDS = Path(__file__).parents[1] / "seeds"


def _accounted(proved: judging.Proved) -> int:
    return sum(
        len(found)
        for found in (
            proved.requests,
            proved.positions,
            proved.tolls,
            proved.developments,
            proved.roles,
            proved.questions,
            proved.refused,
        )
    )


def test_all_drafts_of_a_strong_model_are_accounted_for() -> None:
    total = 0
    for one in proof.load(SEEDS / "drafts"):
        article = make_article(one.text)
        (ask,) = whole.questions(
            article, passage_tokens=9_999, max_tokens=9, count=lambda t: len(t) // 3
        )
        drafted = tuple(whole.drafted(ask, one.answer))
        total += len(drafted)

        assert _accounted(judging.prove([read(article)], drafted)) == len(drafted)
    assert total > 300


class _Collector:
    """Answers with what was kept, and remembers what was drafted."""

    def __init__(self, inner: object) -> None:
        self.inner = inner
        self.drafted: list[Drafted] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    def complete(self, ask: Ask[AnswerT]) -> Reply[AnswerT]:
        reply: Reply[AnswerT] = self.inner.complete(ask)  # type: ignore[attr-defined]  # a Replayer
        self.drafted += _drafts(ask, reply.answer)
        return Reply(reply.answer, Usage(calls=1))


def _drafts(ask: Ask[AnswerT], answer: Frozen) -> list[Drafted]:
    section = ask.section
    if section is None:
        return []
    items = getattr(answer, "items", ())
    if isinstance(answer, SpeakerAnswer) and answer.who.strip():
        items = (SpeakerDraft(name=answer.who, word=ask.word),)
    return [
        Drafted(section=section, item=i, source=ask.source, asked=ask.asked)
        for i in items
    ]


def test_all_drafts_of_the_embedded_model_are_accounted_for() -> None:
    from summarizer.evaluation.replay import Replayer  # noqa: PLC0415
    from summarizer.pipeline import brief  # noqa: PLC0415

    documents = gold.read(
        [str(SEEDS / "gold" / "invented.jsonl"), str(SEEDS / "gold" / "seed.json")]
    )
    kept = journal.read(str(SEEDS / "gold" / "answers.jsonl"))
    assert kept is not None
    answers = {e.id: e.answers for e in kept.entries}
    total = 0
    for document in documents:
        collector = _Collector(Replayer(answers[document.id]))
        brief([run.article(document)], collector)  # type: ignore[arg-type]  # a Completer by shape
        article = run.article(document)
        proved = judging.prove([read(article)], collector.drafted)
        total += len(collector.drafted)

        assert _accounted(proved) == len(collector.drafted)
    assert total > 50
