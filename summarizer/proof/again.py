"""Compare a saved item with what its draft is judged to be once more.

Each comparison returns why they differ, or None. A verdict that is weaker now than the
saved one is a difference of its own: the item claims more than the text shows.
"""

from schemas.briefing import Casualties, Development, Item, Position, Request
from summarizer.proof.developments import Happened
from summarizer.proof.statements import statement_form
from summarizer.reading.english import holding
from summarizer.reading.reading import Reading
from summarizer.reading.values import ASKED_AGAIN, Asked, Harm, Held, Refusal
from summarizer.text.locate import locate
from summarizer.text.typography import flat

Made = Held | Asked | Harm | Happened


def differs(item: Item, reading: Reading, made: Made) -> Refusal | None:
    """Say in what an item departs from what its own words are judged to be."""
    text = reading.article.text
    refusal: Refusal | None = None
    if isinstance(item, Position) and isinstance(made, Held):
        refusal = _position(item, reading, made)
    elif isinstance(item, Request) and isinstance(made, Asked):
        refusal = _request(item, text, made)
    elif isinstance(item, Casualties) and isinstance(made, Harm):
        refusal = _toll(item, made)
    elif not (isinstance(item, Development) and isinstance(made, Happened)):
        refusal = Refusal("section", "the words state an item of another kind")
    if refusal is not None:
        return refusal
    claims_proof = item.verdict == "supported" and ASKED_AGAIN not in item.reasons
    if claims_proof and made.standing.verdict == "unconfirmed":
        return Refusal("verdict", made.standing.reasons[0])
    return None


def _position(item: Position, reading: Reading, made: Held) -> Refusal | None:
    article, text = reading.article, reading.article.text
    hull = article.hull(made.evidence)
    gist = locate(item.gist, text, hull)
    if gist is None or holding.with_negation(text, gist, hull) != gist:
        return Refusal("words", "the sentence states something else")
    form = statement_form.form_of(reading, gist, narrated=item.form == "narrated")
    quote = (
        statement_form.quoted(reading, gist) if form in {"direct", "mixed"} else None
    )
    if quote is None and made.form == "direct":  # a speech or a letter, without marks
        form, quote = made.form, gist
    said = quote.of(text) if quote is not None else ""
    if not _equal(said, item.quote or ""):
        return Refusal("quote", "the quoted words are others")
    conditional = holding.is_conditional(gist.of(text))
    if (conditional, form) != (item.conditional, item.form):
        return Refusal("condition", "its form or condition differs")
    if (made.medium is None) != (item.medium is None):
        return Refusal("medium", f"no sentence near says {item.medium!r}")
    return None


def _request(item: Request, text: str, made: Asked) -> Refusal | None:
    if not _equal(made.what.of(text), item.what):
        return Refusal("words", "the sentence asks for something else")
    if (made.for_whom is None) != (item.for_whom is None):
        return Refusal("words", f"no sentence near says {item.for_whom!r}")
    return None


def _toll(item: Casualties, made: Harm) -> Refusal | None:
    count = None if item.none_reported else made.count
    meant = (
        (count.value, count.comparator, count.low, count.high, count.vague)
        if count is not None
        else (None, None, None, None, False)
    )
    if meant != (item.value, item.comparator, item.low, item.high, item.vague):
        return Refusal("count", f"the words do not mean {item.value or item.low}")
    if (made.scope, made.none_reported) != (item.scope, item.none_reported):
        return Refusal("scope", "the scope is another")
    told = made.told
    if told and (
        (told.place is None) != (item.place is None)
        or (told.event is None) != (item.event is None)
    ):
        return Refusal("words", "its place or event stands nowhere near")
    return None


def _equal(one: str, two: str) -> bool:
    return flat(one).rstrip(".").casefold() == flat(two).rstrip(".").casefold()
