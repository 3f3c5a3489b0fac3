"""Which stories the rules look at: those with something new, and no others."""

from datetime import timedelta
from pathlib import Path

import slack_server
from desk import Desk, rule
from week_of_news import load
from week_site import serving
from week_watch import LEAD, Run

TEXT = "Nine people were killed in Kasra on Monday, the police said."


def test_a_story_that_every_rule_judged_is_not_looked_at_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path, rule())
    desk.edition("st1", TEXT)
    assert [one.story for one in desk.chronicle.unjudged()] == ["st1"]
    assert desk.told()
    assert desk.chronicle.unjudged() == []
    desk.state.close()


def test_a_story_that_waits_for_its_hour_is_looked_at_until_then(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, rule('at = ["17:00"]'))
    desk.edition("st1", TEXT)
    assert not desk.told()
    desk.passes(hours=9)
    assert desk.told()
    desk.state.close()


def test_what_an_older_state_had_not_told_is_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path, rule())
    desk.edition("st1", TEXT)
    desk.rows.execute("DROP TABLE unjudged")
    desk.state.close()
    again = Desk(tmp_path, rule())  # it tells when it is opened
    assert again.outbox.find(1) is not None
    assert again.outbox.find(2) is None
    again.state.close()


def test_a_webhook_that_fails_for_an_hour_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    week = load()
    begin = week.documents[0].at - LEAD
    up = begin + timedelta(minutes=90)
    run: list[Run] = []

    def reply(_number: int) -> slack_server.Reply:
        is_down = run[0].clock[0] < up
        return slack_server.Reply(500, "down") if is_down else slack_server.Reply()

    with (
        serving(begin, week) as site,
        slack_server.serving(*[reply] * 50) as slack,
    ):
        run.append(Run(site, slack, tmp_path, clock=[begin]))
        with run[0].opened() as watch:
            run[0].until(watch, begin + timedelta(hours=2.2))
    texts = [str(one) for one in slack.posted]
    told = [line for line in run[0].lines if line.event == "told"]
    assert len(slack.requests) > len(texts)
    assert len(texts) == len(set(texts)) >= len(told) > 0
    assert not [one for one in run[0].lines if "unclear" in one.words]
