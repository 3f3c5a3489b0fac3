"""Sentences, words and offsets in every script."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import whole
from tongues import ALL, briefed

from schemas.briefing import Briefing
from summarizer.sources import make_article
from summarizer.text.locate import locate
from summarizer.verification import verify


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("北京说。他来了！什么？好。", ["北京说。", "他来了！", "什么？", "好。"]),
        ("「はい。」と言った。彼は来た。", ["「はい。」と言った。", "彼は来た。"]),
        ("قال الوزير. هل جاء؟ نعم.", ["قال الوزير.", "هل جاء؟", "نعم."]),
        ("राम ने कहा। वह आया। क्यों?", ["राम ने कहा।", "वह आया।", "क्यों?"]),
        ("¿Qué dijo? ¡Nada! El Sr. Paz vino.", ["¿Qué dijo?", "¡Nada!", "El Sr. Paz vino."]),
        ("השר אמר. מה? לא.", ["השר אמר.", "מה?", "לא."]),
        ("Ça va 👍🏽. Très bien.", ["Ça va 👍🏽.", "Très bien."]),
    ],
)  # fmt: skip
def test_sentences_end_where_their_script_ends_them(
    text: str, sentences: list[str]
) -> None:
    made = make_article(text)

    assert [made.words(i) for i in range(len(made.sentences))] == sentences


@pytest.mark.parametrize("code", ["zh", "ja", "ar", "hi"])
def test_a_heading_is_told_from_a_paragraph_in_other_scripts(code: str) -> None:
    headings = {"zh": "标题", "ja": "見出し", "ar": "عنوان الخبر", "hi": "एक शीर्षक"}
    made = make_article(f"{headings[code]}\n\n{ALL[code]}")

    assert [e.reason for e in made.excluded] == ["heading"]
    assert made.sentences[0].span.start == len(headings[code]) + 2


_SCRIPTS = st.sampled_from(
    [
        "aeñ¿¡.,«» \n",
        "中文字。！？「」 \n",
        "अआकािी।॥् ?\n",
        "ابتة؟،.\u200f\u202b \n",
        "אבגד.?\u200e \n",
        "가각나다. ?\n",
        "e\u0301a\u0308.\u200d👩‍🚀🏳️‍🌈 \n",
        "กขาิ่ \n",
    ]
)
_TEXTS = st.lists(
    _SCRIPTS.flatmap(lambda letters: st.text(letters, max_size=30)), max_size=8
).map("".join)


@given(_TEXTS)
@settings(max_examples=150, deadline=None)
def test_sentences_of_any_script_are_slices_in_order(text: str) -> None:
    made = make_article(text)
    spans = [s.span for s in made.sentences]

    assert made.untouched == text
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.of(made.text).strip() == span.of(made.text) for span in spans)
    for span in spans:
        place = made.seen.original(span)
        assert made.seen.visible(place) == span


@given(_TEXTS, st.data())
@settings(max_examples=150, deadline=None)
def test_a_copied_sentence_is_found_where_it_stands(
    text: str, data: st.DataObject
) -> None:
    made = make_article(text)
    if not made.sentences:
        return
    span = data.draw(st.sampled_from([s.span for s in made.sentences]))
    found = locate(span.of(made.text), made.text)

    assert found is not None
    assert locate(found.of(made.text), span.of(made.text)) is not None


@given(_TEXTS)
@settings(max_examples=60, deadline=None)
def test_a_text_of_any_script_can_be_briefed_and_verified(text: str) -> None:
    if not text.strip():
        return
    made = briefed(text, whole(bottom_line="x"))

    assert verify(made).findings == ()
    assert Briefing.model_validate_json(made.model_dump_json()) == made


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("문재인", "문재인은 말했다", True),  # particles follow a Korean name
        ("가", "각하", False),  # half a syllable is no word
        ("한국", "남한국", False),
        ("حداد", "وقال لحداد", True),  # Arabic writes "to" together with a name
        ("قال", "مقال", False),
        ("ירושלים", "בירושלים", True),
        ("क", "का", False),  # the vowel sign belongs to the letter
        ("राम", "रामायण", False),
        ("王宁", "发言人王宁表示", True),
        ("cafe\u0301", "un café frío", True),
    ],
)
def test_words_are_whole_as_their_script_sees_it(
    name: str, text: str, *, found: bool
) -> None:
    assert (locate(name, text) is not None) is found
