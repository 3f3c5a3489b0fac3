"""What a party says or holds, in a language that is not read as English.

Where the form of a sentence shows who speaks, that counts. Otherwise a model's draft is
taken when its words and its holder stand in the text; without lists nothing more can be
checked, and the briefing says so.
"""

import re
from typing import cast

from schemas.draft import PositionDraft
from schemas.evidence import Span
from schemas.terms import Act, Form
from summarizer.reading import acts
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.listed import directory as directories
from summarizer.reading.listed.requests import subject_of
from summarizer.reading.listed.statements import pairs
from summarizer.reading.values import GIST_WORDS, Attribution, Held, Mention, Refusal
from summarizer.text import quotes
from summarizer.text.lexicon import KEYS, Lexicon
from summarizer.text.locate import locate

GIST_CHARS = 90
"""`GIST_WORDS` for scripts without spaces, where a word has about two characters and a
sentence of news about 40."""

_MARKS = "«»“”„\"‘’'「」『』《》‹› \t\r\n,;:.—–،،。，"


def from_speech(
    directory: Directory,
    lexicon: Lexicon,
    said: Attribution,
    draft: PositionDraft | None = None,
) -> Held | Refusal:
    """Read the position in a statement that the sentence's form ascribes."""
    text = directory.article.text
    if said.speaker is None:
        return Refusal("no_speaker", "the text does not show who says it")
    sentence = directory.article.sentences[said.sentence].span
    words = said.content.of(text)
    act = said.act if said.act != "assert" else _shown_act(words, lexicon, draft)
    marks = pairs(lexicon) or quotes.ALL
    is_quoted = said.form != "indirect"
    return Held(
        sentence=said.sentence,
        holder=said.speaker,
        act=act,
        content=said.content,
        gist=gist(text, said.content),
        evidence=sentence,
        form=said.form,
        quote=quotes.first_in(text, said.content, marks) if is_quoted else None,
        speaker=said.speaker,
        conditional=_is_conditional(words, lexicon),
        cue=said.cue,
        said_by=said.speaker.span,
    )


def from_draft(
    directory: Directory, lexicon: Lexicon, index: int, draft: PositionDraft
) -> Held | Refusal:
    """Check a draft against the words of its sentence."""
    article = directory.article
    text, sentence = article.text, article.sentences[index].span
    place = locate(draft.quote, text, sentence) if draft.quote.strip() else None
    if place is None:
        return Refusal("not_found", f"the sentence does not say {draft.quote[:80]!r}")
    holder = directories.named(directory, draft.holder, index)
    if holder is None:
        return Refusal("speaker", f"no sentence near names {draft.holder!r}")
    content = _with_negation(text, sentence, place, lexicon)
    act = _borne_out(text, sentence, content, draft, lexicon)
    if isinstance(act, Refusal):
        return act
    return _drafted(directory, lexicon, index, holder, act, content)


def _borne_out(
    text: str, sentence: Span, content: Span, draft: PositionDraft, lexicon: Lexicon
) -> Act | Refusal:
    """Find the draft's act where a word shows it, "assert" where another word speaks."""
    if not lexicon.has("stance"):
        return draft.act
    shown = [
        a
        for a in KEYS["stance"]
        if lexicon.pattern("stance", a).search(text, sentence.start, sentence.end)
    ]
    spoken = any(
        lexicon.pattern("speech", a).search(text, sentence.start, sentence.end)
        for a in KEYS["speech"]
    )
    if not shown and not spoken:
        return Refusal(
            "no_stance", f"no word says that {draft.holder!r} holds or says this"
        )
    stated = shown_acts(content.of(text), lexicon)
    return draft.act if draft.act in {*shown, *stated} else "assert"


def _drafted(
    directory: Directory,
    lexicon: Lexicon,
    index: int,
    holder: Mention,
    act: Act,
    content: Span,
) -> Held:
    """Return the position that a sentence bears out, in its own words."""
    text = directory.article.text
    sentence = directory.article.sentences[index].span
    form = _form(text, sentence, content, lexicon)
    return Held(
        sentence=index,
        holder=holder,
        act=act,
        content=content,
        gist=gist(text, content),
        evidence=sentence,
        form=form,
        quote=_inside(text, sentence, content, lexicon) if form == "direct" else None,
        speaker=holder if form == "direct" else None,
        conditional=_is_conditional(content.of(text), lexicon),
        cue=content,
    )


def from_word(
    directory: Directory, lexicon: Lexicon, index: int, holder: Mention, cue: Span
) -> tuple[Held | Refusal, Mention | None]:
    """Read the stance that a word of a sentence tells of a party.

    Returns:
        The stance, or why it is none; and the subject of the word, where its place
        shows it.
    """
    text = directory.article.text
    sentence = directory.article.sentences[index].span
    told = [
        (cast("Act", act), Span.at(m))
        for section in ("stance", "speech")
        for act in KEYS[section]
        if act not in {"assert", "asking"}
        for m in lexicon.pattern(section, act).finditer(
            text, sentence.start, sentence.end
        )
        if m.start() < cue.end and cue.start < m.end()
    ]
    act, verb = told[0] if told else ("assert", cue)
    lead = re.findall(r"\w+", text[sentence.start : verb.start])[-1:]
    if lead and lexicon.pattern("negation", "words").match(f"{lead[0]}'"):
        return Refusal("denied", f"the sentence denies {verb.of(text)!r}"), None
    words_of = sentence.of(text).rstrip(".。؟?! ")
    draft = PositionDraft(holder=holder.core.of(text), act=act, quote=words_of)
    held = from_draft(directory, lexicon, index, draft)
    return held, subject_of(directory, lexicon, index, verb)


def shown_acts(content: str, lexicon: Lexicon) -> list[Act]:
    """List the acts that words of a statement show, the one that counts first."""
    return acts.shown(content, lambda act: lexicon.pattern("acts", act))


def gist(text: str, content: Span) -> Span:
    """Cut a statement to `GIST_WORDS` words, or `GIST_CHARS` where none are told apart.

    Returns:
        A span inside *content*, without marks around it.
    """
    words = content.of(text)
    lead = len(words) - len(words.lstrip(_MARKS))
    found = list(re.finditer(r"\S+", words[lead:]))[:GIST_WORDS]
    end = lead + found[-1].end() if found else len(words)
    if len(found) < GIST_WORDS and end - lead > GIST_CHARS and _is_unspaced(found):
        stops = [m.end() for m in re.finditer("[，、；。]", words[: GIST_CHARS + lead])]
        end = stops[-1] if stops and stops[-1] > lead + 1 else lead + GIST_CHARS
        while end < len(words) and re.match(
            r"[\u0300-\u036f\u0900-\u0dff]", words[end]
        ):
            end += 1  # a mark belongs to the letter before it
    return gist_free(text, Span(start=content.start, end=content.start + end))


def _is_unspaced(found: list[re.Match[str]]) -> bool:
    return max((len(m.group()) for m in found), default=0) > _LONGEST_WORD


_LONGEST_WORD = 40


def _shown_act(content: str, lexicon: Lexicon, draft: PositionDraft | None) -> Act:
    return acts.first(shown_acts(content, lexicon), draft)


def _with_negation(text: str, sentence: Span, place: Span, lexicon: Lexicon) -> Span:
    """Widen a fragment to the left over a negation or a verb like "may": content both."""
    small = lexicon.whole(
        [*lexicon.entries("negation", "words"), *lexicon.entries("modals", "words")]
    )
    lead = text[sentence.start : place.start]
    found = re.search(rf"(?i)(?:{small}\s+)+(?:\S+\s+)?$", lead)
    start = sentence.start + found.start() if found is not None else place.start
    return Span(start=start, end=place.end)


def _form(text: str, sentence: Span, content: Span, lexicon: Lexicon) -> Form:
    return "direct" if _inside(text, sentence, content, lexicon) else "narrated"


def _inside(text: str, sentence: Span, content: Span, lexicon: Lexicon) -> Span | None:
    """Find the words of a fragment that stands within quotation marks, if it does."""
    bare = gist_free(text, content)
    for quote in quotes.find(text, sentence, pairs(lexicon) or quotes.ALL):
        if bare.within(quote):
            return bare
    return None


def gist_free(text: str, content: Span) -> Span:
    """Take the marks from the ends of a stretch."""
    words = content.of(text)
    lead = len(words) - len(words.lstrip(_MARKS))
    kept = words[lead:].rstrip(_MARKS)
    start = content.start + (lead if kept else 0)
    return Span(start=start, end=start + max(1, len(kept)))


def _is_conditional(content: str, lexicon: Lexicon) -> bool:
    return lexicon.pattern("conditional", "words").search(content) is not None
