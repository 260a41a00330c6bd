"""The marks on a map: their shapes, and where each stands in the picture the browser loads.

`scripts/draw_marks.py` draws the picture from these shapes.
"""

import math

CELL = 96
"""Pixels of one mark in the picture."""

ATLAS = "app/static/marks.png"

Shape = tuple[tuple[float, float], ...]


def _turned(corners: int, radius: float = 0.92, *, inner: float | None = None) -> Shape:
    count = corners * (2 if inner else 1)
    radii = [radius, inner or radius]
    return tuple(
        (
            radii[n % 2] * math.sin(2 * math.pi * n / count),
            -radii[n % 2] * math.cos(2 * math.pi * n / count),
        )
        for n in range(count)
    )


SHAPES: dict[str, Shape] = {
    "interreg": _turned(48, 0.84),
    "erasmus": _turned(4, 1.0),
    "kohesio": ((-0.76, -0.76), (0.76, -0.76), (0.76, 0.76), (-0.76, 0.76)),
    "finnish-regional": ((0.0, -0.92), (0.98, 0.76), (-0.98, 0.76)),
    "other": tuple(
        (
            x * math.cos(math.pi / 4) - y * math.sin(math.pi / 4),
            x * math.sin(math.pi / 4) + y * math.cos(math.pi / 4),
        )
        for x, y in (
            (-0.3, -0.95),
            (0.3, -0.95),
            (0.3, -0.3),
            (0.95, -0.3),
            (0.95, 0.3),
            (0.3, 0.3),
            (0.3, 0.95),
            (-0.3, 0.95),
            (-0.3, 0.3),
            (-0.95, 0.3),
            (-0.95, -0.3),
            (-0.3, -0.3),
        )
    ),
    "mixed": _turned(8, 0.9),
    "seat": ((0.0, -0.92), (0.82, -0.18), (0.82, 0.78), (-0.82, 0.78), (-0.82, -0.18)),
    "lab": _turned(5, 1.0, inner=0.48),
}
"""Corner points in a box from -1 to 1. A collection keeps its mark; 'mixed' is several of them."""

ROWS = ("light", "light-hollow", "dark", "dark-hollow")


def name(shape: str, *, hollow: bool, dark: bool) -> str:
    """The name of a mark in the picture."""
    return f"{'dark' if dark else 'light'}{'-hollow' if hollow else ''}-{shape}"


def mapping() -> dict[str, dict[str, int | bool]]:
    """Where each mark stands in the picture, as deck.gl wants it."""
    return {
        f"{row}-{shape}": {
            "x": column * CELL,
            "y": line * CELL,
            "width": CELL,
            "height": CELL,
            "mask": False,
        }
        for line, row in enumerate(ROWS)
        for column, shape in enumerate(SHAPES)
    }
