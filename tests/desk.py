"""A desk for the tests of `summarizer watch`: invented articles, a clock that can be set."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.briefing import Briefing
from summarizer.changes import compare
from summarizer.pipeline import brief
from summarizer.plan import Plan
from summarizer.sources import Metadata, make_article
from summarizer.watch.chronicle import Chronicle
from summarizer.watch.configuring import parsed
from summarizer.watch.state import State
from summarizer.watch.telling.editor import Editor
from summarizer.watch.telling.outbox import Outbox, Post

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

FILE = """
contact = "desk@example.org"
timezone = "UTC"

[[source]]
name = "agency"
place = "https://agency.example/rss"

[[channel]]
name = "desk"
webhook_env = "SLACK_WEBHOOK_URL"
"""


def rule(text: str = "", name: str = "all") -> str:
    """Write a file with one rule."""
    return f'{FILE}\n[[rule]]\nname = "{name}"\nchannel = "desk"\n{text}'


def briefing(*texts: str) -> Briefing:
    """Brief invented articles of one story, by form alone."""
    articles = [
        make_article(
            text,
            source_id=f"s{number}",
            metadata=Metadata(
                uri=f"https://agency.example/{number}",
                title=text.partition(".")[0],
                published=START.date() + timedelta(days=number - 1),
            ),
        )
        for number, text in enumerate(texts, 1)
    ]
    return brief(articles, None, plan=Plan())


class Desk:
    """A watch without sources: editions are put in, posts come out."""

    def __init__(self, folder: Path, file: str) -> None:
        self.state = State(folder)
        self.rows: sqlite3.Connection = self.state.rows
        self.chronicle = Chronicle(self.rows)
        self.outbox = Outbox(self.rows)
        self.editor = Editor(self.rows, self.chronicle, self.outbox, parsed(file, "f"))
        self.now = START
        self.editor.tell(self.now)  # rules are there before the first story

    def passes(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def edition(self, story: str, *texts: str) -> int:
        """Brief a story anew."""
        new = briefing(*texts)
        last = self.chronicle.last(story)
        old = self.chronicle.briefing(story, last.version) if last else None
        return self.chronicle.add(
            story, " ".join(texts), self.now, new, compare(old, new) if old else None
        )

    def told(self) -> list[Post]:
        """Write down what may be told now, and list it."""
        posts = [self.outbox.find(number) for number in self.editor.tell(self.now)]
        return [post for post in posts if post is not None]


def words(post: Post) -> str:
    """Join the messages of a post."""
    return " ".join(body.decode() for body in post.bodies)
