"""Short texts of their own share a phrase; a short copy shares nearly all.

All articles, people, places and outlets are invented.
"""

import pytest
from several import MONDAY, TUESDAY, article

from summarizer.assembly.several import copies

SPOKEN = "Amin Rafe, a spokesman for the interior ministry of Belmora, told reporters in the capital"
UNION = "Lena Orr, the leader of the union of nurses in Tarsis, told reporters outside the ministry on"
FIRE = "At least 12 people were killed and 300 forced from their homes when"
APPEAL = (
    "The Red Cross appealed to donors for tents, blankets, medicine and clean water."
)
COURT = (
    "who has denied all the charges against him and remains in custody in the capital"
)

PHRASES = [
    (f"Belmora agreed to a joint inquiry with Kasra into the shooting on the bridge, {SPOKEN}. Kasra welcomed the step but repeated its demand.",
     f"Belmora is to pay the families of two guards who were shot on the bridge, {SPOKEN}. No sum was given by either side yesterday."),
    (f"Buses will stand still in the whole of the north from midnight, {SPOKEN}, and trains will follow. Schools in two towns stay closed.",
     f"Two of those who fled the prison were caught in a barn near Orla, {SPOKEN}. A third is thought to have crossed the hills."),
    (f"Talks on pay end today without a result. {UNION} Monday that nothing was offered and that wards may close within a week.",
     f"Thirty wards closed this morning and patients were driven to Lind. {UNION} Tuesday that more would follow if nobody rang her."),
    (f"{FIRE} the Orla burst its banks near Selm, the rescue office said. Boats reached two villages.",
     f"{FIRE} a fire swept through the old quarter of Tarn on Friday, the mayor said. Nobody knows yet how it began in the market."),
    (f"A quake shook the valley of Kasra before dawn and brought down a school, a mill and the post office. {APPEAL} Roads are blocked.",
     f"Wind tore the roofs from four hundred houses on the island of Selim this week, its governor said. {APPEAL} Ships wait in port."),
    (f"{FIRE} the Jarm flooded the plain of Orm, the ministry said. {APPEAL}",
     f"{FIRE} the Orla burst its banks near Selm, the rescue office said. {APPEAL} Ana Ruiz, its head, had not seen such water in twenty years. The road to Lind was cut, and two districts are without light. The government has not said whether it will send soldiers."),
    (f"Judges in Lind heard the former treasurer Otto Brandt, {COURT}, for three hours on Monday. He wept twice and asked for water.",
     f"A witness flew in from abroad to speak against Otto Brandt, {COURT}. She had kept his letters in a box under her bed for years."),
    ("Port Selm (Varos Post) - Bread became dearer, the head of the statistics office of Varos said on Monday. Bakers blamed the rain.",
     "Port Selm (Varos Post) - Wages fell behind, the head of the statistics office of Varos said on Monday. Dockers were hit first, then drivers."),
    (f"Nurses in Orla marched to the ministry and left their shoes on its steps. {UNION} Friday that shoes are what they had left to give.",
     f"The ministry sent the shoes back in forty sacks, washed. {UNION} Saturday that she had laughed, then cried, then counted them all."),
    (f"Snow closed the pass above Tarn for the ninth day, and bread was flown in. The road will not be open before Sunday at the earliest, {SPOKEN}.",
     f"A lorry with salt slid into the lake below the pass at noon. The driver is well. The road will not be open before Sunday at the earliest, {SPOKEN}. Divers look for the lorry in the morning, since salt harms the trout there, as anglers say."),
]  # fmt: skip

AGENCY = (
    "Two dockworkers were injured on Saturday when a lorry drove through a picket line in "
    "Port Selm, police said. The driver, who is 40, gave himself up an hour later at a "
    "petrol station. The port authority declined to comment."
)
COPIES = [
    AGENCY,
    f"PORT SELM (Varos Post) - {AGENCY}",
    AGENCY.rpartition(". ")[0] + ".",
    AGENCY.replace("Two dockworkers", "Two port workers").replace("later", "after"),
    f"Our readers saw it.\n\n{AGENCY}",
]


@pytest.mark.parametrize(("one", "two"), PHRASES)
def test_two_texts_with_a_phrase_in_common_are_no_copies(one: str, two: str) -> None:
    articles = [article("s1", one, "A", MONDAY), article("s2", two, "B", TUESDAY)]

    assert copies.find(articles) == {}


@pytest.mark.parametrize("text", COPIES)
def test_a_short_text_in_another_outlet_is_a_copy(text: str) -> None:
    articles = [article("s1", AGENCY, "A", MONDAY), article("s2", text, "B", TUESDAY)]

    assert copies.find(articles) == {"s2": "s1"}
