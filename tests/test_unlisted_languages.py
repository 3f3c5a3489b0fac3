"""Articles in languages without lists. All are invented."""

import pytest
from briefed import name
from scripted import whole
from tongues import (
    ARABIC,
    CHINESE,
    CHINESE_ANSWER,
    HEBREW,
    HINDI,
    ITALIAN,
    JAPANESE,
    KOREAN,
    article,
    briefed,
    every,
)

from schemas.draft import (
    CasualtyDraft,
    PositionDraft,
    QuotedQuestion,
    QuotedRequest,
)
from summarizer.reading.reading import read
from summarizer.reading.values import Refusal
from summarizer.verification import verify


def test_a_chinese_article_gives_items_whose_words_stand_in_it() -> None:
    made = briefed(CHINESE, CHINESE_ANSWER)

    assert [(name(r.by), r.what) for r in made.requests] == [("塔斯克", "撤出山谷")]
    assert [(p.holder.name, p.quote, p.form) for p in made.positions] == [
        ("王宁", "我们不接受这一要求", "direct")
    ]
    (toll,) = made.casualties
    assert (toll.count_text, toll.value, toll.low, toll.comparator) == (
        "至少12人", None, None, None,
    )  # fmt: skip
    assert [w.check for w in made.withheld] == ["not_found", "not_found"]
    assert {a.name: (a.kind, a.role) for a in made.actors}["王宁"] == (
        "person",
        "外交部发言人",
    )
    for item in every(made):
        for evidence in item.evidence:
            assert evidence.exact == CHINESE[evidence.start : evidence.end]
    assert verify(made).findings == ()


@pytest.mark.parametrize(
    ("tongue", "text", "who", "shown"),
    [
        ("it", "Si contano 12 mila persone uccise.", "persone", "12 mila"),
        ("zh", "共有12万人死亡。", "人", "12万"),
        ("it", "Si contano 12 persone uccise.", "persone", "12"),
        ("it", "12 prima di mezzogiorno, poi persone uccise.", "persone", "12"),
    ],
)
def test_a_number_is_not_cut_from_its_scale_where_none_is_known(
    tongue: str, text: str, who: str, shown: str
) -> None:
    draft = CasualtyDraft(kind="killed", count="12", who=who)
    found = read(article(text, tongue)).reader.harmed(0, draft)

    assert not isinstance(found, Refusal)
    assert found.count_span is not None
    assert found.count_span.of(text) == shown
    assert found.count is None


def test_an_arabic_article_gives_items_whose_words_stand_in_it() -> None:
    made = briefed(
        ARABIC,
        whole(
            requests=[
                QuotedRequest(
                    by="تارسك",
                    to="بلمورا",
                    what="إطلاق سراح الأسرى",
                    quote="وطلبت تارسك من بلمورا إطلاق سراح الأسرى",
                )
            ],
            positions=[
                PositionDraft(
                    holder="حداد", act="refuse", quote="لن نسحب قواتنا من الوادي"
                )
            ],
            open_questions=[
                QuotedQuestion(
                    kind="pending",
                    question="هل تستأنف المفاوضات?",
                    quote="هل تستأنف المفاوضات؟",
                )
            ],
        ),
    )

    assert [(name(r.by), r.to and r.to.name) for r in made.requests] == [
        ("تارسك", "بلمورا")
    ]
    assert [p.quote for p in made.positions] == ["لن نسحب قواتنا من الوادي"]
    assert "pending" in {q.kind for q in made.open_questions}
    assert verify(made).findings == ()


@pytest.mark.parametrize(
    ("text", "holder", "quote"),
    [
        (JAPANESE, "田中", "撤退しない。"),
        (KOREAN, "김민수", "철수하지 않겠다고"),
        (HINDI, "सेना", "इसे नकार दिया"),
        (HEBREW, "ראש העיר", "ביקש עזרה מהממשלה"),
        (ITALIAN, "Gianni Morel", "Non ritireremo le nostre truppe"),
    ],
)
def test_a_position_in_any_script_is_held_and_verified(
    text: str, holder: str, quote: str
) -> None:
    draft = PositionDraft(holder=holder, act="refuse", quote=quote)
    made = briefed(text, whole(positions=[draft]))

    assert [(p.holder.name, p.act) for p in made.positions] == [(holder, "refuse")]
    assert verify(made).findings == ()


def test_a_long_statement_without_spaces_is_cut_at_a_comma() -> None:
    clause = "我们不会接受这一不公平的要求因为山谷属于我们所有人，"
    text = f"发言人王宁今天在首都说，{clause * 6}谢谢。"
    draft = PositionDraft(holder="王宁", act="refuse", quote=clause * 6)
    made = briefed(text, whole(positions=[draft]))

    (position,) = made.positions
    assert position.gist.endswith("所有人")
    assert len(position.gist) <= 90
    assert verify(made).findings == ()


def test_a_line_of_a_model_is_not_shown_where_names_cannot_be_told() -> None:
    line = "塔斯克和李雷要求贝尔莫拉撤出山谷。"
    made = briefed(CHINESE, CHINESE_ANSWER.model_copy(update={"bottom_line": line}))

    assert "李雷" not in made.bottom_line


def test_english_rules_do_not_read_other_languages() -> None:
    # "Paris", "once" and "die" are English words, or look like them, in no English text.
    made = briefed("Die Polizei hat die Stadt und das Dorf von 12 Seiten aus umstellt.")

    assert made.casualties == ()
    assert made.requests == ()
    assert made.coverage.not_covered == ()
