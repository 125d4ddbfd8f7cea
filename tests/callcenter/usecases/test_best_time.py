"""The words of lists about the best moment become parts of the week."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.usecases.best_time import SLOTS, slots_of


@pytest.mark.parametrize(
    ("told", "slots"),
    [
        ("na 17u", "av"),
        ("na 16u", "va av"),
        ("vanaf 16:00", "va av"),
        ("na 5 uur", "av"),
        ("pas na 18u30", "av"),
        ("na 19u", "av"),
        ("na 21u", ""),
        ("voor 12u", "vm"),
        ("woensdagnamiddag", "nm"),
        ("Woensdag namiddag", "nm"),
        ("zaterdag", "za"),
        ("zaterdagvoormiddag", "za"),
        ("zaterdag of 's avonds", "av za"),
        ("avond", "av"),
        ("'s Avonds", "av"),
        ("\u2019s morgens", "vm"),
        ("voormiddag", "vm"),
        ("vooravond", "va"),
        ("na school", "va"),
        ("late namiddag", "va"),
        ("weekend", "za"),
        ("av za", "av za"),
        ("voormiddag en avond", "vm av"),
        ("Liefst na 14 u, niet op woensdag", "va av"),
        ("niet 's avonds", ""),
        ("woensdag", ""),
        ("maakt niet uit", ""),
        ("bel morgen", ""),
        ("", ""),
        ("apr\u00e8s 17h", "av"),
        ("\u00e0 partir de 16h", "va av"),
        ("avant 12h", "vm"),
        ("le soir", "av"),
        ("mercredi apr\u00e8s-midi", "nm"),
        ("samedi matin", "za"),
        ("le matin, pas le soir", "vm"),
        ("apr\u00e8s l\u2019\u00e9cole", "va"),
        ("after 5 pm", "av"),
        ("Saturday morning", "za"),
        ("mornings or evenings", "vm av"),
        ("afternoon", "nm"),
        ("after school", "va"),
    ],
)
def test_usual_words_are_parts_of_the_week(told: str, slots: str) -> None:
    assert slots_of(told) == tuple(slots.split())


@given(st.text(alphabet="navoremidg 0123456789u,h'.", max_size=40))
def test_any_text_gives_known_parts_once_in_the_order_of_the_week(told: str) -> None:
    found = slots_of(told)
    assert found == tuple(slot for slot in SLOTS if slot in found)
