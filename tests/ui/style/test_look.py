from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics

from resources import folder
from tests.ui.conftest import wear
from ui import style


def test_text_size_multiplies_type_and_widths(qapp):
    wear(qapp, scale=1.3)
    assert style.px(100) == 130
    assert style.font("script").pixelSize() == 27
    assert qapp.font().pixelSize() == 18


def test_the_dark_theme_changes_palette_and_tokens(qapp):
    wear(qapp, theme=style.Theme.DARK)
    assert qapp.palette().window().color() == style.colour("bg")
    assert style.code("bg") == "#0E131B"


def test_the_bundled_font_has_four_real_weights():
    assert "Inter" in QFontDatabase.families()
    widths = {
        w: QFontMetrics(style.font("kpi", w)).horizontalAdvance("Vorig schooljaar") for w in (400, 500, 600, 700)
    }
    assert len(set(widths.values())) == 4


@pytest.mark.parametrize("name", sorted(p.stem for p in folder("icons").glob("*.svg")))
def test_every_icon_is_drawn_in_the_colour_asked(name):
    image = style.icon(name, "bad", 24).pixmap(24, 24).toImage()
    wanted = style.colour("bad")
    assert any(_near(image.pixelColor(x, y), wanted) for x in range(image.width()) for y in range(image.height()))


def _near(seen: QColor, wanted: QColor) -> bool:
    parts = zip(seen.getRgb(), wanted.getRgb(), strict=True)
    return all(abs(one - other) <= 6 for one, other in parts)
