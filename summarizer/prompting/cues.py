"""Words that make a sentence worth a question: wide rather than narrow.

A sentence without a cue is never asked about, so these lists are the ceiling of what
a focused briefing can find.
"""

import re

from schemas.terms import Section
from summarizer.text import words


def _of_harm() -> re.Pattern[str]:
    """Join the words of all kinds of harm in `en.toml`, and some without a kind."""
    entries = [e for listed in words.lists("harm").values() for e in listed]
    return words.compiled([*entries, *words.lists("harm_cues")["words"]])


_CUES = {
    "casualties": _of_harm(),
    "requests": re.compile(
        r"(?i)\b(?:ask|urge|urging|call(?:s|ed|ing)?\b|demand|appeal|request|seek|sought|plea|"
        r"press(?:ed|es|ing)\b|insist|order(?:s|ed)?\b|invit|must\b|should\b|petition|beg(?:s|ged)?\b|"
        r"implor|ultimatum|lobb(?:y|ied)|require|remind)"
    ),
    "positions": re.compile(
        r"(?i)\b(?:sa(?:y|id|ys|ying)\b|t(?:ell|old|ells)\b|add(?:ed|s)\b|den(?:y|ies|ied)|reject|"
        r"accus|blam|critic|condemn|denounc|warn|vow|pledg|support|back(?:s|ed|ing)\b|oppos|claim|"
        r"declar|announc|stat(?:ed|es|ement)\b|argu|insist|promis|refus|believ|according|wrote|"
        r"confirm|acknowledg|admit|position|welcom|prais|threat|hesitant|reluctant|agree|disput|"
        r"favou?r|stance|prepared to|ready to|no plans|suggest|express)|[“\"]"
    ),
}


def has_cue(section: Section, sentence: str) -> bool:
    """Tell whether *sentence* may hold an item of *section*, one of the three with cues."""
    pattern = _CUES.get(section)
    return pattern is not None and pattern.search(sentence) is not None


def spoken(sentence: str) -> list[str]:
    """List the words of saying, thinking and holding of a sentence, each once.

    Returns:
        At most `MOST_WORDS`, in order; a quotation mark where there is no other.
    """
    found = list(dict.fromkeys(m.group() for m in _SPOKEN.finditer(sentence)))
    if not found and (mark := re.search(r"[“\"]", sentence)):
        found = [mark.group()]
    return found[:MOST_WORDS]


STATEMENT = "statement"
"""Asked about where no list knows the words of saying of a language."""

MOST_WORDS = 4
"""Words of one sentence that are asked about."""

_SPOKEN = re.compile(
    r"(?i)\b(?:sa(?:y|id|ys|ying)|tell(?:s|ing)?|told|add(?:ed|s|ing)|den(?:y|ies|ied|ying)|reject\w*|accus\w*|blam\w*|"
    r"critici[sz]\w*|condemn\w*|denounc\w*|warn\w*|vow\w*|pledg\w*|support(?:s|ed)?|back(?:s|ed)|oppos(?:e|es|ed)|claim\w*|"
    r"declar\w*|announc\w*|stat(?:ed|es|ing)|argu\w*|insist\w*|promis\w*|refus\w*|believ\w*|think(?:s|ing)?|thought|"
    r"according to|wr(?:ote|ites?|iting)|confirm\w*|acknowledg\w*|admit\w*|welcom(?:ed|es)|prais\w*|threaten\w*|agree(?:s|d)?|"
    r"disput\w*|suggest\w*|express(?:ed|es|ing)|report(?:ed|s|edly)|note[sd]|noting|show(?:s|ed)|call(?:s|ed|ing)?|ask(?:s|ed|ing)?|"
    r"urg(?:ed|es|ing)|demand(?:ed|s|ing)?|plan(?:s|ned)?|want(?:s|ed)?|decid\w*|expect(?:s|ed)?|hop(?:es|ed|ing)|know(?:s)?|knew|"
    r"describ\w*|compar(?:ed|es|ing)|point(?:s|ed) (?:out|to)|respond\w*|repl(?:ied|ies)|explain\w*|predict\w*|tweet\w*|"
    r"cit(?:ed|es|ing)|question(?:s|ed|ing)|fear(?:s|ed)?|allege\w*|conclud\w*|estimat\w*|attack(?:ed|s)|slam\w*|learn(?:ed|s)|"
    r"f(?:ound|inds))\b"
)
"""As the question was measured with; wide, since a word that tells nobody is answered
with nobody."""
