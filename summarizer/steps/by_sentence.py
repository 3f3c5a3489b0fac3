"""Ask a small model: sentence by sentence, once more for what failed, then for roles."""

from dataclasses import replace

from summarizer.assembly.assemble import assemble
from summarizer.composing import Drafts
from summarizer.ports import Endpoint
from summarizer.prompting import focused
from summarizer.reading.reading import Reading
from summarizer.run import Run
from summarizer.steps import batches
from summarizer.steps.batches import Step


def ask(readings: tuple[Reading, ...], _endpoint: Endpoint, run: Run) -> Step[Drafts]:
    """Ask for the built-in sections; what forms settle is not asked."""
    forms = run.plan.forms
    asks = tuple(
        ask
        for r in readings
        for ask in focused.by_sentence(
            r.article, r.settled() if forms else {}, r.worth_asking()
        )
        if ask.section is None or run.plan.wants(ask.section)
    )
    outcomes = yield asks
    drafts = yield from batches.repaired(readings, batches.drafted(asks, outcomes))
    made = assemble(readings, drafts.drafted, forms=forms, verdicts=drafts.verdicts)
    names = made.undescribed
    about_roles = (
        focused.roles(r.article, names.get(r.article.id, ())) for r in readings
    )
    more = tuple(ask for ask in about_roles if ask is not None)
    outcomes = yield more
    return replace(drafts, drafted=[*drafts.drafted, *batches.drafted(more, outcomes)])
