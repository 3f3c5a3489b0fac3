"""Arabic sentences, read by its lists alone. All are invented."""

import pytest
from listed import found
from tongues import PUBLISHED

from summarizer.reading.listed import days, numbers
from summarizer.text import lexicon

LISTS = lexicon.load("ar")


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("قال المتحدث باسم الحكومة إن الجسر مغلق منذ الاثنين.",
         ["المتحدث باسم الحكومة: assert: الجسر مغلق منذ الاثنين"]),
        ("«ليس لدينا أي دليل»، قالت وزيرة الطاقة.",
         ["وزيرة الطاقة: assert: ليس لدينا أي دليل"]),
        ("نفت وزيرة الطاقة أن تكون المحطة متوقفة.",
         ["وزيرة الطاقة: deny: تكون المحطة متوقفة"]),
        ("حذرت الحكومة من أن السد في خطر.",
         ["الحكومة: warn: السد في خطر"]),
        ("وأكد رئيس البلدية أن السد سليم تماما.",
         ["رئيس البلدية: assert: السد سليم تماما"]),
        ("بحسب الشرطة، الجسر مغلق منذ الاثنين.",
         ["الشرطة: assert: الجسر مغلق منذ الاثنين"]),
        ("تعهدت الحكومة بأن المساعدات ستصل غدا.",
         ["الحكومة: commit: المساعدات ستصل غدا"]),
        ("أعلنت وزارة الصحة أن المستشفى امتلأ بالجرحى.",
         ["وزارة الصحة: announce: المستشفى امتلأ بالجرحى"]),
        ("طلبت الحكومة من الجيش إرسال قاربين.",
         ["الحكومة -> الجيش: request: إرسال قاربين"]),
        ("طالبت النقابة الحكومة بدفع الأجور.",
         ["النقابة -> الحكومة: demand: بدفع الأجور"]),
        ("دعت وزارة الخارجية السلطات إلى إطلاق سراح البحارة.",
         ["وزارة الخارجية -> السلطات: call: إطلاق سراح البحارة"]),
        ("قتل ما لا يقل عن 12 شخصا في المدينة.",
         ["killed: ما لا يقل عن 12: >= 12"]),
        ("أصيب عشرون عاملا في الانفجار.",
         ["injured: عشرون: = 20"]),
        ("تم إجلاء أكثر من 1200 ساكن يوم الثلاثاء.",
         ["evacuated: أكثر من 1200: > 1200"]),
        ("قتل شخصان في الهجوم.",
         ["killed: شخصان: = 2"]),
        ("فقد عشرات الصيادين.",
         ["missing: عشرات: >= 20"]),
        ("«سينهار السد»، قالت نقابة المهندسين.",
         ["نقابة المهندسين: assert: سينهار السد"]),
        ("بحسب بلدية المدينة، ستبقى ثلاث مدارس مغلقة غدا.",
         ["بلدية المدينة: assert: ستبقى ثلاث مدارس مغلقة غدا"]),
        ("ناشدت المنظمة الحكومة فتح ممر آمن.",
         ["المنظمة -> الحكومة: call: فتح ممر آمن"]),
        ("طلب رئيس البلدية من المصنع وقف التلوث.",
         ["رئيس البلدية -> المصنع: request: وقف التلوث"]),
        ("تم تسجيل 210 نازحين، وأصيب اثنان وسبعون شخصا.",
         ["displaced: 210: = 210", "injured: اثنان وسبعون: = 72"]),
        ("قتل ثلاثة جنود في الهجوم.",
         ["killed: ثلاثة: = 3"]),
    ],
)  # fmt: skip
def test_what_a_sentence_holds_is_read(sentence: str, items: list[str]) -> None:
    assert found("ar", sentence) == items


@pytest.mark.parametrize(
    "sentence",
    [
        "لم يقل المتحدث إن الجسر آمن.",
        "لم تطلب الحكومة من الجيش إرسال قاربين.",
        "قد يقتل الهجوم 12 شخصا.",
        "لم يقتل أي جندي.",
        "رفضت المتحدثة التعليق.",
        "وقعت الحكومة اتفاقا مع النقابة.",
        "لا تطلب الحكومة شيئا من المصنع.",
        "إذا قتل 30 شخصا فسوف يستقيل.",
        "دمر نحو 300 منزل.",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_item_is_none(sentence: str) -> None:
    assert found("ar", sentence) == []


ACCUSED = [
    "اتهم بقتل 30 شخصا.",
    "يتهم الادعاء الجنرال بقتل 30 شخصا.",
    "هو متهم بخطف 12 شخصا.",
    "تتهم النيابة الضابط بأنه قتل 30 شخصا.",
]
TOLD_AS_DONE = [
    "أدين بقتل 30 شخصا.",
    "حكم عليه بالسجن المؤبد لقتل 30 شخصا.",
    "قتل 30 شخصا في الهجوم، وهو متهم بالسرقة.",
    "المتهم قتل 30 شخصا.",
]


@pytest.mark.parametrize("sentence", ACCUSED)
def test_what_somebody_is_accused_of_is_no_toll(sentence: str) -> None:
    assert found("ar", sentence) == []


@pytest.mark.parametrize("sentence", TOLD_AS_DONE)
def test_what_a_court_found_or_the_article_tells_is_a_toll(sentence: str) -> None:
    assert found("ar", sentence) == ["killed: 30: = 30"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("اثنان وسبعون", 72),
        ("ثلاثة آلاف", 3000),
        ("مئة وعشرون", 120),
        ("1,200", 1200),
        ("ألفان", 2000),
        ("٣٤", 34),
    ],
)
def test_numbers_mean_what_they_say(words: str, value: int) -> None:
    count = numbers.read(words, LISTS)

    assert count is not None
    assert count.value == value


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("3 مايو 2024", "2024-05-03"),
        ("أمس", "2025-07-22"),
        ("يوم الاثنين", "2025-07-21"),
        ("قبل ثلاثة أيام", "2025-07-20"),
        ("الأسبوع الماضي", "2025-W29"),
        ("3 أيار 2024", "2024-05-03"),
    ],
)
def test_days_are_counted_from_the_day_of_publication(words: str, day: str) -> None:
    told = days.find(words, PUBLISHED, LISTS)

    assert [d.when.value for d in told] == [day]
