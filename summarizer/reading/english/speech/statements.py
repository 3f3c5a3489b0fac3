"""Who says what, read from the form of the sentence: speaker, cue and content.

Three spans, as in PolNeAR (Newell et al. 2018) and PARC 3.0. For direct quotations
the form decides: "…," X said · X said · X told Y · he added. For reported speech the
clause after the verb, or before a trailing "X said", is the content.
"""

from schemas.evidence import Span
from summarizer.reading.english import sentence, verbs
from summarizer.reading.english.sentence import Sentence
from summarizer.reading.english.speech import contents, deeds, forms, nesting, pronouns
from summarizer.reading.values import Attribution
from summarizer.sources import Article


def find(article: Article, proper: frozenset[str]) -> tuple[Attribution, ...]:
    """Find the statements of an article, in the order of its sentences.

    Args:
        article: The article.
        proper: Words that it capitalises inside its sentences.
    """
    found: list[Attribution] = []
    previous: Attribution | None = None
    for index in range(len(article.sentences)):
        previous = pronouns.in_reach(article, index, previous)
        here = sentence.read(article, index, proper)
        said = nesting.innermost(_said_in(here, previous))
        found += [one for one in said if _states(one, article.text)]
        previous = said[-1] if said else previous
    return tuple(found)


def _said_in(here: Sentence, previous: Attribution | None) -> list[Attribution]:
    """Read the statements of one sentence; without any, the quotation that goes on."""
    cues = forms.cues(here)
    at_verbs = (forms.at_verb(here, cue, act) for cue, act in cues)
    found = [*forms.according_to(here), *(one for one in at_verbs if one is not None)]
    found = [pronouns.with_speaker(here, one, previous) for one in found]
    found = [nesting.without_tail(one, found) for one in found]
    return [
        one for one in found if not nesting.is_anothers(here, one, found, cues)
    ] or _continued(here, previous)


def _continued(here: Sentence, previous: Attribution | None) -> list[Attribution]:
    """Read a quotation without a verb: the speaker before goes on."""
    if previous is None or previous.form != "direct" or not here.quotes:
        return []
    quoted = sum(q.end - q.start for q in here.quotes)
    if quoted < _NEARLY_ALL * (here.span.end - here.span.start):
        return []
    content = contents.with_marks(here, here.quotes[0])
    return [_more(here.index, previous, content)]


_NEARLY_ALL = 0.8
"""Share of a sentence that stands in quotations where it only goes on with one."""


def _more(index: int, previous: Attribution, content: Span) -> Attribution:
    speaker, cue = previous.speaker, previous.cue
    return Attribution(index, speaker, cue, content, "direct", "assert")


def _states(one: Attribution, text: str) -> bool:
    """Tell a statement from "acknowledged their uphill battle"."""
    if one.form != "indirect" or one.act != "assert":
        return True
    content = one.content.of(text)
    return verbs.has_clause(content) or deeds.act(one.cue.of(text), content) is not None
