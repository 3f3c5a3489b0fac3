"""What makes a number no count of people: years, ages, hours, numbers of names."""

import re


def is_no_count(number: str, before: str, after: str, *, people: bool) -> bool:
    """Tell years, ages, hours and numbers of names from counts of people.

    Args:
        number: The words of the number.
        before: The sentence up to it.
        after: What follows it.
        people: Whether a word for people follows it.
    """
    digits = re.fullmatch(r"\d{1,4}", number.strip()) is not None
    if re.fullmatch(r"(?:19|20)\d\d", number.strip()) and not people:
        return True
    if re.match(
        r"(?i)(?:between\s+)?(?:19|20)\d\d\s*(?:and|to|-|–)\s*(?:19|20)\d\d", number
    ):
        return True
    if re.search(
        r"(?i)\b(?:father|mother|parent|grand\w+|family|gang|crew|team|board|panel|jury|cast|party|group|age|aged|turned)(?: of| at)?\s+$",
        before,
    ):
        return not people
    if not digits or people:
        return False
    if re.search(r"[A-Z][\w’'.-]*,\s+$", before) and re.match(
        r"\s*(?:[,.;]|of\b|from\b|who\b|was\b|were\b|and\b|$)", after
    ):
        return True  # "Mr Khan, 51, was killed"
    if re.search(r"(?i)\b(?:at|about|around|by|before|after|until|till)\s+$", before):
        return (
            re.search(
                r"(?i)\b(?:toll|number|figure|count|total|dead|deaths)\b[^.;]{0,60}$",
                before,
            )
            is None
        )
    if re.search(
        r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?\s+$",
        before,
    ):
        return True
    # "Season 2", "Windows 11": the number belongs to the name.
    return re.search(r"(?:^|(?<=[\w,] ))[A-Z][a-z]+\s+$", before) is not None
