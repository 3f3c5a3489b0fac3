"""Give each party of the items an id, and describe it as an actor at the end."""

from dataclasses import dataclass, field

from schemas.briefing import Actor, Party
from schemas.draft import RoleDraft
from schemas.evidence import Evidence, Span, cite
from schemas.terms import ActorKind
from summarizer.grounding.listed.names import ListedDirectory
from summarizer.grounding.locate import locate, occurrences
from summarizer.grounding.mentions import Mention
from summarizer.grounding.parties import Directory, Known, bare, same
from summarizer.grounding.refusal import Refusal

_MOST_EVIDENCE = 3
"""Places cited for an actor: its fullest form, its role, one more mention."""


@dataclass(slots=True)
class Cast:
    """The parties of one briefing, in the order in which items name them."""

    directories: tuple[Directory, ...]
    _known: dict[str, tuple[Directory, Known]] = field(default_factory=dict)
    _aliases: dict[str, list[str]] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)

    def party(self, directory: Directory, mention: Mention) -> Party:
        """Name the party of a phrase, entering it when it is new."""
        words = mention.core.of(directory.article.text)
        known = directory.known(words, mention)
        if known.key not in self._known:
            self._known[known.key] = (directory, known)
            self._ids[known.key] = f"a{len(self._ids) + 1}"
            self._aliases[known.key] = []
        aliases = self._aliases[known.key]
        for alias in (*known.aliases, words, known.name):
            shown = " ".join(alias.split())
            if bare(shown) not in {
                bare(a) for a in (*aliases, self._known[known.key][1].name)
            }:
                aliases.append(shown)
        return Party(id=self._ids[known.key], name=self._known[known.key][1].name)

    def known(self, party: Party) -> Known:
        """Return what the text shows of a party."""
        key = next(k for k, number in self._ids.items() if number == party.id)
        return self._known[key][1]

    def actors(self, roles: list[RoleDraft]) -> tuple[Actor, ...]:
        """Describe the parties, with what the model said of those still undescribed."""
        return tuple(self._actor(key, roles) for key in self._known)

    def undescribed(self) -> tuple[str, ...]:
        """List the named parties whose role or kind the text's form does not show."""
        return tuple(
            known.name
            for _, known in self._known.values()
            if known.named
            and known.role is None
            and known.kind in {"person", "organisation"}
        )

    def _actor(self, key: str, roles: list[RoleDraft]) -> Actor:
        directory, known = self._known[key]
        draft = next((r for r in roles if same(r.name, known.name)), None)
        role, role_span = known.role, known.role_span
        kind: ActorKind = known.kind
        if draft is not None:
            if role is None and (
                found := role_in_text(directory, known.name, draft.role)
            ):
                role, role_span = found.of(directory.article.text), found
            # English shows persons by the words around them; the lists of other
            # languages do not, and there the model says who is one.
            persons = isinstance(directory, ListedDirectory)
            if (
                kind == "organisation"
                and known.named
                and (persons or draft.kind != "person")
            ):
                kind = draft.kind
        return Actor(
            id=self._ids[key],
            name=known.name,
            kind=kind,
            role=role,
            of=known.of,
            aliases=tuple(self._aliases[key]),
            country=known.country,
            sector=known.sector,
            named=known.named,
            evidence=self._evidence(directory, known, role_span),
        )

    def _evidence(
        self, directory: Directory, known: Known, role: Span | None
    ) -> tuple[Evidence, ...]:
        text, source = directory.article.text, directory.article.id
        spans = [known.first]
        if role is not None:
            low, high = (
                min(known.first.start, role.start),
                max(known.first.end, role.end),
            )
            # Name and role side by side are one piece of evidence.
            beside = high - low <= len(role.of(text)) + len(known.first.of(text)) + 6
            spans = [Span(start=low, end=high)] if beside else [known.first, role]
        return tuple(cite(source, text, span) for span in spans[:_MOST_EVIDENCE])


def check_role(directories: tuple[Directory, ...], draft: RoleDraft) -> Refusal | None:
    """Check that the text gives a party the role that a draft gives it."""
    for directory in directories:
        if locate_name(directory, draft.name) is None:
            continue
        if not draft.role.strip() or role_in_text(directory, draft.name, draft.role):
            return None
        return Refusal("role", f"no sentence about {draft.name!r} says {draft.role!r}")
    return Refusal("not_found", f"the text names no {draft.name!r}")


def locate_name(directory: Directory, name: str) -> Span | None:
    """Find where the text first names a party; blank names are nowhere."""
    return locate(name, directory.article.text) if name.strip() else None


def role_in_text(directory: Directory, name: str, role: str) -> Span | None:
    """Find a role in a sentence that names the party too, beside its name."""
    if not role.strip() or same(role, name):
        return None
    article = directory.article
    for place in occurrences(role, article.text):
        index = article.index_at(place.start)
        if index is None:
            continue
        sentence = article.sentences[index].span
        called = locate(name, article.text, sentence) or locate(
            name.rsplit(maxsplit=1)[-1], article.text, sentence
        )
        if called is None or called.overlaps(place):
            continue
        before, after = sorted((place, called), key=lambda s: s.start)
        gap = article.text[before.end : after.start]
        # A role after the name stands behind a comma or in brackets.
        if len(gap) <= _BESIDE and (
            before is place
            or gap.strip(" aAn")[:1] in {",", "(", "،", "，", "（", "、"}
        ):
            return place
    return None


_BESIDE = 6
"""Code points between a name and its role: ", " or " (", and an article."""
