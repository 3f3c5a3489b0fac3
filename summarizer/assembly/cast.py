"""Give each party of the items an id, and describe it as an actor at the end."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from schemas.briefing import Actor, Item, Party
from schemas.draft import RoleDraft
from schemas.evidence import Evidence, Span, cite
from schemas.terms import ActorKind, FoundBy
from summarizer.assembly.across import Across
from summarizer.assembly.several import copies
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.english.names.party_names import bare, same
from summarizer.reading.listed.directory import ListedDirectory
from summarizer.reading.values import Known, Mention, Refusal
from summarizer.sources import Article
from summarizer.sources.language import CASED, script_of
from summarizer.text.locate import locate, occurrences

_Told = list[tuple[Directory, Known]]
"""One party, as the text of each source shows it."""

_Drafts = list[tuple[Directory, Known, RoleDraft]]
"""The same with what the model says of the party, for the sources where it does."""

_MOST_EVIDENCE = 3
"""Places of a source cited for an actor: its fullest form, its role, one more."""


@dataclass(slots=True)
class Cast:
    """The parties of one briefing, in the order in which items name them."""

    directories: tuple[Directory, ...]
    across: Across = field(init=False)
    _known: dict[str, list[tuple[Directory, Known]]] = field(default_factory=dict)
    _aliases: dict[str, dict[str, str]] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.across = Across(self.directories)

    def party(self, directory: Directory, mention: Mention) -> Party:
        """Name the party of a phrase, entering it when it is new."""
        words = mention.core.of(directory.article.text)
        known = directory.known(words, mention)
        key = self.across.key(directory, known)
        if key not in self._known:
            self._known[key] = [self.across.fullest(directory, known)]
            self._ids[key] = f"a{len(self._ids) + 1}"
            self._keys[self._ids[key]] = key
            self._aliases[key] = {}
        told = self._known[key]
        if not any(d is directory for d, _ in told):
            told.append((directory, known))
        name = told[0][1].name
        aliases = self._aliases[key]
        for alias in (*known.aliases, words, known.name):
            shown = " ".join(alias.split())
            if bare(shown) != bare(name):
                aliases.setdefault(bare(shown), shown)
        return Party(id=self._ids[key], name=name)

    def known(self, party: Party) -> Known:
        """Return what the text shows of a party."""
        return self._known[self._keys[party.id]][0][1]

    def names(self, party: Party) -> tuple[str, ...]:
        """List the names that items give a party, its fullest form first."""
        return (party.name, *self._aliases[self._keys[party.id]].values())

    def actors(
        self,
        roles: Mapping[str, list[RoleDraft]],
        copy_of: Mapping[str, str],
        items: Iterable[Item] = (),
        *,
        strong: bool = False,
    ) -> tuple[Actor, ...]:
        """Describe the parties.

        Args:
            roles: What the model said of those that the text's form left undescribed,
                by source.
            copy_of: Which sources are copies, of which.
            items: The items that name parties: who found them found the parties.
            strong: Whether a strong model drafted the roles: it says what kind of party
                one is, and its words for a role come before those that a form shows.
        """
        found = _finders(items)
        return tuple(
            self._actor(key, roles, copy_of, strong=strong).model_copy(
                update={"found_by": found.get(self._ids[key], "form")}
            )
            for key in self._known
        )

    def undescribed(self) -> dict[str, tuple[str, ...]]:
        """List the named parties whose role or kind the text's form does not show.

        Returns:
            Their names in each source that names any.
        """
        found: dict[str, tuple[str, ...]] = {}
        for told in self._known.values():
            first = told[0][1]
            if not first.named or first.kind not in {"person", "organisation"}:
                continue
            if all(known.role is None for _, known in told):
                for directory, known in told:
                    source = directory.article.id
                    found[source] = (*found.get(source, ()), known.name)
        return found

    def _actor(
        self,
        key: str,
        roles: Mapping[str, list[RoleDraft]],
        copy_of: Mapping[str, str],
        *,
        strong: bool,
    ) -> Actor:
        """Describe one party as all its sources and the model show it."""
        told = self._known[key]
        drafts = list(_drafts_of(told, roles))
        role = _role_of(told, drafts, strong=strong)
        return Actor(
            id=self._ids[key],
            name=told[0][1].name,
            kind=_kind_of(told, drafts, strong=strong),
            role=role.words,
            of=role.known.of,
            aliases=tuple(self._aliases[key].values()),
            country=next((k.country for _, k in told if k.country), None),
            sector=next((k.sector for _, k in told if k.sector), ()),
            named=told[0][1].named,
            corroboration=copies.independent([d.article.id for d, _ in told], copy_of),
            evidence=tuple(
                evidence
                for d, k in told
                for evidence in _evidence(d, k, role.place_in(d))
            ),
        )


@dataclass(frozen=True, slots=True)
class _Role:
    """The role of a party, as one source of it tells it."""

    directory: Directory
    known: Known
    words: str | None
    span: Span | None

    def place_in(self, directory: Directory) -> Span | None:
        """Return where a source tells the role; None for another source."""
        return self.span if directory is self.directory else None


def _described(told: _Told) -> tuple[Directory, Known]:
    """Return the first source whose form shows a role, else the first one."""
    return next((t for t in told if t[1].role), told[0])


def _role_of(told: _Told, drafts: _Drafts, *, strong: bool) -> _Role:
    """Return the role that forms show, or that the model found where they show none."""
    directory, known = _described(told)
    role = _Role(directory, known, known.role, known.role_span)
    find = role_near if strong else role_in_text
    for at, its, draft in drafts:
        wanted = strong or not role.words
        found = find(at, its.name, draft.role) if wanted else None
        if found is not None:
            role = _Role(at, its, found.of(at.article.text), found)
    return role


def _kind_of(told: _Told, drafts: _Drafts, *, strong: bool) -> ActorKind:
    """Return the kind of a party, as the model has it where forms do not show it."""
    kind: ActorKind = _described(told)[1].kind
    for at, its, draft in drafts:
        # English shows persons by the words around them; the lists of other
        # languages do not, and there the model says who is one.
        persons = isinstance(at, ListedDirectory)
        unsure = kind == "organisation" and its.named
        if strong or (unsure and (persons or draft.kind != "person")):
            kind = draft.kind
    return kind


def _finders(items: Iterable[Item]) -> dict[str, FoundBy]:
    """Tell, by the id of each party, who found the items that name it."""
    found: dict[str, set[FoundBy]] = {}
    for item in items:
        for _, value in item:
            named = value if isinstance(value, tuple) else (value,)
            for party in named:
                if isinstance(party, Party) and item.found_by is not None:
                    found.setdefault(party.id, set()).add(item.found_by)
    return {
        ident: next(iter(by)) if len(by) == 1 else "both" for ident, by in found.items()
    }


def _evidence(
    directory: Directory, known: Known, role: Span | None
) -> tuple[Evidence, ...]:
    """Cite a party's fullest form in one source, and its role."""
    text, source = directory.article.text, directory.article.id
    spans = [known.first]
    if role is not None:
        low, high = min(known.first.start, role.start), max(known.first.end, role.end)
        # Name and role side by side are one piece of evidence.
        beside = high - low <= len(role.of(text)) + len(known.first.of(text)) + 6
        spans = [Span(start=low, end=high)] if beside else [known.first, role]
    return tuple(cite(source, text, span) for span in spans[:_MOST_EVIDENCE])


def _drafts_of(
    told: _Told, roles: Mapping[str, list[RoleDraft]]
) -> Iterator[tuple[Directory, Known, RoleDraft]]:
    """List what the model said of a party, once at most for each source of it."""
    for directory, known in told:
        drafts = [
            r for r in roles.get(directory.article.id, ()) if same(r.name, known.name)
        ]
        exact = [r for r in drafts if bare(r.name) == bare(known.name)]
        if drafts:
            yield directory, known, (exact or drafts)[0]


def check_role(
    directory: Directory, draft: RoleDraft, *, near: bool = False
) -> Refusal | None:
    """Check that the text gives a party the role that a draft gives it.

    Args:
        directory: Who is who.
        draft: The party and its role.
        near: Whether a sentence that names the party suffices, wherever its role stands
            in it or in the one behind: a strong model knows what belongs together.
    """
    if locate_name(directory, draft.name) is None:
        return Refusal("not_found", f"the text names no {draft.name!r}")
    find = role_near if near else role_in_text
    if not draft.role.strip() or find(directory, draft.name, draft.role):
        return None
    return Refusal("role", f"no sentence about {draft.name!r} says {draft.role!r}")


def locate_name(directory: Directory, name: str) -> Span | None:
    """Find where the text first names a party; blank names are nowhere."""
    return locate(name, directory.article.text) if name.strip() else None


def role_near(directory: Directory, name: str, role: str) -> Span | None:
    """Find a role that a sentence ties to the party that it or the one before it names."""
    if not role.strip() or same(role, name):
        return None
    article = directory.article
    for place in occurrences(role, article.text):
        index = article.index_at(place.start)
        if index is not None and is_tied(article, place, (name,)):
            return place
    return None


def is_tied(article: Article, role: Span, names: Iterable[str]) -> bool:
    """Tell whether the words of a role belong to a party, as its sentence shows.

    They do beside its name, in an apposition to it ("the head of the clinic, Ana Ruiz"),
    behind "is", "as" and the like, and at the head of the sentence behind it ("The
    minister …"). Elsewhere they are another's: "Syria seeks help against terrorists".
    """
    index = article.index_at(role.start)
    if index is None:
        return False
    shorts = {bare(n).rsplit(maxsplit=1)[-1] for n in names if bare(n)}
    sentence = article.sentences[index].span
    is_title = re.search(r"\b[A-Z]\S*$", role.of(article.text))
    behind = _CALLED.match(article.text, role.end)  # "Capt." may end a sentence
    if is_title and behind and shorts & set(behind["name"].lower().split()):
        return True
    another = _ANOTHER.search(role.of(article.text)) is not None
    if (
        index
        and not another
        and _is_known(article.text[sentence.start : role.start], role.of(article.text))
    ):
        before = article.words(index - 1).casefold()
        if any(short in before for short in shorts):
            return True
    told = sentence.of(article.text)
    if script_of(told) not in CASED:
        return any(short in told for short in shorts)
    return any(_is_beside(article.text, role, sentence, short) for short in shorts)


def _is_beside(text: str, role: Span, sentence: Span, short: str) -> bool:
    """Tell whether a sentence ties a role to the last word of a name."""
    told = sentence.of(text)
    for found in re.finditer(rf"(?i)(?<!\w){re.escape(short)}(?!\w)", told):
        start, end = sentence.start + found.start(), sentence.start + found.end()
        if end <= role.start and _BEHIND.fullmatch(text[end : role.start]):
            return True
        if role.end <= start and _BEFORE.fullmatch(text[role.end : start]):
            return True
        if start < role.end and role.start < end:
            return True
    return False


_ANOTHER = re.compile(r"(?i)\b(?:other|another)\b")
"""What speaks of somebody who was not named before."""

_CALLED = re.compile(r"\.?\s+(?P<name>(?:[A-Z][\w’'-]*\.?\s*){1,4})")
"""A name right behind a role."""


def _is_known(before: str, role: str) -> bool:
    """Tell whether a role at the head of a sentence is of somebody known: "The minister"."""
    found = _HEAD.fullmatch(before)
    return found is not None and bool(found["the"] or _HEAD.match(f"{role} ")["the"])  # type: ignore[index]  # it matches nothing too


_HEAD = re.compile(r"(?i)[\s“\"]*(?:(?P<the>the|its|his|her)\s+(?:[\w’'-]+\s+){0,2})?")

_BEHIND = re.compile(
    r"(?i)(?:’s|'s)?(?:\s*|\s*,\s*(?:the|an?)\s+(?:[\w’'-]+\s+){1,5}(?:who|that|which)\s+(?:is|was)\s+|(?:\s+(?!is|was|are|were)[\w’'-]+)?\s*[,(،，（、–—-]\s*(?:who\s+|which\s+)?"
    r"(?:(?:is|was|are|were)\s+)?|\s*,?\s+(?:is|was|are|were|be|been|became|remains?|as|serv\w+|"
    r"(?:(?:was|were|is|been)\s+)?(?:re)?(?:appointed|named|elected|nominated)|leads?|led|heads?|headed|chairs?|chaired|"
    r"runs?|owns?|represents?|works?)(?:\s+(?:as|for))?\s+|\s+(?:[\w’'-]+\s+){0,4}(?:resign\w*|quit|retire[ds]?|(?:step\w*|st[ao]nds?|stood) down|"
    r"sworn in|dismissed|sacked|fired|ousted|removed|hired|known)\s+as\s+)"
    r"(?:(?:the|an?|its|their|his|her|one of|part of|as|also|then|now|formerly|former|acting|self-styled|deputy|new|old|largest|biggest|main)\s+){0,3}"
)
"""Between a name and its role: a comma, or a word of being or holding an office."""

_BEFORE = re.compile(
    r"s?(?:\s+(?:of|for|at|in|to|on|from|with)\b[^;:]{1,90},)?"
    r"(?:[\s,&–—-]|(?:and|of|the|herself|himself|itself|themselves|bin|ibn|al|el|abu|ben|de|da|du|del|la|van|von|der)(?=[\s,])|[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁІЇЄҐ][\w.’'-]*+)*"
)
"""Between a role and its name: little, other names of it, or where the role is held."""


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
