"""Who is who across several sources: one party for all phrases that name it.

Within an article `parties.Directory` knows. Between articles only what some text shows
joins two names: an acronym that one of them explains, and a surname for which the
sources of the story have one full name. Parties without a name, and bare words that may be surnames,
are the same within a story only. Two people who share a surname stay two.
"""

from dataclasses import dataclass, field

from summarizer.assembly.several import copies, stories
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.values import Known
from summarizer.text import content


@dataclass(slots=True)
class Across:
    """The sources of one briefing, read together.

    Attributes:
        copy_of: By the id of each copy, the id of its original.
    """

    directories: tuple[Directory, ...]
    copy_of: dict[str, str] = field(init=False)
    _stories: dict[str, int] = field(init=False)
    _members: dict[int, list[Directory]] = field(default_factory=dict)
    _answers: dict[tuple[str, str], tuple[Directory, Known]] = field(
        default_factory=dict
    )
    _people: dict[tuple[int, str], dict[str, Directory]] = field(default_factory=dict)
    _short: dict[int, dict[str, dict[str, Directory]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        several = len(self.directories) > 1
        articles = [d.article for d in self.directories]
        self.copy_of = copies.find(articles) if several else {}
        self._stories = (
            stories.groups(self.directories, self.copy_of) if several else {}
        )
        for directory in self.directories:
            number = self._stories.get(directory.article.id, 0)
            self._members.setdefault(number, []).append(directory)

    def story(self, source: str) -> int:
        """Number the story that a source reports, from 0."""
        return self._stories.get(source, 0)

    def key(self, directory: Directory, known: Known) -> str:
        """Give the key that a party has in all sources that name it."""
        if len(self.directories) == 1:
            return known.key
        owner, full = self.fullest(directory, known)
        number = self.story(owner.article.id)
        return f"{full.key} of story {number}" if _is_local(full) else full.key

    def fullest(self, directory: Directory, known: Known) -> tuple[Directory, Known]:
        """Find the source that names a party in full, and what it shows of it.

        Returns:
            *directory* and *known* themselves when no other source says more.
        """
        if len(self.directories) == 1 or not known.named or known.key[:8] == "country:":
            return directory, known
        asked = (directory.article.id, known.name)
        if asked not in self._answers:
            self._answers[asked] = self._look_up(directory, known) or (directory, known)
        return self._answers[asked]

    def _look_up(
        self, directory: Directory, known: Known
    ) -> tuple[Directory, Known] | None:
        number = self.story(directory.article.id)
        found = self._expansions(number).get(known.name, {})
        if directory.expansion(known.name) is None and len(found) == 1:
            ((name, owner),) = found.items()
            return owner, owner.known(name)
        surname = known.name.rsplit(maxsplit=1)[-1]
        full = self._full_names(number, surname)
        if " " in known.name:
            full = {n: d for n, d in full.items() if n.endswith(f" {known.name}")}
        longest = max(full, key=len, default="")
        if not longest or not all(_ends_in(longest, name) for name in full):
            return None
        owner = full[longest]
        other = owner.known(longest)
        return (owner, other) if _fit(known, other) else None

    def _full_names(self, number: int, surname: str) -> dict[str, Directory]:
        """Collect the full names that a story has for a surname."""
        asked = (number, surname)
        if asked not in self._people:
            self._people[asked] = {
                name: directory
                for directory in reversed(self._members[number])
                for name in directory.people(surname)
                if directory.known(name).kind == "person"
            }
        return self._people[asked]

    def _expansions(self, number: int) -> dict[str, dict[str, Directory]]:
        """Collect what the acronyms of a story stand for."""
        if number not in self._short:
            found: dict[str, dict[str, Directory]] = {}
            for directory in reversed(self._members[number]):
                for short, full in directory.expansions().items():
                    found.setdefault(short, {})[full] = directory
            self._short[number] = found
        return self._short[number]


def _is_local(full: Known) -> bool:
    """Tell whether another story may mean another party: no name, or one bare word.

    "Ruiz" is somebody else in another story; "Ana Ruiz" and "Hamas" are not.
    """
    if not full.named:
        return True
    return " " not in full.name and full.kind in {"person", "organisation"}


def _ends_in(longest: str, name: str) -> bool:
    return longest == name or longest.endswith(f" {name}")


def _fit(known: Known, full: Known) -> bool:
    """Tell whether what two sources say of a person may be true of one."""
    if known.kind not in {"person", "organisation"}:
        return False
    if not known.role or not full.role:
        return True
    return bool(content.stems(known.role) & content.stems(full.role))
