"""The invented week, followed by a real watch on a clock that is set: no model, no waiting."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import slack_server
from slack_server import Slack
from week_of_news import Week, load
from week_site import WeekSite, serving

from summarizer.plan import Plan
from summarizer.settings import Settings
from summarizer.watch.configuring import parsed
from summarizer.watch.lines import Line
from summarizer.watch.opening import Given, opened
from summarizer.watch.watching import Watch

LEAD = timedelta(minutes=30)
"""The first look comes so long before the first article."""


def week_file(site: WeekSite, rules: str) -> str:
    """Write the `watch.toml` of the week."""
    sources = "".join(
        f'[[source]]\nname = "{name}"\nplace = "{site.feed(name)}"\n\n'
        for name in site.week.feeds
    )
    return f"""\
contact = "desk@example.org"
timezone = "Europe/Zurich"
every = "15m"

{sources}
[[channel]]
name = "desk"
webhook_env = "SLACK_WEBHOOK_URL"
{rules}"""


AT_ONCE = '[[rule]]\nname = "all"\nchannel = "desk"\n'


@dataclass
class Run:
    """A week that is followed."""

    site: WeekSite
    slack: Slack
    folder: Path
    rules: str = AT_ONCE
    clock: list[datetime] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    passed: Callable[[datetime], object] = lambda _now: None
    """Is told how late it is."""

    is_asked: bool = False
    """Whether the embedded model is asked."""

    @property
    def week(self) -> Week:
        return self.site.week

    @property
    def end(self) -> datetime:
        """Half a day after the last version."""
        last = max(v.at for d in self.week.documents for v in d.versions)
        return last + timedelta(hours=12)

    @contextmanager
    def opened(self) -> Iterator[Watch]:
        """Open the watch, as the program does; what is open is closed."""
        given = Given(
            place=self.folder,
            folder=self.folder / "state",
            settings=Settings(),
            plan=Plan(),
            is_asked=self.is_asked,
            environ={"SLACK_WEBHOOK_URL": self.slack.url},
            allow_private=True,
            tell=self.lines.append,
            now=lambda: self.clock[0],
            sleep=lambda _s: None,
            pause_s=0,
        )
        file = parsed(week_file(self.site, self.rules), "watch.toml")
        with opened(file, given) as watch:
            yield watch

    def until(self, watch: Watch, end: datetime) -> None:
        """Let the week pass, from one thing that is due to the next."""

        async def passes() -> None:
            while self.clock[0] < end:
                await watch.run_once()
                due = watch.next_due() or end
                self.clock[0] = min(max(due, self.clock[0] + timedelta(seconds=1)), end)
                self.site.at = self.clock[0]
                self.passed(self.clock[0])

        asyncio.run(passes())


@contextmanager
def following(folder: Path, rules: str = AT_ONCE) -> Iterator[Run]:
    """Serve the week and a channel to post to."""
    week = load()
    begin = week.documents[0].at - LEAD
    with serving(begin, week) as site, slack_server.serving() as slack:
        yield Run(site, slack, folder, rules, [begin])
