"""The little pictures of a legend, as SVG that our own code alone makes."""

from projectdata.maps.marks import SHAPES
from projectdata.maps.scene import Entry
from projectdata.palette import Colours

SIZE = 22


def swatch(entry: Entry, colours: Colours, x: float = 0, y: float = 0) -> str:
    """The sign of a legend's entry, in a square of 22 pixels whose corner is at x, y."""
    if entry.kind in ("mark", "hollow", "count"):
        hollow = entry.kind == "hollow"
        radius = 7 if entry.kind != "count" else 10
        text = (
            f'<text x="{x + 11}" y="{y + 15}" text-anchor="middle" font-size="11" '
            f'font-weight="700" fill="{colours.paper}">7</text>'
        )
        sign = shape(entry.shape, x + 11, y + 11, radius, entry.colour, colours, hollow=hollow)
        return sign + (text if entry.kind == "count" else "")
    if entry.kind == "line":
        return f'<path d="M{x + 2} {y + 11}h18" stroke="{entry.colour}" stroke-width="2.5"/>'
    outline = colours.quiet if entry.kind in ("missing", "zero-money") else colours.line
    box = (
        f'<rect x="{x + 1}" y="{y + 3}" width="20" height="16" rx="2" fill="{entry.colour}" '
        f'stroke="{outline}"/>'
    )
    if entry.kind == "missing":
        strokes = "".join(f"M{x + a} {y + 18}l14 -14" for a in (-1, 4, 9) if a >= 1)
        box += f'<path d="{strokes}M{x + 2} {y + 12}l8 -8" stroke="{colours.quiet}" fill="none"/>'
    return box


def shape(
    name: str, x: float, y: float, radius: float, colour: str, colours: Colours, *, hollow: bool
) -> str:
    """A mark around a point, with a halo of paper."""
    points = " ".join(f"{x + a * radius:.1f},{y + b * radius:.1f}" for a, b in SHAPES[name])
    band = f'<polygon points="{points}" fill="{colours.paper}" stroke="{colours.paper}" '
    band += f'stroke-width="{5 if hollow else 3}" stroke-linejoin="round"/>'
    fill, width = (colours.paper, 2) if hollow else (colour, 0)
    return band + (
        f'<polygon points="{points}" fill="{fill}" stroke="{colour}" stroke-width="{width}" '
        'stroke-linejoin="round"/>'
    )
