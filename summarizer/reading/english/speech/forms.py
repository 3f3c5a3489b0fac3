"""The forms in which words ascribe a statement: at a verb of saying, and "according to".

Pronouns stay as they are; whom they stand for is the matter of `pronouns`.
"""

import re
from itertools import islice
from typing import cast

from schemas.evidence import Span
from schemas.terms import Act
from summarizer.reading.english import verbs
from summarizer.reading.english.sentence import Sentence
from summarizer.reading.english.speech import contents, deeds, speakers
from summarizer.reading.values import Attribution, Mention
from summarizer.text import words

_MOST_CUES = 12
"""Verbs of saying that are read in one sentence; more make a list, no sentence."""

_SCARE_WORDS = 3
"""Up to so many words a quotation may be a mere expression within a sentence."""

_REACH = 40
"""Code points from "according to" to the party."""

_ACCORDING = re.compile(
    r"(?i)\b(?:according to|in the words of|in the view of)\s+(?:the\s+|an?\s+)?"
)
_DOCUMENT = words.pattern("parties", "document")
_GETS = re.compile(
    r"(?i)\s(?:to|for|about|on|against|(?:seen|obtained|reviewed|read|viewed|received|cited|quoted) by)\s+"
    r"(?:(?:the|an?|his|her|its|their|all)\s+)?$"
)
"""Before who gets or reads a document, or whom it is about."""
_WROTE = re.compile(r"(?i)\b(?:by|from|of)\s+(?:the\s+|an?\s+)?$")

_TIME_ONLY = re.compile(
    r"(?i)^\s*(?:(?:late |early )?(?:on|in|at|from|during|after|before|last|this|earlier|later|"
    r"yesterday|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b[^,;]{0,60})?[.\s]*$"
)
_INCLUDING = re.compile(
    r"^\s*,\s+(?:including|with|while|as|although|though|but|and)\b"
)
"""Goes on after a trailing "experts said": what they said stands before it."""

_BY = re.compile(r"\s+(?:\w+\s+){0,3}?by\s+(?:the\s+|an?\s+)?")
_TOUCHES = re.compile(r"[,\s]*(?:also |later |then )?")
_ASKED = re.compile(
    r"(?i)(?:had|were|should|will|would|did|does|do|is|are|can|could)\s+[A-Z]"
)
"""Opens a question or a condition: "had Kenya condemned …"."""


def cues(here: Sentence) -> list[tuple[Span, str]]:
    """List the verbs of saying outside quotations, in order, each with its list."""
    pattern, act_by_form = words.verb_index("speech")
    return [
        (Span.at(match, here.span.start), act_by_form[match.group().lower()])
        for match in islice(pattern.finditer(here.masked), _MOST_CUES)
    ]


def according_to(here: Sentence) -> list[Attribution]:
    """Read "according to X, …" and "…, according to X"."""
    found: list[Attribution] = []
    for match in islice(_ACCORDING.finditer(here.masked), _MOST_CUES):
        cue = Span.at(match, here.span.start)
        speaker = _author(here, cue)
        if speaker is None:
            continue
        if "," in here.text[cue.end : speaker.span.start]:
            continue  # "according to federal data, 70 percent of children …"
        if match.start() == 0:
            content = here.trimmed(speaker.span.end, here.span.end)
        else:
            content = here.trimmed(here.span.start, cue.start)
        if content is not None:
            found.append(_made(here, speaker, cue, content, "assert"))
    return found


def _author(here: Sentence, cue: Span) -> Mention | None:
    """Find who speaks behind "according to": of a note who wrote it, not who gets it."""
    got = False
    for mention in here.unquoted:
        if mention.span.end <= cue.end:
            continue
        gap = here.text[cue.end : mention.span.start]
        if len(gap) > _REACH * (1 + got):
            return None
        if _DOCUMENT.search(gap) is not None and _GETS.search(gap) is not None:
            got = True
        elif not got or _WROTE.search(gap) is not None:
            return mention
    return None


def at_verb(here: Sentence, cue: Span, act: str) -> Attribution | None:
    """Read the statement at one verb, or None when it ascribes nothing."""
    if verbs.PASSIVE_BEFORE.search(here.before(cue.start)):
        return None if act == "asking" else _passive(here, cue, act)
    if _is_no_statement(here, cue):
        return None
    before = speakers.before(here, cue)
    inverted = speakers.after(here, cue)
    quote = contents.closed_by(here, cue, inverted if before is None else before)
    is_said = quote is not None and (inverted is not None or before is not None)
    if quote is not None and is_said and not _runs_on(here, quote, cue, inverted):
        # "…," said X: what follows the verb wins over a name before the quotation.
        touches = _TOUCHES.fullmatch(here.text[quote.end : cue.start]) is not None
        close = inverted if touches else before
        return _after_quote(here, quote, close or before or inverted, cue, act)
    if act == "asking" or before is None:
        return None
    return _reported(here, before, cue, act)


def _reported(
    here: Sentence, speaker: Mention, cue: Span, act: str
) -> Attribution | None:
    """Read the clause before a trailing "X said", or the one after the verb."""
    trailing = contents.before(here, speaker)
    rest = here.after(contents.end_of_told(here, cue))
    if trailing is not None and (_TIME_ONLY.match(rest) or _INCLUDING.match(rest)):
        return _made(here, speaker, cue, trailing, act)
    after = contents.after(here, cue)
    if after is not None and not _TIME_ONLY.match(after.of(here.text)):
        done = deeds.act(cue.of(here.text), after.of(here.text))
        if done is not None and not deeds.is_done(here, cue):
            return None
        return _made(here, speaker, cue, after, done or act)
    return None


def _passive(here: Sentence, cue: Span, act: str) -> Attribution | None:
    """Read "a truce was announced by X": what stands before is the content."""
    gap, was = (
        _BY.match(here.after(cue.end)),
        verbs.PASSIVE_BEFORE.search(here.before(cue.start)),
    )
    if gap is None or was is None:
        return None
    speaker = speakers.by(here, cue.end + gap.end())
    content = here.trimmed(here.span.start, here.span.start + was.start())
    if speaker is None or content is None:
        return None
    return _made(here, speaker, cue, content, act)


def _after_quote(
    here: Sentence, quote: Span, speaker: Mention | None, cue: Span, act: str
) -> Attribution:
    """Read a quotation before its verb, with the clause that it is a part of."""
    if not _is_fragment(here, quote):
        return _made(here, speaker, cue, quote, act, quoted=True)
    clause = here.text.rfind(";", here.span.start, quote.start) + 1
    start = max(here.span.start, clause)
    is_short = len(quote.of(here.text).split()) <= _SCARE_WORDS
    if is_short and here.after(cue.end).lstrip().startswith(","):
        # the "bigger problem", they said, was fuel: the sentence goes on
        whole = here.trimmed(start, here.span.end)
        return _made(here, speaker, cue, whole or quote, act)
    # "the dam was “close to breaking,”" is no quotation by itself
    if re.search(r"^[^“”\"]*[\w’']\s+[“\"‘]?$", here.before(quote.start + 1)):
        whole = here.trimmed(start, quote.end)
        return _made(here, speaker, cue, whole or quote, act)
    return _made(here, speaker, cue, quote, act, quoted=True)


def _is_fragment(here: Sentence, quote: Span) -> bool:
    return quote.of(here.text).lstrip("“”\"‘’'")[:1].islower()


def _runs_on(here: Sentence, quote: Span, cue: Span, inverted: Mention | None) -> bool:
    """Tell "of “our own people,” Orr said yes": what is said comes after the verb."""
    after = here.after(cue.end)
    return (
        inverted is None
        and _is_fragment(here, quote)
        and re.search(r"\w\s+[“\"‘]?$", here.before(quote.start)) is not None
        and re.match(r"\s+\w", after) is not None
        and not _TIME_ONLY.match(after)
    )


def _is_no_statement(here: Sentence, cue: Span) -> bool:
    """Tell questions, "had Kenya condemned …" and participles from statements."""
    opens = here.before(cue.start).lstrip("“\"‘'")
    word = cue.of(here.text)
    return (
        _NO_SAYING_BEHIND.match(here.text, cue.end, here.span.end) is not None
        or _NO_SAYING.match(word + here.after(cue.end)) is not None
        or _ASKED.match(opens) is not None
        or verbs.goes_on(here.text, cue.start)
    )


_NO_SAYING_BEHIND = re.compile(r"\s+by\b")
_NO_SAYING = re.compile(
    r"(?i)accused\s+(?-i:of)\b|consider\w* \w+ing\b"
    r"|claim\w* (?:the |\w+ )?li(?:fe|ves)\b|hail(?:s|ed)? from\b"
)
"""Verbs of saying that say nothing here: "The Somme claimed the lives of 19,240 men",
"He hails from Amarah"."""


def _made(
    here: Sentence,
    speaker: Mention | None,
    cue: Span,
    content: Span,
    act: str,
    *,
    quoted: bool = False,
) -> Attribution:
    told_to = contents.addressee(here, cue)
    return Attribution(
        sentence=here.index,
        speaker=speaker,
        cue=cue,
        content=content,
        form="direct" if quoted else contents.form(here, content),
        # The keys of the lists are acts, as a test holds them to; verbs of asking assert.
        act="assert" if act == "asking" else cast("Act", act),
        told=Span(start=cue.start, end=told_to.span.end) if told_to else None,
    )
