"""Draw the marks of the map into src/projectdata/ui/static/marks.png (needs Pillow).

Run it again when a colour or a shape changes: `python scripts/draw_marks.py`.
"""

from PIL import Image, ImageDraw

from projectdata.maps.marks import CELL, SHAPES
from projectdata.maps.scene import mark_colour
from projectdata.palette import DARK, LIGHT
from projectdata.paths import PACKAGE

FINER = 4
HALO, OUTLINE, RADIUS = 7, 9, 38


def main() -> None:
    """Each shape full and hollow, for the light and the dark theme, with a halo of paper."""
    size = CELL * FINER
    sheet = Image.new("RGBA", (size * len(SHAPES), size * 4))
    draw = ImageDraw.Draw(sheet)
    for theme, colours in enumerate((LIGHT, DARK)):
        for hollow in (False, True):
            for column, (shape, corners) in enumerate(SHAPES.items()):
                x = (column + 0.5) * size
                y = (theme * 2 + hollow + 0.5) * size
                radius = (RADIUS - OUTLINE / 2 if hollow else RADIUS) * FINER
                points = [(x + a * radius, y + b * radius) for a, b in corners]
                colour = mark_colour(shape, colours)
                _outlined(draw, points, colours.paper, OUTLINE + 2 * HALO if hollow else 2 * HALO)
                draw.polygon(points, fill=colours.paper if hollow else colour)
                if hollow:
                    _outlined(draw, points, colour, OUTLINE)
    sheet.resize((CELL * len(SHAPES), CELL * 4), Image.Resampling.LANCZOS).quantize(
        255, method=Image.Quantize.FASTOCTREE
    ).save(PACKAGE / "ui" / "static" / "marks.png", optimize=True)


def _outlined(draw: ImageDraw.ImageDraw, points: list, colour: str, width: int) -> None:
    closed = [*points, points[0]]
    draw.line(closed, fill=colour, width=width * FINER, joint="curve")
    half = width * FINER / 2
    for x, y in points:
        draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)


if __name__ == "__main__":
    main()
