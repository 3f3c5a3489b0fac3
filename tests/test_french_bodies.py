"""Names of French bodies go on in small letters, and are not cut there.

All sentences are invented; the bodies are such as many states and agencies have.
"""

from datetime import date

import pytest

from schemas.briefing import Briefing
from summarizer.pipeline import brief
from summarizer.sources import Metadata, make_article

BODIES = [
    (
        "Le gouvernement a demandé au Programme alimentaire mondial deux hélicoptères.",
        "Programme alimentaire mondial",
        "deux hélicoptères",
    ),
    (
        "Le Tchad a demandé à la Banque mondiale un prêt de deux ans.",
        "Banque mondiale",
        "un prêt de deux ans",
    ),
    (
        "Le Togo a demandé à la Cour pénale internationale une enquête rapide.",
        "Cour pénale internationale",
        "une enquête rapide",
    ),
    # Written with those above, and looked at only when the code was done.
    (
        "Le Kenya a demandé au Conseil national une réponse écrite.",
        "Conseil national",
        "une réponse écrite",
    ),
    (
        "Le Pérou a demandé à la Ligue arabe une aide urgente.",
        "Ligue arabe",
        "une aide urgente",
    ),
    (
        "Le Chili a demandé au Fonds monétaire international un délai court.",
        "Fonds monétaire international",
        "un délai court",
    ),
]

NO_BODIES = [
    "Le programme alimentaire du soir a été annoncé par la chaîne.",
    "Une union centrale de deux rivières se voit au nord.",
    # Written with those above, and looked at only when the code was done.
    "Un conseil mondialement connu a été suivi par tous.",
    "Les fonds nationaux sont vides depuis lundi.",
]


def _briefed(text: str) -> Briefing:
    meta = Metadata(language="fr", published=date(2025, 3, 3))
    return brief([make_article(text, metadata=meta)], None)


@pytest.mark.parametrize(("text", "body", "what"), BODIES)
def test_a_body_is_asked_by_its_whole_name(text: str, body: str, what: str) -> None:
    (request,) = _briefed(text).requests

    assert request.to is not None
    assert (request.to.name, request.what) == (body, what)


@pytest.mark.parametrize("text", NO_BODIES)
def test_words_like_those_of_a_body_ask_and_say_nothing(text: str) -> None:
    briefing = _briefed(text)

    assert (briefing.requests, briefing.positions) == ((), ())
