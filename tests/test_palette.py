import pytest

from projectdata import palette


@pytest.mark.parametrize("colours", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_numbers_on_marks_stand_out(colours):
    for fill in colours.collections.values():
        assert palette.contrast(colours.text_on(fill), fill) >= 4.5


@pytest.mark.parametrize("colours", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_marks_and_quiet_text_stand_out_on_paper(colours):
    assert all(palette.contrast(fill, colours.paper) >= 3 for fill in colours.collections.values())
    assert palette.contrast(colours.quiet, colours.paper) >= 4.5


def test_contrast_is_that_of_wcag():
    assert palette.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert palette.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
