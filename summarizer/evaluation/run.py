"""Brief every document of a gold set, one at a time, keeping each as it is done."""

import hashlib
import time
from collections.abc import Callable, Sequence

from schemas.briefing import Briefing
from summarizer import prompting
from summarizer.errors import AccessError, InputError, InterruptedRunError, ModelError
from summarizer.evaluation import journal
from summarizer.evaluation.gold import Document
from summarizer.evaluation.journal import Entry, Journal, Made
from summarizer.evaluation.replay import Recorder, Replayer
from summarizer.pipeline import brief
from summarizer.plan import Plan
from summarizer.ports import Completer, Endpoint
from summarizer.run import NoModel
from summarizer.sources import Article, Metadata, make_article

Told = Callable[[int, int, str], None]
"""Is told how many documents of how many are done, and which one comes next."""


def made_by(endpoint: Endpoint, version: str) -> Made:
    """Describe what will make the briefings of a run."""
    return Made(
        model=endpoint.model,
        endpoint=endpoint.host,
        strategy=endpoint.strategy,
        prompt_sha256=prompting.fingerprint(endpoint.strategy),
        version=version,
    )


def run(
    documents: Sequence[Document],
    completer: Completer,
    *,
    path: str,
    version: str,
    resume: bool = False,
    forms: bool = True,
    told: Told = lambda *_: None,
    clock: Callable[[], float] = time.monotonic,
) -> Journal:
    """Brief the documents that the journal does not hold yet.

    Args:
        documents: Gold documents.
        completer: Answers the questions.
        path: The journal.
        version: Version of this program.
        resume: Whether to go on with a journal that holds documents already.
        forms: Whether what the form of sentences shows becomes items too.
        told: Progress.
        clock: Tells seconds, from any start.

    Returns:
        The journal with an entry for each document, those of earlier runs included.

    Raises:
        InputError: The journal holds another run, or `resume` is not set.
        AccessError: The endpoint refuses; asking on would fail for every document.
        InterruptedRunError: Ctrl-C; the documents done so far are in the journal.
    """
    made = made_by(completer, version)
    old = journal.read(path)
    if old is not None:
        _may_go_on(old, made, path, resume=resume)
    done = (
        {(e.id, e.text_sha256): e for e in old.entries if e.error is None}
        if old
        else {}
    )
    entries: list[Entry] = []
    with journal.writing(path, made, fresh=old is None) as writer:
        for number, document in enumerate(documents):
            told(number, len(documents), document.id)
            kept = done.get((document.id, _sha256(document.text)))
            if kept is None:
                kept = _entry(document, completer, clock, forms=forms)
                writer.add(kept)
            entries.append(kept)
    told(len(documents), len(documents), "")
    return Journal(made, tuple(entries))


def replay(
    documents: Sequence[Document],
    kept: Journal,
    *,
    forms: bool = True,
    model: bool = True,
) -> tuple[Journal, int]:
    """Run everything after the model again, on the answers of a journal.

    Args:
        documents: Gold documents.
        kept: The journal.
        forms: Whether what the form of sentences shows becomes items too.
        model: Whether the kept answers are used; without them nothing is asked.

    Returns:
        The same run with new briefings, and the number of questions for which no
        answer was kept: they count as answered with nothing.

    Raises:
        InputError: The journal lacks a document.
    """
    by_id = {(e.id, e.text_sha256): e for e in kept.entries}
    entries: list[Entry] = []
    missing = 0
    for document in documents:
        entry = by_id.get((document.id, _sha256(document.text)))
        if entry is None:
            msg = f"the journal does not hold the document {document.id!r}"
            raise InputError(msg)
        answers = Replayer(entry.answers, strategy=kept.made.strategy)
        briefing, error = _brief(
            article(document), answers if model else None, forms=forms
        )
        missing += answers.missing
        entries.append(entry.model_copy(update={"briefing": briefing, "error": error}))
    return Journal(kept.made, tuple(entries)), missing


def article(document: Document) -> Article:
    """Make the article of a gold document."""
    return make_article(document.text, metadata=Metadata(published=document.day()))


def _may_go_on(old: Journal, made: Made, path: str, *, resume: bool) -> None:
    if not resume and old.entries:
        msg = (
            f"the journal {path!r} holds {len(old.entries)} documents: go on with "
            "--resume, or name another with --journal"
        )
        raise InputError(msg)
    differs = [name for name, value in made if getattr(old.made, name) != value]
    if old.entries and differs:
        msg = (
            f"the journal {path!r} is of another run (its {differs[0]} is "
            f"{getattr(old.made, differs[0])!r}): name another with --journal"
        )
        raise InputError(msg)


def _entry(
    document: Document,
    completer: Completer,
    clock: Callable[[], float],
    *,
    forms: bool,
) -> Entry:
    recorder = Recorder(completer)
    started = clock()
    briefing, error = _brief(article(document), recorder, forms=forms)
    made = briefing.provenance if briefing is not None else None
    return Entry(
        id=document.id,
        text_sha256=_sha256(document.text),
        milliseconds=round(1_000 * (clock() - started)),
        calls=made.calls if made else 0,
        prompt_tokens=made.prompt_tokens if made else 0,
        cached_tokens=made.cached_tokens if made else 0,
        completion_tokens=made.completion_tokens if made else 0,
        briefing=briefing,
        error=error,
        answers=tuple(recorder.answers),
    )


def without_model(documents: Sequence[Document], version: str) -> Journal:
    """Brief the documents with what the form of sentences shows, and nothing else."""
    nobody = NoModel()
    entries = tuple(
        Entry(
            id=document.id,
            text_sha256=_sha256(document.text),
            milliseconds=0,
            calls=0,
            prompt_tokens=0,
            cached_tokens=0,
            completion_tokens=0,
            briefing=_brief(article(document), None, forms=True)[0],
            error=None,
            answers=(),
        )
        for document in documents
    )
    return Journal(made_by(nobody, version), entries)


def _brief(
    source: Article, completer: Completer | None, *, forms: bool
) -> tuple[Briefing | None, str | None]:
    """Brief one document; what fails is part of the result, not the end of the run."""
    try:
        return brief([source], completer, plan=Plan(forms=forms)), None
    except (AccessError, InterruptedRunError):
        raise
    except ModelError as exc:
        return None, str(exc)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
