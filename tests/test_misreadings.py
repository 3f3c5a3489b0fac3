"""Sentences that are easily misread: what must not be shown. All are invented."""

from datetime import date

import pytest
from briefed import items_of, name

from schemas.draft import CasualtyDraft, PositionDraft
from summarizer.assembly.assembled import Assembled


def _asked(made: Assembled) -> list[tuple[str, str | None]]:
    return [(name(r.by), r.to.name if r.to else None) for r in made.requests]


@pytest.mark.parametrize(
    ("text", "like", "count"),
    [
        ("No one was killed.", "One miner was killed.", 1),
        ("None of the 14 miners was killed.", "All of the 14 miners were killed.", 14),
        ("None of the 60 passengers were injured, the airline said.", "Six of the 60 passengers were injured, the airline said.", 6),
        ("Neither of the two pilots was hurt.", "Both pilots were hurt.", 2),
        ("Not one of the 200 guests was injured.", "Nine of the 200 guests were injured.", 9),
        ("The ministry denied reports that 40 people had been killed.", "The ministry confirmed reports that 40 people had been killed.", 40),
        ("Israel denied killing 12 people.", "Israel admitted killing 12 people.", 12),
        ("The toll could rise to 50, officials warned.", "The toll rose to 50, officials warned.", 50),
        ("Without the dam, 400 people would have been killed.", "Without warning, 400 people were killed.", 400),
        ("There is no evidence that 12 people were killed.", "There is evidence that 12 people were killed.", 12),
        ("Israel has not confirmed that 12 people were killed.", "Israel has confirmed that 12 people were killed.", 12),
        ("It is unclear whether the 12 missing men were killed.", "The 12 men were killed.", 12),
        ("A false report said 12 people had been killed.", "A report said 12 people had been killed.", 12),
        ("Police retracted a claim that 12 people had been killed.", "Police repeated a claim that 12 people had been killed.", 12),
        ("An exercise simulated a blast in which 200 people were killed.", "A bomb caused a blast in which 200 people were killed.", 200),
        ("He was acquitted of killing 12 people.", "He was convicted of killing 12 people.", 12),
        ("One in three of the 90 patients died.", "Thirty of the 90 patients died.", 30),
        ("All but two of the 30 hostages were killed.", "All of the 30 hostages were killed.", 30),
        ("Nearly two people are killed every hour.", "Nearly forty people were killed on Monday.", 40),
        ("Hunters killed 40 wolves.", "Hunters killed 40 people.", 40),
    ],
)  # fmt: skip
def test_what_reports_no_harm_to_so_many_people_yields_no_row(
    text: str, like: str, count: int
) -> None:
    assert [c for c in items_of(text).casualties if c.low] == []
    assert [c.low for c in items_of(like).casualties] == [count]


@pytest.mark.parametrize(
    ("text", "wrong", "like"),
    [
        ("The wife of Imran Khan asked the court to free him.", "Imran Khan", "Imran Khan asked the court to free him."),
        ("Lawyers for Omar Hassan urged the court to free him.", "Omar Hassan", "Omar Hassan urged the court to free him."),
        ("The mother of two killed soldiers appealed to Putin for help.", "soldiers", "Two soldiers appealed to Putin for help."),
        ("A friend of the king asked Chad for money.", "the king", "The king asked Chad for money."),
        ("A book by Omar Hassan urged France to leave.", "Omar Hassan", "In a book, Omar Hassan urged France to leave."),
        ("Kenya's ambassador to the US urged Nairobi to hold elections.", "US", "The US urged Nairobi to hold elections."),
        ("Egypt, unlike Chad, has called on Sudan to withdraw.", "Chad", "Chad has called on Sudan to withdraw."),
        ("Egypt and Chad, but not Libya, have called on Sudan to withdraw.", "Libya", "Libya has called on Sudan to withdraw."),
    ],
)  # fmt: skip
def test_a_name_that_only_describes_the_requester_is_not_the_requester(
    text: str, wrong: str, like: str
) -> None:
    assert wrong not in [by for by, _ in _asked(items_of(text))]
    assert any(wrong.lower() in by.lower() for by, _ in _asked(items_of(like)))


@pytest.mark.parametrize(
    ("text", "wrong", "like"),
    [
        ("The wife of President Omar Hassan said he was ill.", "Omar Hassan", "President Omar Hassan said he was ill."),
        ("The lawyer for Omar Hassan accused France of bias.", "Omar Hassan", "Omar Hassan accused France of bias."),
        ("Kenya's ambassador to the US said the vote was fair.", "US", "The US said the vote was fair."),
        ("The US ambassador to Kenya said the vote was fair.", "Kenya", "Kenya said the vote was fair."),
        ("Aides to Trump deny that he threatened Canada.", "Trump", "President Trump denied that he threatened Canada."),
        ("Ministers asked by Reuters said the plan was dead.", "Reuters", "Reuters said the plan was dead."),
        ("Neither Kenya nor Chad said the vote was fair.", "Chad", "Chad said the vote was fair."),
        ("Nobody from the ministry said the bridge was safe.", "the ministry", "The ministry said the bridge was safe."),
        ("Few in Kenya accuse Chad of lying.", "Kenya", "Kenya accused Chad of lying."),
        ("Had Kenya condemned the raid, Chad would have left.", "Kenya", "Kenya said it condemned the raid."),
        ("Will Kenya condemn the raid?", "Kenya", "Kenya said it condemned the raid."),
        ("The talks were requested by Sudan and rejected by Egypt.", "Sudan", "Sudan said that it requested the talks."),
        ("Contrary to what Iran says, Iraq did not attack, the UN said.", "Iran", "Iran says that Iraq did not attack."),
    ],
)  # fmt: skip
def test_nobody_is_shown_to_hold_what_the_sentence_does_not_ascribe_to_him(
    text: str, wrong: str, like: str
) -> None:
    assert wrong not in [p.holder.name for p in items_of(text).positions]
    assert any(wrong.lower() in p.holder.name.lower() for p in items_of(like).positions)


def test_the_head_of_a_phrase_speaks_and_not_the_place_in_it() -> None:
    made = items_of("The US ambassador to Kenya said the vote was fair.")

    assert [p.holder.name for p in made.positions] == ["the US ambassador"]


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("Rumours that Kenya asked Chad for aid are false.", "Kenya asked Chad for aid."),
        ("Reports that Egypt had asked Sudan to close the dam were dismissed by Cairo.", "Egypt had asked Sudan to close the dam."),
        ("Egypt asked Sudan whether Ethiopia had closed the dam.", "Egypt asked Sudan to close the dam."),
        ("In the film, the king orders the army to attack France.", "The king ordered the army to attack France."),
    ],
)  # fmt: skip
def test_what_was_never_asked_for_is_no_request(text: str, like: str) -> None:
    assert _asked(items_of(text)) == []
    assert len(_asked(items_of(like))) == 1


def test_he_is_the_person_named_since_the_last_statement() -> None:
    made = items_of(
        "“We want peace,” President Adan said.\n\nHis rival, Yusuf Omar, laughed. “He "
        "lies,” he said."
    )

    assert [p.holder.name for p in made.positions] == ["Adan", "Yusuf Omar"]


def test_what_is_asked_for_ends_with_its_clause() -> None:
    asked = [
        items_of("Kenya asked Chad for aid in 1998, which Chad refused."),
        items_of("“We beg the government to help us now,” said Maria Petrova."),
    ]

    assert [r.what for made in asked for r in made.requests] == [
        "aid in 1998",
        "help us now",
    ]


@pytest.mark.parametrize("blank", ["\n", "\u200b", "\x00", "\x85"])
def test_a_draft_of_invisible_characters_is_an_empty_one(blank: str) -> None:
    made = items_of(
        "Twelve people were killed.",
        [
            CasualtyDraft(kind="killed", count="Twelve", who=blank),
            PositionDraft(holder=blank, act="assert", quote=blank),
        ],
    )

    assert [c.low for c in made.casualties] == [12]


def test_a_lone_surrogate_breaks_nothing() -> None:
    made = items_of("Chad said \ud800 no. Kenya urged Chad to free the crew.")

    assert _asked(made) == [("Kenya", "Chad")]


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_days_at_the_ends_of_the_calendar_break_nothing(day: date) -> None:
    text = "Kenya urged Chad on Friday to free the crew next week, last month or next year."

    assert len(items_of(text, published=day).requests) == 1


@pytest.mark.parametrize(
    "text",
    [
        "12 killed " * 400,
        "; ".join(f"{i} killed in Town{i}" for i in range(2, 300)) + ".",
        "Bob said that " * 2_000,
    ],
    ids=["counts", "list", "statements"],
)
def test_one_endless_sentence_is_read_to_its_end(text: str) -> None:
    assert items_of(text).requests == ()
