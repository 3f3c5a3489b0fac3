"""Invented articles in many languages, and how tests read them."""

from datetime import date

from scripted import Scripted, whole

from schemas.briefing import Briefing, Item
from schemas.draft import (
    PositionDraft,
    QuotedCasualty,
    QuotedRequest,
    RoleDraft,
    WholeAnswer,
)
from summarizer.pipeline import brief
from summarizer.sources import Article, Metadata, make_article

PUBLISHED = date(2025, 7, 23)

SPANISH = (
    "El presidente de Belmora, Ana Ruiz, negó el martes que su país haya recibido dinero "
    "de Tarsk. «No hemos recibido ni un euro», dijo Ruiz. Añadió que la investigación "
    "seguirá abierta.\n\n"
    "Según el Ministerio de Sanidad, al menos doce personas murieron y 30 resultaron "
    "heridas en la explosión. El portavoz del ejército dijo que los rebeldes no atacaron "
    "la presa. Tarsk pidió a Belmora que retire sus tropas del valle. Las autoridades no "
    "quisieron hacer comentarios. Hubo 1.234 desplazados, informó la Cruz Roja."
)
FRENCH = (
    "Tarsk a demandé à Belmora de libérer les prisonniers. « Nous ne retirerons pas nos "
    "troupes », a déclaré le ministre Jean Morel. Au moins douze personnes ont été tuées "
    "dans la ville, selon la police."
)
GERMAN = (
    "Tarsk forderte Belmora auf, die Gefangenen freizulassen. „Wir werden unsere Truppen "
    "nicht abziehen“, sagte Verteidigungsminister Jan Morel am Dienstag. Mindestens zwölf "
    "Menschen wurden in der Stadt getötet, wie die Polizei mitteilte."
)
UKRAINIAN = (
    "Тарськ закликав Бельмору звільнити полонених. «Ми не виведемо наші війська», — сказав "
    "міністр оборони Ян Морель у вівторок. Щонайменше дванадцять людей загинули в місті, "
    "повідомила поліція. Це не перший такий випадок, але він був і є найгіршим за рік."
)
ITALIAN = (
    "Tarsk ha chiesto a Belmora di liberare i prigionieri. «Non ritireremo le nostre "
    "truppe», ha dichiarato il ministro Gianni Morel. Almeno dodici persone sono state "
    "uccise nella città, secondo la polizia."
)
ARABIC = (
    "نفى وزير الدفاع في بلمورا سامي حداد تلقي أموال. وقال حداد: «لن نسحب قواتنا من الوادي». "
    "وطلبت تارسك من بلمورا إطلاق سراح الأسرى. وقتل ما لا يقل عن 12 شخصا في الهجوم. "
    "هل تستأنف المفاوضات؟"
)
CHINESE = (
    "外交部发言人王宁表示，中方不会撤回部队。“我们不接受这一要求，”王宁说。"
    "塔斯克要求贝尔莫拉撤出山谷。红十字会称，至少12人死亡，30人受伤。"
)
HINDI = "राष्ट्रपति ने कहा कि बारह लोग मारे गए हैं। सेना ने इसे नकार दिया। क्या बातचीत होगी?"
HEBREW = "השר אמר כי אין נפגעים. ראש העיר ביקש עזרה מהממשלה."
JAPANESE = "「撤退しない。」と田中外相は述べた。少なくとも12人が死亡した。"
KOREAN = "김민수는 철수하지 않겠다고 말했다. 최소 12명이 숨졌다."

ALL = {
    "es": SPANISH, "fr": FRENCH, "ar": ARABIC, "zh": CHINESE, "hi": HINDI,
    "he": HEBREW, "it": ITALIAN, "de": GERMAN, "uk": UKRAINIAN, "ja": JAPANESE, "ko": KOREAN,
}  # fmt: skip


def article(text: str, tongue: str | None = None, source_id: str = "s1") -> Article:
    """Make an article published on a known day."""
    return make_article(
        text,
        metadata=Metadata(published=PUBLISHED, language=tongue),
        source_id=source_id,
    )


def briefed(text: str, answer: WholeAnswer | None = None) -> Briefing:
    """Brief a text with the answer of a capable model written out."""
    return brief([article(text)], Scripted(answer) if answer else None)


def every(briefing: Briefing) -> tuple[Item, ...]:
    return (
        *briefing.actors,
        *briefing.requests,
        *briefing.positions,
        *briefing.casualties,
        *briefing.open_questions,
    )


CHINESE_ANSWER = whole(
    requests=[
        QuotedRequest(
            by="塔斯克",
            to="贝尔莫拉",
            what="撤出山谷",
            quote="塔斯克要求贝尔莫拉撤出山谷",
        )
    ],
    positions=[
        PositionDraft(holder="王宁", act="refuse", quote="我们不接受这一要求"),
        PositionDraft(holder="李雷", act="refuse", quote="我们不接受这一要求"),
        PositionDraft(holder="王宁", act="assert", quote="中方会撤回部队"),
    ],
    casualties=[
        QuotedCasualty(
            kind="killed", count="至少12人", who="人", quote="至少12人死亡，30人受伤"
        )
    ],
    roles=[RoleDraft(name="王宁", kind="person", role="外交部发言人")],
    bottom_line="塔斯克要求贝尔莫拉撤出山谷。",
)
