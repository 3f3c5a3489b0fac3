"""Who asks whom for what, by the lists of a language.

One form is read: X asks to Y that …, with the small words that lead to whom something
is asked of. A model's draft that differs from it in direction is refused.
"""

import re
from dataclasses import dataclass

from schemas.draft import RequestDraft
from schemas.evidence import Span
from schemas.terms import Force, Modality
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.listed import directory as directories
from summarizer.reading.values import Asked, Mention, Refusal
from summarizer.text.lexicon import Lexicon
from summarizer.text.locate import locate

_FORCES: tuple[Force, ...] = ("demand", "call", "request")
_MOST_WORDS = 15
_REACH = 40
"""Code points between a verb of asking and the one who is asked."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """A word of asking: where it stands, and how strong it is."""

    span: Span
    force: Force
    modality: Modality


def find(
    directory: Directory, lexicon: Lexicon, index: int, before: Mention | None = None
) -> list[Asked]:
    """Find the requests of a sentence whose form shows who asks whom for what.

    Args:
        directory: Who is who.
        lexicon: The lists of the language.
        index: The sentence.
        before: Who spoke in the sentence before: "he" who asks in this one.
    """
    found: list[Asked] = []
    for cue in _cues(directory, lexicon, index):
        by = subject_of(directory, lexicon, index, cue.span)
        if by is None and _goes_on(directory, lexicon, index, cue.span):
            by = before
        to = _asked(directory, lexicon, index, cue.span)
        if by is None or to is None or directory.is_same(by, to):
            continue
        what = _what(directory, lexicon, index, to.span.end)
        if what is not None:
            found.append(_made(index, by, to, what, cue))
    return found


def check(
    directory: Directory, lexicon: Lexicon, draft: RequestDraft, index: int
) -> Asked | Refusal:
    """Check a draft: its words stand in the text, and no form says otherwise.

    Without a list of verbs of asking neither the verb nor the direction is checked.
    """
    article = directory.article
    sentence = article.sentences[index].span
    by = directories.named(directory, draft.by, index)
    if by is None:
        return Refusal("no_requester", f"no sentence near names {draft.by!r}")
    to = directories.named(directory, draft.to, index) if draft.to.strip() else None
    if draft.to.strip() and to is None:
        return Refusal("not_found", f"no sentence near names {draft.to!r}")
    if to is not None and directory.is_same(by, to):
        return Refusal("direction", f"{draft.by!r} cannot both ask and be asked")
    what = locate(draft.what, article.text, sentence) if draft.what.strip() else None
    if what is None:
        return Refusal("not_found", f"the sentence does not say {draft.what[:80]!r}")
    what = _cut(article.text, what)
    if not lexicon.has("requests"):
        return _made(index, by, to, what, _Cue(what, "request", "actual"))
    return _by_its_verb(directory, lexicon, draft, index, by, to, what)


def _by_its_verb(
    directory: Directory,
    lexicon: Lexicon,
    draft: RequestDraft,
    index: int,
    by: Mention,
    to: Mention | None,
    what: Span,
) -> Asked | Refusal:
    """Return the request at the nearest verb of asking, unless it goes the other way."""
    cues = _cues(directory, lexicon, index)
    if not cues:
        return Refusal("no_request", "no word of the sentence asks for anything")
    cue = min(cues, key=lambda c: abs(c.span.start - what.start))
    asker = subject_of(directory, lexicon, index, cue.span)
    asked = _asked(directory, lexicon, index, cue.span)
    if asker is not None and to is not None and directory.is_same(asker, to):
        return Refusal("direction", f"the sentence says that {draft.to!r} asks")
    if asked is not None and directory.is_same(asked, by):
        return Refusal("direction", f"the sentence says that {draft.by!r} is asked")
    return _made(index, by, to, what, cue)


def _made(index: int, by: Mention, to: Mention | None, what: Span, cue: _Cue) -> Asked:
    return Asked(
        sentence=index,
        by=by,
        to=to,
        what=what,
        cue=cue.span,
        force=cue.force,
        modality=cue.modality,
    )


def _cues(directory: Directory, lexicon: Lexicon, index: int) -> list[_Cue]:
    text = directory.article.text
    sentence = directory.article.sentences[index].span
    negated = lexicon.pattern("negation", "words")
    planned = lexicon.pattern("clauses", "planned")
    found: list[_Cue] = []
    for force in _FORCES:
        pattern = lexicon.pattern("requests", force)
        for match in pattern.finditer(text, sentence.start, sentence.end):
            before = text[sentence.start : match.start()].split()[-1:]
            if before and negated.fullmatch(before[0]):
                continue  # "no pidió a Rusia que …"
            span = Span.at(match)
            ahead = any(
                Span.at(p).overlaps(span)
                for p in planned.finditer(text, sentence.start, sentence.end)
            )
            found.append(_Cue(span, force, "planned" if ahead else "actual"))
    return sorted(found, key=lambda c: c.span.start)


def subject_of(
    directory: Directory, lexicon: Lexicon, index: int, cue: Span
) -> Mention | None:
    """Find the phrase right before the verb, or behind it where verbs come first."""
    text = directory.article.text
    if lexicon.entries("language", "order") == ("verb_first",):
        behind = [
            m
            for m in directory.within(directory.article.sentences[index].span)
            if cue.end <= m.span.start
        ]
        near = behind and not text[cue.end : behind[0].span.start].strip()
        return behind[0] if near else None
    small = lexicon.whole(lexicon.entries("clauses", "between"))
    for mention in reversed(directory.within(directory.article.sentences[index].span)):
        if mention.span.end > cue.start:
            continue
        gap = text[mention.span.end : cue.start]
        free = r"(?:[^\W\d_]+\s+)?" if mention.form == "described" else ""
        fits = re.fullmatch(
            rf"(?i)(?:\s*,[^,]{{1,120}},|\s*,)?\s*{free}(?:{small}\s*,?\s*)*", gap
        )
        return mention if fits is not None else None
    return None


def _goes_on(directory: Directory, lexicon: Lexicon, index: int, cue: Span) -> bool:
    """Tell a sentence that begins with its verb, or with a pronoun and its verb."""
    text = directory.article.text
    lead = text[directory.article.sentences[index].span.start : cue.start]
    small = lexicon.before_a_word("pronouns", "between", "and")
    glued = "".join(lexicon.entries("language", "prefixes"))
    return re.fullmatch(rf"(?i)(?:{small},?\s*)*[{glued or '-'}]?", lead) is not None


def _is_asker(text: str, mention: Mention, cue: Span, lexicon: Lexicon) -> bool:
    first = lexicon.entries("language", "order") == ("verb_first",)
    return first and not text[cue.end : mention.span.start].strip()


def _asked(
    directory: Directory, lexicon: Lexicon, index: int, cue: Span
) -> Mention | None:
    """Find the phrase behind the verb that a word like "to" leads to."""
    text = directory.article.text
    to = lexicon.before_a_word("addressee")
    for mention in directory.within(directory.article.sentences[index].span):
        if mention.span.start < cue.start or mention.span.start > cue.end + _REACH:
            continue
        # "al Gobierno", "llama a Rusia": the word may be the end of the verb.
        lead = text[cue.start : mention.core.start]
        if not lead.strip() or _is_asker(text, mention, cue, lexicon):
            continue
        if re.search(rf"(?i){to}$", lead):
            return mention
    return None


def _what(
    directory: Directory, lexicon: Lexicon, index: int, start: int
) -> Span | None:
    """Take what follows whom is asked, without "that", up to the end of its clause."""
    text = directory.article.text
    rest = text[start : directory.article.sentences[index].span.end]
    that = lexicon.before_a_word("that", "addressee", "asked_for")
    lead = re.match(rf"(?i)\s*,?\s*{that}?", rest)
    first = lead.end() if lead is not None else 0
    told = lexicon.whole(
        [*lexicon.entries("speech", "assert"), *lexicon.entries("clauses", "according")]
    )
    end = re.search(rf"(?i)[;:.]|,\s+{told}", rest[first:])
    words = rest[first : first + end.start()] if end is not None else rest[first:]
    kept = words.strip(" \n\t,")
    if len(kept.split()) < 2:
        return None
    at = start + first + words.index(kept)
    return _cut(text, Span(start=at, end=at + len(kept)))


def _cut(text: str, what: Span) -> Span:
    """Cut to `_MOST_WORDS` words, at a comma where there is one."""
    words = list(re.finditer(r"\S+", what.of(text)))
    if len(words) <= _MOST_WORDS:
        return what
    words = words[:_MOST_WORDS]
    commas = [i for i, w in enumerate(words) if w.group().endswith(",") and i > 1]
    last = words[commas[-1]] if commas else words[-1]
    return Span(start=what.start, end=what.start + last.end() - bool(commas))
