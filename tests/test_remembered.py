"""What was read of texts is remembered, and forgotten on demand."""

from summarizer.text.remembered import forget, remembered

calls: list[str] = []


@remembered(2)
def length(text: str) -> int:
    calls.append(text)
    return len(text)


def test_a_text_is_read_once_until_it_is_forgotten() -> None:
    calls.clear()
    assert [length("ferry"), length("ferry")] == [5, 5]
    assert calls == ["ferry"]

    forget()
    length("ferry")

    assert calls == ["ferry", "ferry"]


def test_no_more_is_remembered_than_was_said() -> None:
    calls.clear()
    for text in ("a", "b", "c", "a"):
        length(text)

    assert calls == ["a", "b", "c", "a"]
