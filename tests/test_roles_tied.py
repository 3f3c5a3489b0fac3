"""Sentences that tie a role to a name, and sentences that look alike and do not."""

import pytest

from summarizer.assembly.cast import is_tied
from summarizer.sources import make_article
from summarizer.text.locate import locate

TIED = [
    ("Ana Ruiz, the mayor of Kasra, spoke.", "Ana Ruiz", "mayor of Kasra"),
    ("Mayor Ana Ruiz spoke.", "Ana Ruiz", "Mayor"),
    ("The head of the clinic, Ana Ruiz, spoke.", "Ana Ruiz", "head of the clinic"),
    ("Ana Ruiz is the mayor.", "Ana Ruiz", "mayor"),
    ("Ana Ruiz was elected mayor.", "Ana Ruiz", "mayor"),
    ("Ana Ruiz (treasurer) spoke.", "Ana Ruiz", "treasurer"),
    ("Ana Ruiz spoke. The mayor left.", "Ana Ruiz", "mayor"),
    ("Former judges Tom Low and Ana Ruiz agreed.", "Ana Ruiz", "Former judges"),
    ("Ana Ruiz, who is the mayor, spoke.", "Ana Ruiz", "mayor"),
    ("The rebel group Lind Front attacked.", "Lind Front", "rebel group"),
    ("Omar Tell became chairman on Friday.", "Omar Tell", "chairman"),
    ("Omar Tell, a former spy, left.", "Omar Tell", "former spy"),
    ("Said the bank's governor, Omar Tell.", "Omar Tell", "governor"),
    ("Omar Tell works as an engineer.", "Omar Tell", "engineer"),
    ("Prime Minister Omar Tell left.", "Omar Tell", "Prime Minister"),
    (
        "Omar Tell was forced to resign as trade minister.",
        "Omar Tell",
        "trade minister",
    ),
    ("Omar Tell stepped down as coach.", "Omar Tell", "coach"),
]
ALIKE = [
    ("Belmora fights terrorist groups.", "Belmora", "terrorist"),
    ("Terrorist attacks by Belmora's enemies went on.", "Belmora", "Terrorist"),
    ("Belmora, facing terrorist attacks, asked for help.", "Belmora", "terrorist"),
    ("Ana Ruiz met the mayor.", "Ana Ruiz", "mayor"),
    ("The mayor criticised Ana Ruiz.", "Ana Ruiz", "mayor"),
    ("Ana Ruiz, like the mayor, spoke.", "Ana Ruiz", "mayor"),
    (
        "Ana Ruiz said. The mayor of another town agreed.",
        "Ana Ruiz",
        "mayor of another town",
    ),
    ("The mayor, Tom Low, met Ana Ruiz.", "Ana Ruiz", "mayor"),
    ("Ana Ruiz is no murderer.", "Ana Ruiz", "murderer"),
    ("Ana Ruiz left as the mayor arrived.", "Ana Ruiz", "mayor"),
    ("Ana Ruiz resigned when the mayor left.", "Ana Ruiz", "mayor"),
    ("Ana Ruiz, Tom Low, the mayor, and others spoke.", "Ana Ruiz", "mayor"),
    ("Omar Tell shot the chairman.", "Omar Tell", "chairman"),
    ("Omar Tell fled from a spy.", "Omar Tell", "spy"),
    ("The governor fired Omar Tell.", "Omar Tell", "governor"),
    ("Omar Tell, who met an engineer, left.", "Omar Tell", "engineer"),
    ("Omar Tell is not a minister.", "Omar Tell", "minister"),
]


def _ties(text: str, name: str, role: str) -> bool:
    article = make_article(text)
    place = locate(role, article.text)
    assert place is not None
    return is_tied(article, place, (name,))


@pytest.mark.parametrize(("text", "name", "role"), TIED)
def test_a_role_is_the_partys_that_its_sentence_ties_it_to(
    text: str, name: str, role: str
) -> None:
    assert _ties(text, name, role)


@pytest.mark.parametrize(("text", "name", "role"), ALIKE)
def test_a_role_that_only_stands_near_a_name_is_not_the_partys(
    text: str, name: str, role: str
) -> None:
    assert not _ties(text, name, role)
