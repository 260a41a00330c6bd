"""Colours and marks of things: they follow the thing, never its rank."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """The roles of colour in one theme, as hex."""

    ink: str
    quiet: str
    """Secondary text, at least 4.5:1 on paper."""
    paper: str
    surface: str
    line: str
    accent: str
    land: str
    border: str
    is_dark: bool
    ramp: tuple[str, ...]
    """One hue, from little to much, for amounts on maps."""
    collections: dict[str, str]

    def __hash__(self) -> int:
        return hash((self.paper, self.is_dark))

    def text_on(self, fill: str) -> str:
        """Paper or black, whichever stands out more on a fill."""
        return max((self.paper, "#000000"), key=lambda text: contrast(text, fill))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG defines it, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


LIGHT = Colours(
    ink="#1B2733",
    quiet="#52606D",
    paper="#FFFFFF",
    surface="#F4F6F8",
    line="#D9DFE5",
    accent="#0B5D6B",
    land="#EEF1F4",
    border="#FFFFFF",
    is_dark=False,
    ramp=("#D5EAEC", "#A9D2D7", "#79B7BF", "#4A99A4", "#237A87", "#0B5D6B", "#063F49"),
    collections={
        "interreg": "#0072B2",
        "erasmus": "#D55E00",
        "kohesio": "#117733",
        "finnish-regional": "#882255",
        "other": "#5F6B76",
    },
)

DARK = Colours(
    ink="#E8EDF2",
    quiet="#A9B4BF",
    paper="#141B22",
    surface="#1D2730",
    line="#34414D",
    accent="#5FC4D3",
    land="#26323D",
    border="#141B22",
    is_dark=True,
    ramp=("#1F4A52", "#27606A", "#327A86", "#4296A3", "#5FB3BF", "#8ACFD8", "#C0EAEF"),
    collections={
        "interreg": "#56A9DD",
        "erasmus": "#F08A3C",
        "kohesio": "#55B377",
        "finnish-regional": "#D5719F",
        "other": "#A3AFBA",
    },
)

MARKS = {
    "interreg": "circle",
    "erasmus": "diamond",
    "kohesio": "square",
    "finnish-regional": "triangle-up",
    "other": "x",
}
"""The mark of a collection, by its plotly name: colour is never alone."""

MARK_CHARACTERS = {
    "interreg": "●",
    "erasmus": "◆",
    "kohesio": "■",
    "finnish-regional": "▲",
    "other": "✕",
}

PATTERNS = {
    "interreg": "",
    "erasmus": "/",
    "kohesio": "\\",
    "finnish-regional": "x",
    "other": ".",
}
"""The pattern of a collection's bars, by its plotly name."""

ORGANISATION_GROUPS = {
    "public": ("municipality", "regional-authority", "national-authority", "welfare-body"),
    "knowledge": ("university", "education", "research"),
    "civil": ("ngo", "church", "network"),
    "business": ("company",),
    "other": ("other",),
}
"""Types of organisation that share a colour; a type that is not known is 'other'."""

ORGANISATION_COLOURS = {
    "public": ("#33658A", "#7FB2DB"),
    "knowledge": ("#6A4C93", "#B69BDD"),
    "civil": ("#A1392F", "#EE938A"),
    "business": ("#7A6A00", "#CDBB4D"),
    "other": ("#5F6B76", "#A3AFBA"),
}
"""The colour of a group, on light and on dark paper."""

ORGANISATION_MARKS = {
    "public": "square",
    "knowledge": "diamond",
    "civil": "circle",
    "business": "triangle-up",
    "other": "x",
}
"""The mark of a group, by its plotly name: colour is never alone."""
