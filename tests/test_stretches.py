"""A text cut at the borders of its marks: nothing lost, nothing moved."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer.render.page.stretches import Mark, Stretch, cut, grouped
from summarizer.sources.segments import paragraphs

TEXTS = st.text("ab \n“é😀\u202e\u2028<&", max_size=40)
PLACES = st.integers(-3, 45)
MARKS = st.lists(
    st.builds(Mark, PLACES, PLACES, st.just("used"), st.sampled_from("xyz")),
    max_size=8,
)


def test_overlapping_marks_give_a_stretch_for_each_combination() -> None:
    marks = [Mark(0, 5, "used", "x"), Mark(3, 8, "used", "y")]

    found = cut("abcdefghij", marks)

    assert [(s.text, [m.key for m in s.marks]) for s in found] == [
        ("abc", ["x"]),
        ("de", ["x", "y"]),
        ("fgh", ["y"]),
        ("ij", []),
    ]


def test_a_mark_beyond_the_text_or_empty_is_left_out() -> None:
    marks = [Mark(1, 9, "used"), Mark(-1, 1, "used"), Mark(1, 1, "used")]

    assert cut("abc", marks) == (Stretch(0, "abc"),)


def test_an_empty_text_has_no_stretches() -> None:
    assert cut("", [Mark(0, 1, "used")]) == ()


@given(TEXTS, MARKS)
def test_joined_stretches_are_the_text(text: str, marks: list[Mark]) -> None:
    found = cut(text, marks)

    assert "".join(stretch.text for stretch in found) == text
    assert all(text[s.start : s.end] == s.text for s in found)


@given(TEXTS, MARKS)
def test_the_stretches_of_a_mark_are_exactly_its_words(
    text: str, marks: list[Mark]
) -> None:
    found = cut(text, marks)

    for mark in marks:
        own = [s for s in found if mark in s.marks]
        inside = 0 <= mark.start < mark.end <= len(text)
        assert "".join(s.text for s in own) == (
            text[mark.start : mark.end] if inside else ""
        )


@given(TEXTS, MARKS)
def test_paragraphs_hold_every_stretch_in_order(text: str, marks: list[Mark]) -> None:
    spans = paragraphs(text)
    found = cut(text, marks, [span.start for span in spans])

    groups = grouped(found, spans)

    assert tuple(s for group in groups for s in group) == found
    assert len(groups) == max(1, len(spans))
    for group, span in zip(groups, spans, strict=False):
        assert span.of(text) in "".join(stretch.text for stretch in group)
