"""`watch.toml`: what is read, and what is said of a fault."""

import re
from datetime import time, timedelta
from pathlib import Path
from typing import get_args

import pytest
from desk import FILE, rule

from schemas.terms import Section
from summarizer.changes.values import Kind
from summarizer.errors import SettingsError
from summarizer.watch.configuring import parsed, read


def test_a_file_is_read_with_its_times_and_zone() -> None:
    file = parsed(
        rule('at = ["08:00", "17:00"]\nquiet = "22:00-06:00"\nat_most = 6'), "w"
    )

    assert file.timezone.key == "UTC"
    assert file.every == timedelta(minutes=15)
    assert file.rule[0].at == (time(8), time(17))
    assert file.rule[0].quiet == (time(22), time(6))


def test_what_is_reworded_is_no_news_unless_a_rule_says_so() -> None:
    assert "reworded" not in parsed(rule(), "w").rule[0].kinds
    assert parsed(rule('kinds = ["reworded"]'), "w").rule[0].kinds == ("reworded",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (rule('quite = "22:00-06:00"'), "w, line 16: unknown key 'quite'; did you mean 'quiet'?"),
        (rule('at = ["25:00"]'), 'w, line 16: at: takes a time of the day such as "08:00"'),
        (rule('quiet = "night"'), 'w, line 16: quiet: takes hours such as "22:00-06:00"'),
        (rule('at_most = "many"'), "w, line 16: at_most: input should be a valid integer, not 'many'"),
        (rule('countries = ["Syria"]'), "w, line 16: countries: takes codes of three letters such as \"MOZ\" (ISO 3166-1), not 'Syria'; did you mean 'SYR'?"),
        (rule('countries = ["MZ"]'), "w, line 16: countries: takes codes of three letters"),
        (rule('sections = ["casualities"]'), "w, line 16: sections: there is no section 'casualities'; did you mean 'casualties'?"),
        (rule('at = "17:00"'), "w, line 16: at: takes a list in brackets, as in at = ['17:00']"),
        (rule('quiet = "08:00-08:00"'), "w, line 16: quiet: takes two different hours"),
        (rule('quiet = "22-6"'), "w, line 16: quiet: takes a time of the day"),
        (FILE.replace("[[source]]", 'every = "10s"\n[[source]]'), "w, line 5: every: takes \"1m\" or more, not '10s'"),
        (FILE.replace("https://", "htp://"), "w, line 7: place: of a feed is an address such as"),
        (FILE + '[[source]]\nname = "agency"\nplace = "https://b.example/rss"\n', "w, line 13: two sources are named 'agency'"),
        (FILE + "[[rulez]]\n", "w, line 12: unknown key 'rulez'; did you mean 'rule'?"),
        (rule('kinds = ["invented"]'), "w, line 16: kinds: input should be 'reversed'"),
        (FILE.replace('"UTC"', '"Nowhere/City"'), "w, line 3: timezone: takes the name of a time zone"),
        (FILE.replace("webhook_env", "webhook_url"), "w, line 11: unknown key 'webhook_url'; did you mean 'webhook_file'?"),
        (FILE.replace("[[source]]", 'every = "soon"\n[[source]]'), "w, line 5: every: takes a duration such as"),
        (rule().replace('channel = "desk"', 'channel = "disk"'), "w, line 15: channel: rule 'all' names 'disk', which is not in the file"),
        ('contact = "desk@example.org"\ntimezone = "UTC"', "w: 'source' is missing"),
        ("contact = ", "'w' is no TOML: Invalid value (at end of document)"),
    ],
)  # fmt: skip
def test_a_fault_names_its_line_and_its_key(text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parsed(text, "w")

    assert str(caught.value).startswith(said)


def test_the_line_is_that_of_the_table_at_fault(tmp_path: Path) -> None:
    text = rule() + '\n[[rule]]\nname = "second"\nchannel = "desk"\nsources = 0\n'

    with pytest.raises(SettingsError, match="line 20: sources:"):
        parsed(text, "w")


def test_a_channel_names_one_place_of_its_address() -> None:
    both = FILE.replace("webhook_env", 'webhook_file = "f"\nwebhook_env')

    with pytest.raises(SettingsError, match="webhook_env or webhook_file, one of the"):
        parsed(both, "w")


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot read .*: No such file"):
        read(tmp_path / "watch.toml")


DOCS = Path(__file__).parents[1] / "docs"


def test_the_example_uses_every_key() -> None:
    text = (DOCS / "examples" / "watch.toml").read_text("utf-8")
    file = parsed(text, "watch.toml")
    unused = {
        name
        for table in (
            *file.source,
            *file.channel,
            *file.rule,
            file.budget,
            file.stories,
            file.keep,
        )
        for name in type(table).model_fields
        if not re.search(rf"^{name} = ", text, re.MULTILINE)
    }

    assert unused == set()


def test_the_page_of_the_file_names_every_key_and_kind() -> None:
    page = (DOCS / "watch-file.md").read_text("utf-8")
    file = parsed(rule(), "w")
    tables = (
        file,
        *file.source,
        *file.channel,
        *file.rule,
        file.budget,
        file.stories,
        file.keep,
    )
    keys = {name for table in tables for name in type(table).model_fields}
    named = keys | set(get_args(Kind)) | set(get_args(Section))

    missing = {one for one in named if not re.search(rf"\b{one}\b", page)}
    assert missing == set()
