"""Who is who in an article: one actor for all the phrases that name the same party.

Only what the text shows joins two phrases: a surname and a full name that ends in it,
a country and its government, a described party and a longer description with the same
head. Empty beats guessed, and two people who share a surname stay two.
"""

import re
from dataclasses import dataclass, field

from schemas.evidence import Span
from schemas.terms import ActorKind
from summarizer.reading.english.names import (
    full_names,
    indexed,
    mentions,
    name_words,
    roles,
)
from summarizer.reading.english.names.indexed import Index
from summarizer.reading.english.names.party_names import (
    body_in_role,
    country_in,
    country_of_party,
    may_be_person,
    plain,
    says_more,
    sectors_of,
)
from summarizer.reading.values import Known, Mention
from summarizer.sources import Article

NOWHERE = Span(start=0, end=1)
"""Where a party stands that the text has no phrase for."""


@dataclass(slots=True)
class Directory:
    """All the phrases of one article that name parties, read once.

    Holds no decision about who matters: `know` is asked for those that items need.
    """

    article: Article
    proper: frozenset[str] = field(init=False)
    _index: Index = field(init=False)
    _answers: dict[tuple[str, int], Known] = field(default_factory=dict)
    _roles: dict[str, Span | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        article = self.article
        spans = [(article.text, s.span) for s in article.sentences]
        self.proper = mentions.proper_words(spans)
        found = [
            m for text, span in spans for m in mentions.find(text, span, self.proper)
        ]
        self._index = indexed.of(article, found)

    @property
    def all(self) -> list[Mention]:
        """Every phrase of the article that names a party, in order."""
        return self._index.all

    def within(self, span: Span) -> list[Mention]:
        """List the mentions inside a stretch of the article, in order."""
        return self._index.within(span)

    def people(self, surname: str) -> frozenset[str]:
        """List the full names of the article that end in *surname*."""
        return frozenset(self._index.people.get(surname, ()))

    def expansion(self, short: str) -> str | None:
        """Give the full name of an acronym that the article explains."""
        return self._index.short.get(short)

    def expansions(self) -> dict[str, str]:
        """List the acronyms that the article explains, with their full names."""
        return dict(self._index.short)

    def shortened(self) -> list[tuple[str, str, int]]:
        """List the full names that the article may shorten, in their order.

        Returns:
            The full name, the surname or acronym, and where the full name first stands.
        """
        found = [
            (name, name.rsplit(maxsplit=1)[-1], places[0].core.start)
            for name, places in self._index.named.items()
            if " " in name and may_be_person(name)
        ]
        for short, name in self._index.short.items():
            found.append((name, short, max(0, self.article.text.find(name))))
        return sorted(found, key=lambda one: one[2])

    def first_of(self, code: str) -> Mention | None:
        """Find the first mention of a country by its own name."""
        forms = self._index.forms_of.get(code, {})
        named = [m for form, m in forms.items() if name_words.is_country(form)]
        return named[0] if named else None

    def known(self, phrase: str, mention: Mention | None = None) -> Known:
        """Say who *phrase* names, with everything that the text shows of it."""
        asked = (phrase, mention.span.start if mention is not None else -1)
        if asked not in self._answers:
            self._answers[asked] = self._look_up(phrase, mention)
        return self._answers[asked]

    def meant(self, mention: Mention) -> Known:
        """Say whom a phrase of the article names."""
        return self.known(mention.core.of(self.article.text), mention)

    def is_same(self, one: Mention, two: Mention) -> bool:
        """Tell whether two phrases name one party."""
        return self.meant(one).key == self.meant(two).key

    def _look_up(self, phrase: str, mention: Mention | None) -> Known:
        index, text = self._index, self.article.text
        mention = mention or index.first.get(plain(phrase))
        core = plain(mention.core.of(text) if mention else phrase)
        code = country_of_party(core)
        if code is not None:
            return self._country(code, core, mention)
        full = full_names.fullest(index, core, mention)
        if full not in self._roles:
            self._roles[full] = roles.find(index, full)
        place = self._roles[full]
        role = place.of(text) if place is not None else None
        first = index.first.get(full) or mention
        kind = roles.kind_of(full, first, has_role=role is not None)
        of = body_in_role(role)
        return Known(
            key=_key(full, kind),
            name=self._shown(full, first),
            kind=kind,
            first=first.core if first is not None else NOWHERE,
            named=first.form == "name" if first is not None else full[:1].isupper(),
            role=role,
            role_span=place,
            of=of,
            aliases=self._aliases(core, full),
            country=country_in(" ".join(filter(None, (full, role, of)))),
            sector=sectors_of(f"{full} {role or ''}"),
        )

    def _aliases(self, core: str, full: str) -> tuple[str, ...]:
        """List the form asked for and the short ones that the text explains."""
        short = tuple(s for s, name in self._index.short.items() if name == full)
        own = (core,) if core != full and core not in short else ()
        return (*own, *(s for s in short if s in self._index.first))

    def _country(self, code: str, core: str, mention: Mention | None) -> Known:
        """Describe a country's government under the fullest of its names here."""
        forms = dict(self._index.forms_of.get(code, {}))
        if mention is not None:
            forms.setdefault(core, mention)
        name = max(forms, key=lambda f: (says_more(f), len(f)), default=core)
        named = forms.get(name)
        return Known(
            key=f"country:{code}",
            name=self._shown(name, named),
            kind="government",
            first=named.core if named else NOWHERE,
            named=True,
            aliases=tuple(form for form in forms if form != name),
            country=code,
            sector=("GOV",),
        )

    def _shown(self, full: str, first: Mention | None) -> str:
        """Write a name as the text has it, a description with its first word."""
        if first is None:
            return full
        whole = self.article.text[first.span.start : first.core.end]
        if first.form == "described" and _LED.match(whole):
            is_the = whole.lower().startswith("the ")
            return whole[:1].lower() + whole[1:] if is_the else whole
        return first.core.of(self.article.text)


_LED = re.compile(r"(?i)(?:the|its|their|his|her|each|both)\s")


def _key(full: str, kind: ActorKind) -> str:
    """Name a party for comparing; officials by their country and office alone."""
    if kind != "officials":
        return full.lower()
    parts = full.lower().split()
    kept = [p for p in parts if country_in(p.title()) or p == parts[-1]]
    return f"officials:{' '.join(kept)}"
