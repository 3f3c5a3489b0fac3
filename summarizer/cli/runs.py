"""Brief what was read, deliver it, and remember what is missing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from schemas.briefing import Briefing
from summarizer import pipeline
from summarizer.cli.report import say, warn
from summarizer.errors import (
    IncompleteError,
    InterruptedRunError,
    ModelOutputError,
)
from summarizer.plan import Plan
from summarizer.ports import Completer, Progress
from summarizer.sources import Article

Batch = tuple[Sequence[Article], str | None]
"""Articles for one briefing, and the file that it goes to; None is standard output."""


@dataclass(slots=True, kw_only=True)
class Run:
    """One call of `brief`, with one model.

    Attributes:
        client: Answers the questions; None for a run without a model.
        plan: Which sections, by which readers, for how much each briefing.
        progress: Is told how far each briefing is.
        deliver: Writes a briefing to a file or to standard output.
        holes: Questions that failed so far, over all briefings.
        unanswered: Articles about which no question at all was answered.
    """

    client: Completer | None
    plan: Plan
    progress: Progress
    deliver: Callable[[Briefing, str | None], None]
    holes: int = 0
    unanswered: int = 0

    def brief_each(self, batches: Iterable[Batch]) -> None:
        """Brief one batch after the other; one without an answer stops no other.

        Raises:
            InterruptedRunError: The run was interrupted; what was finished is delivered.
            ModelError: The server is at fault: the next article would fare no better.
        """
        for articles, target in batches:
            meta = articles[0].metadata
            name, before = f"{meta.uri or meta.title or 'the article'!r}", self.holes
            try:
                self.brief(articles, target)
            except ModelOutputError as exc:
                say(f"error: {name}: {exc}")
                self.unanswered += 1
            if self.holes > before:
                warn(f"{name}: {self.holes - before} of the questions failed")

    def brief(self, articles: Sequence[Article], target: str | None) -> None:
        """Brief *articles* and deliver the result, also when it was interrupted.

        Raises:
            InterruptedRunError: The run was interrupted.
            ModelError: No question at all was answered.
        """
        try:
            briefing = pipeline.brief(
                articles,
                self.client,
                plan=self.plan,
                progress=self.progress,
            )
        except InterruptedRunError as exc:
            if exc.briefing is not None:
                self.deliver(exc.briefing, target)
            raise
        self.deliver(briefing, target)
        self.holes += len(briefing.coverage.passages_failed)

    def check(self, *, strict: bool) -> None:
        """Say at the end what is missing.

        Raises:
            ModelOutputError: An article got no briefing.
            IncompleteError: There are holes and *strict* asks for none.
        """
        words = f"incomplete: {self.holes} of the questions failed; the briefing names the passages"
        if self.holes and not strict:
            warn(words)
        if self.unanswered:
            msg = f"{self.unanswered} of the articles got no briefing; the others are done"
            raise ModelOutputError(msg)
        if self.holes and strict:
            raise IncompleteError(words)
