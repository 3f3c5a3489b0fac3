"""Write invented reports of any length: nothing in them happened, nobody exists.

Each has what news has: paragraphs, people with posts and surnames later on, quotations
of several shapes, requests in all voices, tolls that are revised, denials, places,
dates. The number of different people and towns grows with the length, as in real
reports, and no paragraph repeats. The same arguments always give the same text.
"""

import random

_FIRST = (
    "Amin", "Lena", "Tomas", "Ruth", "Selim", "Ines", "Karl", "Mira", "Jonas", "Petra",
    "Dario", "Nadia", "Oskar", "Vera", "Ilya", "Greta", "Bruno", "Hana", "Emil", "Zora",
)  # fmt: skip
_ONSETS = ("B", "D", "F", "G", "H", "K", "L", "M", "N", "P", "R", "S", "T", "V", "Z")
_MIDDLES = ("ar", "el", "in", "or", "un", "ad", "esk", "im", "ol", "ur")
_ENDS = ("a", "o", "ik", "en", "ov", "is", "and", "el", "ac", "um")
_POSTS = (
    "the regional governor", "a spokeswoman for the water board", "the army's chief",
    "a surgeon at the central hospital", "the mayor", "the interior minister",
    "a union leader", "the head of the relief mission", "an opposition lawmaker",
)  # fmt: skip
_STATES = ("Kenya", "Chad", "Peru", "Chile", "Norway", "Belmora", "Tarsia", "Ostrava")
_BODIES = (
    "the African Union", "the United Nations", "the Red Cross", "the Health Ministry",
    "the Dockers' Union", "the Southern Relief Council", "the Rapid Support Command",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DEMANDS = (
    "reopen the crossing", "send observers to the valley", "release the prisoners",
    "halt the shelling", "publish the list of the missing", "pay the dockers",
)  # fmt: skip
_CLAIMS = (
    "the bridge at {0} would stay closed for {1} days",
    "no convoy had reached {0} for {1} days",
    "the agreement of {0} was never signed by all {1} sides",
    "the {1} schools of {0} would open again next week",
)  # fmt: skip
_SAID = (
    "We have no fuel, no bread and no road.",
    "Nobody told us that the dam would be opened.",
    "This is not what was promised to us in the spring.",
    "We will not accept any truce before the prisoners are home.",
)  # fmt: skip


class Writer:
    """Draws people, places and sentences from a generator of random numbers."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)  # noqa: S311  texts, not secrets
        self._people: list[tuple[str, str, str]] = []
        self._towns: list[str] = []

    def coined(self) -> str:
        """Make up a name."""
        pick = self._draw.choice
        return pick(_ONSETS) + pick(_MIDDLES) + pick(_ONSETS).lower() + pick(_ENDS)

    def _somebody(self) -> tuple[str, str, str]:
        """Name someone: a newcomer now and then, else a person named before."""
        if not self._people or self._draw.random() < 0.12:
            person = (
                self._draw.choice(_FIRST),
                self.coined(),
                self._draw.choice(_POSTS),
            )
            self._people.append(person)
            return person
        return self._draw.choice(self._people[-40:])

    def _town(self) -> str:
        if not self._towns or self._draw.random() < 0.1:
            self._towns.append(self.coined())
        return self._draw.choice(self._towns[-30:])

    def paragraph(self) -> str:
        """Write two to four sentences about one thing."""
        pick, number = self._draw.choice, self._draw.randint(2, 90)
        first, last, post = self._somebody()
        town, day = self._town(), pick(_DAYS)
        claim = pick(_CLAIMS).format(self._town(), self._draw.randint(3, 400))
        asker, body, demand = pick(_STATES), pick(_BODIES), pick(_DEMANDS)
        kinds = (
            f"At least {number} people were killed and {number + 40} wounded when shells hit a market in {town} on {day}, {body} said. {last} put the toll at {number + 3}. “{pick(_SAID)}” said {first} {last}, {post}.",
            f"{asker} urged {body} to {demand} near {town}. {first} {last}, {post}, told reporters that {claim}. “{pick(_SAID)[:-1]},” {last} said on {day}.",
            f"{last} denied that {asker} had been asked to {demand}. According to {body}, {number} families left {town} between {day} and the end of the week. The road to {pick(_STATES)} is {number} kilometres long.",
            f"{body[0].upper()}{body[1:]} was asked by {asker} to {demand}, {first} {last} said. He added that {claim}. Residents of {town} waited in the square for most of {day}.",
            f"The council of {town} met on {day} and looked at the accounts of the harbour, which had not been published for {number} months. A vote is expected later. {last} could not be reached for comment.",
            f"Fighters of the {town} Liberation Front captured {number} soldiers near {self._town()}, {first} {last}, {post}, said. The group rejected the claim. “{pick(_SAID)}” a spokesman said.",
            f"{first} {last} has long been a critic of the pact with {pick(_STATES)}, and the {town} Farmers' Party backs the reform of the harbour. The government of {asker} is prepared to talk to {body} about {town}.",
            f"{asker} condemned the attack on {town} and called for an inquiry. The rain went on for a fourth day, and the river stood {number} centimetres above the mark. {body[0].upper()}{body[1:]} warned that {claim}.",
        )
        return pick(kinds)


def report(words: int, seed: int = 1) -> str:
    """Write a report of about *words* words, in paragraphs."""
    writer = Writer(seed)
    paragraphs: list[str] = []
    length = 0
    while length < words:
        paragraphs.append(writer.paragraph())
        length += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs)
