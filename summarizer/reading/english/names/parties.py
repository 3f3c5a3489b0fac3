"""Who is who in an article: one actor for all the phrases that name the same party.

Only what the text shows joins two phrases: a surname and a full name that ends in it,
a country and its government, a described party and a longer description with the same
head. Empty beats guessed, and two people who share a surname stay two.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice

from schemas.evidence import Span
from schemas.terms import ActorKind
from summarizer.reading.english.names import mentions, name_words
from summarizer.reading.english.names.party_names import (
    DETERMINER,
    ORG_WORD,
    acronyms_in,
    body_in_role,
    country_in,
    country_of_party,
    is_bare_title,
    may_be_person,
    plain,
    says_more,
    sectors_of,
    spelling_of,
    tables,
)
from summarizer.reading.values import Known, Mention
from summarizer.sources import Article
from summarizer.text import words

_ROLE_AFTER = re.compile(
    r"^,\s+(?P<role>(?:(?:the|an?|its|his|her|their|who is|then|former)\s+)?[^,;.()“”\"]{3,110})(?=,|\.|;|\s+(?:said|told|added)\b)"
)


_LINKED_ROLE = re.compile(
    r"(?i)\b(?:minister|president|spokes\w+|leader|chief|head|director|ambassador|envoy|secretary|chair\w*|governor|mayor|judge|general|colonel|commander|official|analyst|professor|expert|lawyer|senator|member|founder|manager|officer|adviser|advisor|coordinator|representative|editor|author|pastor|bishop|owner|economist|strategist|researcher|resident|student|activist|candidate|deputy|prosecutor|attorney|pollster|consultant|co-founder|prime|captain|king|queen|prince|nurse|doctor|teacher|farmer|driver|engineer|scientist)s?\b"
)


_SOMEBODY = re.compile(r"\w{3,}(?:er|or|ist|ian|man|woman)$")
"""Nouns for one person, by their ending."""


_PLAIN_OFFICE = re.compile(
    r"(?i)\b(?:minister|president|spokes\w+|leader|director|ambassador|envoy|secretary|chair\w*|governor|mayor|judge|general|"
    r"colonel|commander|captain|senator|mediator|negotiator|chancellor|king|queen|premier)(?=\s|$)"
)


_FORMER = re.compile(r"(?i)\b(?:former|ex-|late|then)\b")


_MOST_PLACES = 40
"""Places of a name at which its role is looked for; it stands at the first or second."""


_MOST_BEFORE = 12
"""Phrases before a name that may belong to its office."""


_MOST_FORMS = 200
"""Descriptions with one head that a shorter one is compared with: the "officials" of a
report of 50,000 words come with fewer adjectives than that."""


@dataclass(slots=True)
class Directory:
    """All the phrases of one article that name parties, read once.

    Holds no decision about who matters: `know` is asked for those that items need.
    """

    article: Article
    proper: frozenset[str] = field(init=False)
    all: list[Mention] = field(init=False)
    _starts: list[int] = field(init=False)
    _people: dict[str, set[str]] = field(default_factory=dict)
    _first: dict[str, Mention] = field(default_factory=dict)
    _named: dict[str, list[Mention]] = field(default_factory=dict)
    _by_head: dict[str, dict[str, Mention]] = field(default_factory=dict)
    _forms_of: dict[str, dict[str, Mention]] = field(default_factory=dict)
    _answers: dict[tuple[str, int], Known] = field(default_factory=dict)
    _short: dict[str, str] = field(default_factory=dict)
    _spelled: dict[str, set[str]] = field(default_factory=dict)
    _roles: dict[str, tuple[str | None, Span | None]] = field(default_factory=dict)
    _holders: dict[str, dict[str, tuple[str, str, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        article = self.article
        spans = [(article.text, s.span) for s in article.sentences]
        self.proper = mentions.proper_words(spans)
        self.all = [
            m
            for _, span in spans
            for m in mentions.find(article.text, span, self.proper)
        ]
        self._starts = [m.span.start for m in self.all]
        for mention in self.all:
            self._index(mention)
        self._short = acronyms_in(article.text)
        self._short |= self._initials()

    def _index(self, mention: Mention) -> None:
        name = plain(mention.core.of(self.article.text))
        self._first.setdefault(name, mention)
        if mention.form == "pronoun":
            return
        parts = name.split()
        if parts:
            self._by_head.setdefault(parts[-1].lower(), {}).setdefault(name, mention)
        code = country_of_party(name, metonyms=False)
        if code is not None:
            self._forms_of.setdefault(code, {}).setdefault(name, mention)
        if mention.role is not None and mention.form == "name" and parts:
            role = mention.role.of(self.article.text)
            heads = _PLAIN_OFFICE.findall(role)
            if heads and not _FORMER.search(role):
                self._holders.setdefault(heads[-1].lower(), {}).setdefault(
                    name, (name, role, mention.span.start)
                )
        if mention.form == "name":
            self._named.setdefault(name, []).append(mention)
            self._spelled.setdefault(spelling_of(name), set()).add(name)
            if len(parts) >= 2 and may_be_person(name):
                surname = re.sub(r"^(?:al|el|bin|ibn)-", "", parts[-1])
                family = {parts[0]} if _FAMILY_FIRST.match(name) else set[str]()
                for short in {parts[-1], surname, *family}:
                    self._people.setdefault(short, set()).add(name)

    def _initials(self) -> dict[str, str]:
        """Join "EU" to "European Union" where just one name of a body has these initials."""
        full: dict[str, set[str]] = {}
        for name in self._first:
            parts = name.split()
            if len(parts) >= 2 and not may_be_person(name):
                initials = "".join(p[0] for p in parts if p[0].isupper())
                full.setdefault(initials, set()).add(name)
        return {
            short: next(iter(full[short]))
            for short in self._first
            if short not in self._short
            and re.fullmatch(r"[A-Z]{2,8}", short)
            and len(full.get(short, ())) == 1
        }

    def within(self, span: Span) -> list[Mention]:
        """List the mentions inside a stretch of the article, in order."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return [m for m in self.all[first:last] if m.span.end <= span.end]

    def people(self, surname: str) -> frozenset[str]:
        """List the full names of the article that end in *surname*."""
        return frozenset(self._people.get(surname, ()))

    def expansion(self, short: str) -> str | None:
        """Give the full name of an acronym that the article explains."""
        return self._short.get(short)

    def expansions(self) -> dict[str, str]:
        """List the acronyms that the article explains, with their full names."""
        return dict(self._short)

    def shortened(self) -> list[tuple[str, str, int]]:
        """List the full names that the article may shorten, in their order.

        Returns:
            The full name, the surname or acronym, and where the full name first stands.
        """
        found = [
            (name, name.rsplit(maxsplit=1)[-1], places[0].core.start)
            for name, places in self._named.items()
            if " " in name and may_be_person(name)
        ]
        for short, name in self._short.items():
            found.append((name, short, max(0, self.article.text.find(name))))
        return sorted(found, key=lambda one: one[2])

    def first_of(self, code: str) -> Mention | None:
        """Find the first mention of a country by its own name."""
        forms = self._forms_of.get(code, {})
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
        text = self.article.text
        mention = mention or self._first.get(plain(phrase))
        core = plain(mention.core.of(text) if mention else phrase)
        code = country_of_party(core)
        if code is not None:
            return self._country(code, core, mention)
        full = self._fullest(core, mention)
        first = self._first.get(full) or mention
        span = first.core if first is not None else Span(start=0, end=1)
        if full not in self._roles:
            self._roles[full] = self._role(full)
        role, role_span = self._roles[full]
        kind = self._kind(full, first, role)
        of = body_in_role(role)
        return Known(
            key=self._key(full, kind),
            name=self._shown(full, first),
            kind=kind,
            first=span,
            named=first.form == "name" if first is not None else full[:1].isupper(),
            role=role,
            role_span=role_span,
            of=of,
            aliases=self._aliases(core, full),
            country=country_in(" ".join(filter(None, (full, role, of)))),
            sector=sectors_of(f"{full} {role or ''}"),
        )

    def _aliases(self, core: str, full: str) -> tuple[str, ...]:
        """List the form asked for and the short ones that the text explains."""
        short = tuple(s for s, name in self._short.items() if name == full)
        own = (core,) if core != full and core not in short else ()
        return (*own, *(s for s in short if s in self._first))

    def _country(self, code: str, core: str, mention: Mention | None) -> Known:
        """Describe a country's government under the fullest of its names here."""
        forms = dict(self._forms_of.get(code, {}))
        if mention is not None:
            forms.setdefault(core, mention)
        name = max(forms, key=lambda f: (says_more(f), len(f)), default=core)
        named = forms.get(name)
        span = named.core if named else Span(start=0, end=1)
        return Known(
            key=f"country:{code}",
            name=self._shown(name, named),
            kind="government",
            first=span,
            named=True,
            aliases=tuple(form for form in forms if form != name),
            country=code,
            sector=("GOV",),
        )

    def _fullest(self, core: str, mention: Mention | None) -> str:
        """Find the full name that a surname or an acronym stands for, if just one."""
        if core in self._short:
            return self._short[core]
        if core[:1].isupper():
            named = (self._of_surname(core) if " " not in core else None) or (
                self._ends_in(core)
            )
            if named is not None:
                return named
            if core in self._spelled.get(spelling_of(core), ()):
                return max(self._spelled[spelling_of(core)])
        if mention is not None and mention.form == "described":
            return self._in_office(core, mention) or self._longer(core, mention)
        return core

    def _of_surname(self, core: str) -> str | None:
        """Find the one person of a surname, or the state of a short name."""
        for form in ("Republic", "Kingdom", "State", "Federation", "Emirate"):
            if f"{form} of {core}" in self._first:
                return f"{form} of {core}"
        full = self._people.get(core, set())
        longest = max(full, key=lambda name: (len(name), name), default="")
        spelled = spelling_of(longest)
        one = all(f" {spelled}".endswith(f" {spelling_of(name)}") for name in full)
        return longest if longest and one else None

    def _longer(self, core: str, mention: Mention) -> str:
        """Find an earlier, longer description with the same head."""
        wanted = set(core.lower().split())
        head = core.rsplit(maxsplit=1)[-1].lower()
        forms = self._by_head.get(head, {})
        longer = [
            (form, other)
            for form, other in islice(forms.items(), _MOST_FORMS)
            if wanted < set(form.lower().split())
        ]
        if not longer or longer[0][1].span.start > mention.span.start:
            return core
        first = longer[0][0]
        told = set(first.lower().split())
        several = any(
            not told <= set(form.lower().split())
            and not set(form.lower().split()) <= told
            for form, _ in longer
        )
        # "the government" is nobody's where "the U.S. government" is not the only one
        return core if several else first

    def _ends_in(self, core: str) -> str | None:
        """Find the one body whose name ends in a part of it: "the League"."""
        if core not in self._named or not ORG_WORD.search(core):
            return None
        alike = self._by_head.get(core.rsplit(maxsplit=1)[-1].lower(), {})
        longer = [
            n
            for n in islice(alike, _MOST_FORMS)
            if n in self._named and n.endswith(f" {core}") and not may_be_person(n)
        ]
        return longer[0] if len(longer) == 1 else None

    def _in_office(self, core: str, mention: Mention) -> str | None:
        """Find who "the minister" is, where the text names just one before.

        Another phrase with the same head ("the foreign minister") leaves it open.
        """
        text = self.article.text
        if mention.kind != "officials" or not re.match(
            r"(?i)the\s", mention.span.of(text)
        ):
            return None
        asked = set(core.lower().split())
        head = core.lower().rsplit(maxsplit=1)[-1]
        holders = [
            one
            for one in self._holders.get(head, {}).values()
            if asked <= set(one[1].lower().split())
        ]
        names = {self._fullest(name, None) for name, _, _ in holders}
        if len(names) != 1:
            return None
        roles = " ".join(role for _, role, _ in holders).lower()
        first = min(start for _, _, start in holders)
        if first > mention.span.start or not self._says_no_more(core, head, roles):
            return None
        return names.pop()

    def _says_no_more(self, core: str, head: str, roles: str) -> bool:
        """Tell whether *roles* hold each word of all descriptions with a head."""
        others = self._by_head.get(head, {})
        return all(
            word in roles
            for other in (core, *(o for o, m in others.items() if m.form != "name"))
            for word in other.lower().split()
        )

    def _key(self, full: str, kind: ActorKind) -> str:
        if kind == "officials":
            parts = full.lower().split()
            return f"officials:{' '.join(p for p in parts if country_in(p.title()) or p == parts[-1])}"
        return full.lower()

    def _shown(self, full: str, first: Mention | None) -> str:
        if first is None:
            return full
        text = self.article.text
        whole = text[first.span.start : first.core.end]
        if first.form == "described" and re.match(
            r"(?i)(?:the|its|their|his|her|each|both)\s", whole
        ):
            return (
                whole[:1].lower() + whole[1:]
                if whole.lower().startswith("the ")
                else whole
            )
        return first.core.of(text)

    def _role(self, full: str) -> tuple[str | None, Span | None]:
        """Find what the text says a named party is: beside its name, or before it."""
        text = self.article.text
        for mention in self._named.get(full, [])[:_MOST_PLACES]:
            after = _ROLE_AFTER.match(text[mention.span.end : mention.span.end + 130])
            if (
                after is not None
                and _LINKED_ROLE.search(after["role"])
                and may_be_person(full)
            ):
                role = re.sub(r"^(?:who is|then)\s+", "", after["role"]).strip()
                start = text.index(role, mention.span.end)
                return role, Span(start=start, end=start + len(role))
            if mention.role is not None and not is_bare_title(mention.role.of(text)):
                return mention.role.of(text), mention.role
            before = self._role_before(mention)
            if before is not None:
                return before.of(text), before
        return None, None

    def _role_before(self, mention: Mention) -> Span | None:
        """Read "US ambassador to Turkey and special envoy to Syria Tom Barrack"."""
        text = self.article.text
        start = None
        last = mention.core.start
        index = bisect_left(self._starts, mention.core.start)
        for other in reversed(self.all[max(0, index - _MOST_BEFORE) : index]):
            if other.nested or other.span.end > mention.core.start:
                continue
            if not re.fullmatch(
                r"\s*(?:(?:to|for|of|at|and|the)\s+)*", text[other.span.end : last]
            ):
                break
            last = other.span.start
            if other.kind == "officials":
                start = other.span.start
        if (
            start is None
            or start >= mention.core.start - 1
            or not may_be_person(mention.core.of(text))
        ):
            return None
        return Span(start=start, end=mention.core.start - 1)

    def _kind(self, full: str, mention: Mention | None, role: str | None) -> ActorKind:
        bare = DETERMINER.sub("", full)
        if bare in words.lists("parties")["igo"]:
            return "igo"
        if bare in words.lists("parties")["outlets"]:
            return "media"
        if bare in words.lists("parties")["armed_groups"]:
            return "armed_group"
        if mention is not None and mention.kind is not None:
            return mention.kind
        if bare.endswith("s") and bare.removesuffix("s") in tables()[1]:
            return "group"  # "Iraqis"
        named = re.search(r"\s(?:[a-z]+[-’'])?[A-Z]", full) is not None
        if role is not None or (named and may_be_person(full)):
            return "person"
        if not full.rsplit(maxsplit=1)[-1].islower():
            return "organisation"
        head = full.rsplit(maxsplit=1)[-1]
        if _PLAIN_OFFICE.search(head) or head in {"chief", "head", "official"}:
            return "officials"  # "the Pentagon chief"
        if head in words.lists("harm_refused")["singular"] or _SOMEBODY.search(head):
            return "person"  # "one line supervisor"
        return "group" if full.endswith("s") else "organisation"


_FAMILY_FIRST = re.compile(
    rf"(?:{'|'.join(words.lists('parties')['family_first'])}) |[A-Z][a-z]+ [A-Z][a-z]+-[A-Za-z][a-z]+$"
)
"""Names whose first word is the family's, and stands alone later: "Kim Jong-un", "Kim"."""
