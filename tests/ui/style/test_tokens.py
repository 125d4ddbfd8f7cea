from __future__ import annotations

import pytest

from ui.style.tokens import COLOURS, CONTRAST_PAIRS, Theme, contrast


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize(("ink", "ground", "least"), CONTRAST_PAIRS)
def test_every_pair_of_ink_and_ground_is_readable(theme, ink, ground, least):
    colours = COLOURS[theme]
    assert contrast(colours[ink], colours[ground]) >= least


def test_black_on_white_is_the_strongest_contrast():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_both_themes_know_the_same_names():
    assert COLOURS[Theme.LIGHT].keys() == COLOURS[Theme.DARK].keys()
