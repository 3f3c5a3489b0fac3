"""Find who spoke after all: a silence that is told on one day, and ends on that day or later.

Only what stands in another article ends a silence. What a party states beside its own
silence, in one article, was known to whoever wrote that it gave no answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.briefing import Casualties, Party, Position, Request
from schemas.evidence import Span
from summarizer.assembly.cast import Cast
from summarizer.assembly.questions.contradictions import About
from summarizer.text import content

Statement = Position | Request | Casualties

_SAYS_NOTHING = frozenset({"refuse", "neutral"})
"""Acts of "declined to comment", where it is a position."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Where an article tells that a party gave no comment."""

    source: str
    who: Party
    cue: Span


@dataclass(frozen=True, slots=True)
class Told:
    """What is told in all the articles, by which a silence may have ended.

    Attributes:
        statements: What parties state, ask and count.
        silences: Who gave no comment, and where.
        about: When each article appeared, and of which story it is.
        cast: Who speaks for whom.
    """

    statements: Sequence[Statement]
    silences: Sequence[Quiet]
    about: About
    cast: Cast


def has_ended(quiet: Quiet, told: Told) -> bool:
    """Tell whether a silent party states something in an article that is no older.

    Returns:
        False too where the day of either article is not known.
    """
    return any(
        _speaks_for(told.cast, statement, quiet.who)
        and told.about.of_one_story(statement, quiet.source)
        and not _is_old(statement, quiet.source, told.about)
        and any(
            _comes_later(quiet, evidence.source, told)
            and not _tells_silence(statement, evidence.source, evidence.span, told)
            for evidence in statement.evidence
        )
        for statement in told.statements
    )


def _speaks_for(cast: Cast, statement: Statement, who: Party) -> bool:
    """Tell whether the party states it, or somebody of whom the text says so."""
    speaker = _speaker(statement)
    if speaker is None:
        return False
    if speaker.id == who.id:
        return True
    of = cast.known(speaker).of
    return of is not None and content.plain(of) in {
        content.plain(name) for name in (who.name, *cast.names(who))
    }


def _speaker(statement: Statement) -> Party | None:
    if isinstance(statement, Position):
        return statement.holder
    return statement.by if isinstance(statement, Request) else statement.source


def _comes_later(quiet: Quiet, source: str, told: Told) -> bool:
    """Tell whether another article appeared on the day of a silence, or later.

    One of the same day that tells the silence too, as a copy does, ends nothing.
    """
    about = told.about
    then, now = about.published.get(quiet.source), about.published.get(source)
    if source == quiet.source or then is None or now is None or now < then:
        return False
    if now > then:
        return True
    before, after = about.moment.get(quiet.source), about.moment.get(source)
    if before is not None and after is not None and after < before:
        return False
    return not any(
        other.source == source and other.who == quiet.who for other in told.silences
    )


def _is_old(statement: Statement, source: str, about: About) -> bool:
    """Tell what was stated on a day before the silence, wherever it is told again."""
    when, day = statement.when, about.published.get(source)
    return (
        isinstance(statement, Position)
        and when is not None
        and when.end is not None
        and day is not None
        and when.end < day
    )


def _tells_silence(statement: Statement, source: str, place: Span, told: Told) -> bool:
    """Tell whether what a party is said to state is that it states nothing."""
    return (
        isinstance(statement, Position)
        and statement.act in _SAYS_NOTHING
        and any(
            other.source == source and other.cue.overlaps(place)
            for other in told.silences
        )
    )
