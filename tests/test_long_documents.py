"""Long articles: the model's window, passages, names met earlier, no needless work.

All texts are invented. Time is measured in benchmarks/long_documents.py; here calls,
characters and operations are counted.
"""

import asyncio
import json
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import pytest
from endpoint import Answer, completion, error, serving
from scripted import blank

from schemas.draft import WholeAnswer
from schemas.evidence import Frozen
from summarizer import Settings
from summarizer.client import tokens
from summarizer.client.asking.async_completer import AsyncOpenAICompleter
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.errors import TooLongError
from summarizer.pipeline import abrief, brief
from summarizer.plan import Plan
from summarizer.ports import Ask, Message, Reply, Usage
from summarizer.prompting import whole
from summarizer.reading.english.asking import frames
from summarizer.reading.english.names import roles
from summarizer.reading.english.tolls import harm
from summarizer.reading.reading import read
from summarizer.sources import Article, make_article

NOTHING = WholeAnswer(
    requests=(),
    positions=(),
    casualties=(),
    roles=(),
    open_questions=(),
    bottom_line="",
)


def _by_threes(text: str) -> int:
    return len(text) // 3


def _sentences(numbers: Iterable[int]) -> str:
    return " ".join(
        f"The mayor said on day {n} that the rain went on." for n in numbers
    )


@dataclass
class Scripted:
    """Answers with nothing; refuses what is longer than its window."""

    strategy: Literal["focused", "whole"] = "whole"
    window: int = 1_000_000
    passage_tokens: int = 300
    asked: list[Ask[Frozen]] = field(default_factory=list)
    model: str = "scripted"
    host: str = "nowhere"
    output_tokens: int = 100
    is_embedded: bool = True
    parallel: int = 2

    def count_tokens(self, text: str) -> int:
        return _by_threes(text)

    def complete(self, ask: Ask[Frozen]) -> Reply[Frozen]:
        self.asked.append(ask)
        if len(ask.messages[-1].content) > self.window:
            raise TooLongError("too long", calls=1)
        if ask.answer is WholeAnswer:
            return Reply(NOTHING, Usage(calls=1))
        return Reply(blank(ask.answer), Usage(calls=1))


def _brief(articles: Sequence[Article], scripted: Scripted, **more: int):  # type: ignore[no-untyped-def]  # a Completer by shape
    return brief(articles, scripted, clock=lambda: 0.0, plan=Plan(**more))  # type: ignore[arg-type]


# -- passages -----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        _sentences(range(200)),
        "記者団は十二人が死亡したと述べた。" * 100,
        "word " * 3_000,
        "x" * 9_000,
        "Short. " + "long " * 900 + ". Short again.",
    ],
    ids=["prose", "no spaces", "no stops", "one word", "mixed"],
)
@pytest.mark.parametrize("size", [60, 300, 2_000])
def test_no_passage_is_longer_than_the_tokens_it_may_take(text: str, size: int) -> None:
    asks = whole.questions(
        make_article(text),
        passage_tokens=size,
        max_tokens=10,
        count=tokens.estimate,
    )

    assert all(tokens.estimate(a.messages[-1].content) <= size for a in asks)


def test_passages_come_in_order_and_leave_nothing_out() -> None:
    article = make_article(_sentences(range(100)))

    found = whole.passages(article, 200, _by_threes)

    assert all(one.end < two.start for one, two in pairwise(found))
    shown = [i for passage in found for i in article.touched(passage)]
    assert shown == list(range(100))


def test_a_sentence_longer_than_a_passage_is_shown_in_pieces() -> None:
    text = "word " * 900 + "end."
    article = make_article(text)

    asks = whole.questions(article, passage_tokens=200, max_tokens=10, count=_by_threes)

    shown = " ".join(a.messages[-1].content for a in asks)
    assert shown.count("word") == 900


def test_few_lengths_are_counted_for_each_passage() -> None:
    counted: list[int] = []

    def count(text: str) -> int:
        counted.append(len(text))
        return len(text) // 4

    article = make_article(_sentences(range(2_000)))
    found = whole.passages(article, 500, count)

    assert len(counted) <= 8 * len(found)


def test_passages_are_filled_by_what_the_tokenizer_says() -> None:
    article = make_article(_sentences(range(400)))

    roomy = whole.passages(article, 500, lambda text: len(text) // 6)
    tight = whole.passages(article, 500, len)

    assert len(tight) > 5 * len(roomy)


def test_what_fits_is_one_passage_without_a_word_more() -> None:
    article = make_article("Ana Ruiz spoke. Ruiz left.")
    names = (whole.Name("Ana Ruiz", "Ruiz", 0),)

    (ask,) = whole.questions(
        article, passage_tokens=500, max_tokens=10, count=_by_threes, names=names
    )

    assert ask.messages[-1].content == whole.delimited("Ana Ruiz spoke. Ruiz left.")


def test_a_passage_that_the_server_finds_too_long_is_asked_in_halves() -> None:
    scripted = Scripted(window=700, passage_tokens=1_000)

    briefing = _brief([make_article(_sentences(range(60)))], scripted)

    assert briefing.complete
    assert briefing.coverage.sentences_read == 60
    answered = [a for a in scripted.asked if len(a.messages[-1].content) <= 700]
    shown = " ".join(a.messages[-1].content for a in answered)
    assert all(f"day {n} that" in shown for n in range(60))


def test_what_no_halving_makes_fit_is_a_hole() -> None:
    scripted = Scripted(window=5)

    briefing = _brief([make_article("The mayor said that it rained.")], scripted)

    assert not briefing.complete
    assert [p.found_by for p in briefing.positions] == ["form"]


def test_the_budget_holds_over_passages() -> None:
    scripted = Scripted(passage_tokens=100)

    briefing = _brief([make_article(_sentences(range(60)))], scripted, budget_calls=3)

    assert len(scripted.asked) == 3
    assert not briefing.complete


def test_the_budget_holds_over_halves() -> None:
    scripted = Scripted(window=400, passage_tokens=2_000)

    briefing = _brief([make_article(_sentences(range(60)))], scripted, budget_calls=10)

    assert len(scripted.asked) == 10
    assert not briefing.complete


def test_the_async_way_reads_beside_the_event_loop() -> None:
    threads: set[int] = set()

    class Async(Scripted):
        def count_tokens(self, text: str) -> int:
            threads.add(threading.get_ident())
            return _by_threes(text)

        async def complete(self, ask: Ask[Frozen]) -> Reply[Frozen]:  # type: ignore[override]
            return super().complete(ask)

    article = make_article(_sentences(range(60)))
    briefing = asyncio.run(abrief([article], Async()))  # type: ignore[arg-type]

    assert briefing.complete
    assert threads
    assert threading.get_ident() not in threads


# -- names met earlier --------------------------------------------------------


def _later(text: str) -> list[str]:
    """Brief a text in passages; return what was asked after the first one."""
    scripted = Scripted(passage_tokens=150)
    _brief([make_article(text)], scripted)
    return [a.messages[-1].content for a in scripted.asked[1:]]


def test_a_later_passage_is_told_the_full_name_of_a_surname() -> None:
    text = f"Ana Ruiz, the mayor, spoke. {_sentences(range(40))} Ruiz left the hall."

    assert "[Named earlier: Ana Ruiz]" in _later(text)[-1]


def test_a_later_passage_is_told_what_an_acronym_stands_for() -> None:
    text = (
        "The Rapid Support Forces (RSF) took the town. "
        f"{_sentences(range(40))} The RSF left the town."
    )

    assert "[Named earlier: Rapid Support Forces]" in _later(text)[-1]


def test_a_passage_that_gives_the_full_name_is_told_nothing() -> None:
    text = f"Ana Ruiz spoke. {_sentences(range(40))} Ana Ruiz left. Ruiz came back."

    assert "Named earlier" not in _later(text)[-1]


def test_names_that_a_passage_does_not_use_are_not_told() -> None:
    text = f"Ana Ruiz, the mayor, spoke. {_sentences(range(40))}"

    assert not any("Named earlier" in asked for asked in _later(text))


def test_the_list_of_names_does_not_grow_with_the_article() -> None:
    names = [whole.Name(f"Ana R{n:x}iz", f"R{n:x}iz", n) for n in range(500)]
    text = "Nobody came. " * 60 + " ".join(f"{name.short} left." for name in names)
    article = make_article(text)

    asks = whole.questions(
        article, passage_tokens=1_000, max_tokens=10, count=_by_threes, names=names
    )

    told = [a.messages[-1].content.count("Ana R") for a in asks]
    assert max(told) == whole.MOST_NAMES


# -- counting tokens ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "true"),
    [
        (
            (
                "The mayor said on Tuesday that the bridge would stay closed until the "
                "river fell."
            ),
            16,
        ),
        ("WASHINGTON TALKS ON GAS END", 7),
        ("XQZJKW VBN MPQ", 9),
        ("12,345 killed in 2024; 3.14159", 22),
        ("記者団は十二人が死亡したと述べた。", 12),
        ("Министр сообщил, что мост останется закрытым.", 17),
        ("قال الوزير إن الجسر سيبقى مغلقا", 13),
        ("🎉😀👩‍👩‍👧", 9),
        ("“We go,” he said — ‘no’…", 10),
        ("| a | 1 | 2 |\n| b | 3 | 4 |", 18),
        ("a    b     c", 5),
        ("aGVsbG8gd29ybGQgdGhpcyBpcyBh", 21),
    ],
)
def test_the_estimate_is_not_below_what_the_embedded_model_counts(
    text: str, true: int
) -> None:
    assert true <= tokens.estimate(text) <= 5 * true


def _told(count: int) -> Answer:
    return Answer(body=json.dumps({"tokens": list(range(count))}))


def _completer(url: str, profile: str = "llamacpp", window: int = 4_096):  # type: ignore[no-untyped-def]  # a completer
    return OpenAICompleter(
        Settings(
            base_url=url,
            model="m",
            profile=profile,  # type: ignore[arg-type]
            context_tokens=window,
            max_reasks=0,
        ),
        sleep=lambda _: None,
    )


def _ask(words: str, max_tokens: int = 500) -> Ask[Frozen]:
    return Ask(
        messages=(Message("user", words),),
        answer=WholeAnswer,
        max_tokens=max_tokens,
        section=None,
        source="s1",
        spans=(),
    )


def test_the_servers_own_tokenizer_counts() -> None:
    with serving(_told(7)) as server:
        client = _completer(server.url)

        assert client.count_tokens("seven words that nobody else would count") == 7
        assert server.seen == [{"content": "seven words that nobody else would count"}]
        client.close()


def test_vllm_is_asked_in_its_own_way() -> None:
    with serving(Answer(body=json.dumps({"count": 9, "tokens": []}))) as server:
        client = _completer(server.url, "vllm")

        assert client.count_tokens("x") == 9
        assert server.seen[0]["prompt"] == "x"
        client.close()


@pytest.mark.parametrize(
    "answer",
    [
        error(404),
        Answer(body="[]"),
        Answer(body='{"tokens": "many"}'),
        Answer(body="x"),
    ],
    ids=["none", "a list", "a word", "no JSON"],
)
def test_a_server_that_cannot_count_is_asked_once(answer: Answer) -> None:
    with serving(answer) as server:
        client = _completer(server.url)

        assert client.count_tokens("some words") == tokens.estimate("some words")
        assert client.count_tokens("more words") == tokens.estimate("more words")
        assert len(server.seen) == 1
        client.close()


def test_no_request_is_spent_on_counting_what_fits_by_any_count() -> None:
    with serving(completion(NOTHING.model_dump_json())) as server:
        client = _completer(server.url)
        client.complete(_ask("a short question"))
        client.close()

    assert len(server.seen) == 1


def test_the_answer_takes_no_more_than_the_window_leaves() -> None:
    with serving(_told(700), completion(NOTHING.model_dump_json())) as server:
        client = _completer(server.url, window=1_024)
        client.complete(_ask("word " * 900, max_tokens=500))
        client.close()

    asked, sent = server.seen
    assert "content" in asked
    assert 700 + int(str(sent["max_tokens"])) <= 1_024


def test_a_question_that_does_not_fit_is_not_sent() -> None:
    with serving(_told(1_000)) as server:
        client = _completer(server.url, window=1_024)
        with pytest.raises(TooLongError) as caught:
            client.complete(_ask("word " * 900))
        client.close()

    assert caught.value.calls == 0
    assert all("messages" not in body for body in server.seen)


def test_the_async_client_keeps_to_the_window_too() -> None:
    async def asked(url: str) -> None:
        settings = Settings(
            base_url=url, model="m", profile="llamacpp", context_tokens=1_024
        )
        client = AsyncOpenAICompleter(settings)
        with pytest.raises(TooLongError):
            await client.complete(_ask("word " * 900))
        await client.close()

    with serving(_told(1_000)) as server:
        asyncio.run(asked(server.url))


@pytest.mark.parametrize(
    "kind", ["context_length_exceeded", "exceed_context_size_error"]
)
def test_a_server_that_says_too_long_is_understood(kind: str) -> None:
    body = json.dumps({"error": {"message": "no", "type": kind, "code": kind}})
    with serving(Answer(400, body)) as server:
        client = _completer(server.url)
        with pytest.raises(TooLongError):
            client.complete(_ask("a question"))
        client.close()


@pytest.mark.parametrize("window", [4_096, 8_192, 128_000])
@pytest.mark.parametrize("profile", ["ollama", "llamacpp", "vllm", "openai", "generic"])
def test_passage_prompt_and_answer_fit_into_every_window(
    profile: str, window: int
) -> None:
    client = _completer("http://127.0.0.1:1/v1", profile, window)
    ask = whole.questions(
        make_article("Nothing happened."), passage_tokens=9, max_tokens=9, count=len
    )[0]
    prompt = sum(tokens.estimate(m.content) for m in ask.messages[:-1])

    assert prompt + client.passage_tokens + client.output_tokens <= window
    client.close()


# -- reading ------------------------------------------------------------------


def _counting(monkeypatch: pytest.MonkeyPatch, place: object, name: str) -> list[int]:
    """Count the calls of a function."""
    calls: list[int] = []
    real: Callable[..., object] = getattr(place, name)

    def counted(*args: object, **more: object) -> object:
        calls.append(1)
        return real(*args, **more)

    monkeypatch.setattr(place, name, counted)
    return calls


def test_each_sentence_is_read_for_harm_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = _counting(monkeypatch, harm, "proposed")
    text = " ".join(f"At least {n} people were killed in Goma." for n in range(2, 40))

    _brief([make_article(text)], Scripted("focused"))

    assert len(calls) == 38


def test_the_role_of_a_party_is_looked_for_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = _counting(monkeypatch, roles, "find")
    text = "Ana Ruiz, the mayor of Goma, spoke. " + "Ruiz said that it rained. " * 50

    read_one = read(make_article(text))
    for mention in read_one.directory.all:
        read_one.directory.known(mention.core.of(text), mention)

    assert len(calls) < 10


def test_a_sentence_of_verbs_without_end_is_read_up_to_a_bound() -> None:
    article = make_article("Iran urged Iraq to leave and " * 150)

    assert len(article.sentences) == 1
    found = read(article).frames[0]
    assert 0 < len(found) <= 2 * frames.MOST_CUES


def test_a_sentence_told_a_thousand_times_is_one_request() -> None:
    text = "Kenya urged Chad to free the crew. " * 1_000

    briefing = _brief([make_article(text)], Scripted("focused"))

    (request,) = briefing.requests
    assert len({e.start for e in request.evidence}) == 1_000


@pytest.mark.parametrize(
    "text",
    [
        "The Rapid Support Forces (RSF) came.",
        "“The Rapid Support Forces (RSF) came,” he said.",
        "It rained. (Rapid Support Forces (RSF) said so.)",
    ],
)
def test_an_acronym_is_explained_by_the_words_before_it(text: str) -> None:
    directory = read(make_article(f"{text} The RSF left.")).directory

    assert directory.known("RSF").name == "Rapid Support Forces"


@pytest.mark.parametrize(
    "text",
    ["The water (RSF) rose.", "Rapid support forces (RSF) came.", "(RSF) came."],
)
def test_an_acronym_of_other_words_is_not_explained(text: str) -> None:
    directory = read(make_article(f"{text} The RSF left.")).directory

    assert directory.known("RSF").name == "RSF"


@pytest.mark.parametrize(
    "text",
    ["A" * 300_000, "Rapid " * 20_000 + "(RSF)", "“" * 50_000, "A" * 300_000 + " (AB)"],
    ids=["capitals", "names", "marks", "a token before an acronym"],
)
def test_text_without_sense_is_read_to_its_end(text: str) -> None:
    # Each of these took minutes to hours while something grew with the square.
    assert _brief([make_article(text)], Scripted("focused")).complete
