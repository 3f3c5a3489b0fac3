"""A silence that is told on one day ends when the party speaks on that day or later.

All articles, people, places and outlets are invented.
"""

from datetime import UTC, date, datetime

import pytest
from several import MONDAY, TUESDAY, article, together

from schemas.briefing import Briefing

SUNDAY = date(2025, 3, 2)

SPOKE_LATER = [
    (
        "Kenya accused Chad of shelling Tarn. Chad has not commented.",
        "Chad denied on Tuesday that its guns had shelled Tarn.",
    ),
    (
        "Police searched the Halden Bank. The Halden Bank declined to comment.",
        "The Halden Bank said that it had kept all the rules.",
    ),
    (
        "Miners left the pit at Orrin. Orrin Coal did not respond to questions.",
        "Orrin Coal rejected the demand of the miners at Orrin.",
    ),
    (
        "Two nurses were dismissed in Selm. The Selm Hospital would not comment.",
        "“We had no choice,” the Selm Hospital said of the two nurses.",
    ),
    (
        "A lock at Varos burst. Mayor Ana Ruiz could not be reached.",
        "Ana Ruiz accused the builders of the lock at Varos.",
    ),
    (
        "Peru closed the road to Kasra. Chile had no immediate comment.",
        "Chile condemned the closing of the road to Kasra.",
    ),
    (
        "Farmers blocked the bridge at Tarn. The Tarn Council did not immediately reply.",
        "The Tarn Council said that the farmers at the bridge of Tarn would be fined.",
    ),
    (
        "The film was shot in Lund. Director Nils Ferro refused to speak.",
        "Nils Ferro told the Lund Radio that he was sorry about the film.",
    ),
    (
        "The Halcyon was seized by Togo off Kasra. Togo has not replied.",
        "Togo promised on Tuesday that the Halcyon would sail home.",
    ),
    (
        "The Delta Fund lost 4 million euros. The Delta Fund offered no comment.",
        "The loss was an error, according to the Delta Fund.",
    ),
    # Written with those above, and looked at only when the code was done.
    (
        "Rebels shelled Amara. Sudan did not comment.",
        "Sudan announced on Tuesday that Amara was safe.",
    ),
    (
        "Pilots of Nord Air walked out. Nord Air has yet to respond.",
        "Nord Air said it would talk to the pilots.",
    ),
    (
        "A judge freed Otto Brandt. Prosecutor Lena Moos declined to comment.",
        "Lena Moos criticised the judge who freed Otto Brandt.",
    ),
    (
        "Ghana seized the trawler Sirena. Spain had no comment.",
        "Spain urged Ghana to free the Sirena.",
    ),
    (
        "The bank of Lunda closed. The Lunda Treasury did not answer.",
        "The Lunda Treasury pledged to open the bank again.",
    ),
    (
        "Tenants marched in Holm. The Holm Housing Company refused to comment.",
        "The Holm Housing Company blamed the tenants in Holm.",
    ),
    (
        "Fish died in Lake Berrin. The Berrin Paper Company would not comment.",
        "The Berrin Paper Company claimed that the fish in Lake Berrin were ill.",
    ),
    (
        "Mali expelled the envoy Issa Dan. Niger has not responded.",
        "Niger deplored on Tuesday that Mali had expelled Issa Dan.",
    ),
    (
        "Players of FC Doran struck. Coach Ivo Kern declined to answer.",
        "Ivo Kern said the players of FC Doran were right.",
    ),
    (
        "A mine in Tarkwa caved in. The Tarkwa Mining Company was not available for comment.",
        "The Tarkwa Mining Company confirmed that the mine had caved in.",
    ),
]

STILL_SILENT = [
    (
        "Chad's envoy spoke before, and another country now.",
        "Kenya accused Chad of shelling Tarn. Chad has not commented.",
        "Togo denied on Tuesday that its guns had shelled Tarn.",
    ),
    (
        "A union of the bank's staff is not the bank.",
        "Police searched the Halden Bank. The Halden Bank declined to comment.",
        "The Halden Bank Workers Union said that the police had searched the bank.",
    ),
    (
        "A person of the same surname is another person.",
        "The film was shot in Lund. Director Nils Ferro refused to speak.",
        "Eva Ferro told the Lund Radio that she was sorry about the film.",
    ),
    (
        "Who declines again has not spoken.",
        "Police searched the Halden Bank. The Halden Bank declined to comment.",
        "Police left the Halden Bank. The Halden Bank again declined to comment.",
    ),
    (
        "Who is accused has not spoken.",
        "Miners left the pit at Orrin. Orrin Coal did not respond to questions.",
        "The miners at the pit accused Orrin Coal of greed.",
    ),
    # Written with those above, and looked at only when the code was done.
    (
        "The town's hospital is not the town.",
        "Tenants marched in Holm. The Holm Council declined to comment.",
        "The Holm Hospital said that three tenants had been treated.",
    ),
    (
        "Who is asked has not spoken.",
        "Ghana seized the trawler Sirena. Spain had no comment.",
        "Ghana urged Spain to pay for the Sirena.",
    ),
    (
        "Rebels of a country are not its government.",
        "Rebels shelled Amara. Sudan did not comment.",
        "The Sudan Liberation Front said it had shelled Amara.",
    ),
    (
        "What was said before the silence is told again.",
        "Mali expelled the envoy Issa Dan. Niger has not responded.",
        "Niger said on 20 January 2025 that Issa Dan would stay in Mali.",
    ),
    (
        "Who still has not answered has not spoken.",
        "The bank of Lunda closed. The Lunda Treasury did not answer.",
        "The bank of Lunda is still closed. The Lunda Treasury has not answered.",
    ),
]


def _told(
    first: str,
    second: str,
    days: tuple[date | datetime, date | datetime] = (MONDAY, TUESDAY),
) -> Briefing:
    return together(
        article("s1", first, "Varos Post", days[0]),
        article("s2", second, "Selm Herald", days[1]),
    )


def _silences(briefing: Briefing) -> list[str]:
    return [
        q.evidence[0].source for q in briefing.open_questions if q.kind == "no_comment"
    ]


@pytest.mark.parametrize(("first", "second"), SPOKE_LATER)
def test_who_speaks_the_day_after_gives_no_silence_any_more(
    first: str, second: str
) -> None:
    briefing = _told(first, second)

    assert _silences(briefing) == []
    assert "gave no comment" not in briefing.bottom_line


@pytest.mark.parametrize(("first", "second"), SPOKE_LATER)
def test_who_spoke_only_the_day_before_stays_silent(first: str, second: str) -> None:
    assert _silences(_told(second.replace("Tuesday", "Sunday"), first)) == ["s2"]


@pytest.mark.parametrize(
    ("why", "first", "second"), STILL_SILENT, ids=[case[0] for case in STILL_SILENT]
)
def test_a_silence_stays_when_others_speak(why: str, first: str, second: str) -> None:
    assert "s1" in _silences(_told(first, second)), why


def test_who_spoke_in_another_article_of_the_same_day_is_not_silent() -> None:
    assert _silences(_told(*SPOKE_LATER[0], (TUESDAY, TUESDAY))) == []


def test_who_spoke_at_an_earlier_hour_of_the_day_stays_silent() -> None:
    hours = (datetime(2025, 3, 4, 18, tzinfo=UTC), datetime(2025, 3, 4, 7, tzinfo=UTC))

    assert _silences(_told(*SPOKE_LATER[1], hours)) == ["s1"]


def test_a_copy_of_the_same_article_ends_no_silence() -> None:
    text = "The Halden Bank said that it had kept the rules. Police searched its office in Tarn all day. The bank declined to comment on Olga Marr."

    briefing = _told(text, text, (MONDAY, MONDAY))

    assert len(_silences(briefing)) >= 1


def test_what_an_article_without_a_day_tells_ends_no_silence() -> None:
    first, second = SPOKE_LATER[0]

    briefing = together(
        article("s1", first, "Varos Post", MONDAY),
        article("s2", second, "Selm Herald"),
    )

    assert _silences(briefing) == ["s1"]


def test_the_bottom_line_denies_no_statement_of_the_same_article() -> None:
    briefing = together(
        "Selm Aid said it would send two boats. It has not answered the request for fuel."
    )

    assert _silences(briefing) == ["s1"]
    assert "gave no comment" not in briefing.bottom_line
