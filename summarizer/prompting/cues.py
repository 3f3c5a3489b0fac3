"""Words that make a sentence worth a question: wide rather than narrow.

A sentence without a cue is never asked about, so these lists are the ceiling of what
a focused briefing can find.
"""

import re

from schemas.terms import Section

_CUES = {
    "casualties": re.compile(
        r"(?i)\b(?:kill|dead|die[sd]?\b|dying|death|fatal|wound|injur|hurt|missing|displac|"
        r"homeless|flee|fled|detain|detention|arrest|captur|custody|prisoner|abduct|kidnap|"
        r"hostage|casualt|murder|massacre|assassinat|slain|slaughter|execut|victim|toll\b|"
        r"shot\b|perish|drown|bodies|corpse|evacuat|refugee|uproot|maim|lives\b|lost (?:his|her|their) li)"
    ),
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
