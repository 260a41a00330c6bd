"""What stands on a map, before it is drawn: fills, marks, labels, lines and a legend.

A scene knows nothing of a drawing library, so the map in the browser and the picture that a reader
takes away show the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from projectdata.basemap import Basemap, Bounds, Country, box
from projectdata.maps.classes import logarithmic
from projectdata.maps.view import View
from projectdata.palette import Colours
from projectdata.wording import Wording

SINGLE = 22
"""Size of the mark of one place, in pixels with its halo."""
LETTER, LINE = 7.0, 16
"""Width of a letter and height of a line of a country's name, in pixels."""


@dataclass(frozen=True)
class Fill:
    """How one country is coloured. `kind`: class, zero, missing or none."""

    country: str
    kind: str
    colour: str
    tip: str


@dataclass(frozen=True)
class Mark:
    """One or several places at one spot."""

    longitude: float
    latitude: float
    places: int
    shape: str
    hollow: bool
    size: int
    tip: str
    bounds: Bounds
    name: str


@dataclass(frozen=True)
class Label:
    """A country's name."""

    text: str
    longitude: float
    latitude: float
    down: int
    """Pixels below the point."""


@dataclass(frozen=True)
class Line:
    """From the lead to a partner."""

    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True)
class Entry:
    """One line of the legend, with its sign.

    `kind`: a swatch of a colour (class, zero, zero-money, missing), a line, or a mark (mark,
    hollow, count).
    """

    kind: str
    label: str
    colour: str = ""
    shape: str = ""


@dataclass(frozen=True)
class Scene:
    """Everything on a map."""

    view: View
    fills: tuple[Fill, ...] = ()
    marks: tuple[Mark, ...] = ()
    labels: tuple[Label, ...] = ()
    lines: tuple[Line, ...] = ()
    chosen: tuple[str, ...] = ()
    legend: tuple[tuple[str, tuple[Entry, ...]], ...] = ()
    """Headings with their entries."""


def mark_colour(shape: str, colours: Colours) -> str:
    """The colour of a mark: a collection's own, the accent for labs, quiet for the rest."""
    if shape in colours.collections:
        return colours.collections[shape]
    return {"lab": colours.accent, "seat": colours.quiet}.get(shape, colours.ink)


def count_fills(
    rows: pd.DataFrame, words: Wording, colours: Colours
) -> tuple[tuple[Fill, ...], tuple[Entry, ...]]:
    """Countries coloured by their number of projects, and the legend of the colours."""
    classes = logarithmic(rows["projects"])
    none = Entry("zero", words("No project in this selection"), colours.land)
    if classes is None:
        return (), (none,)
    shades = classes.shades(colours)
    fills = tuple(
        Fill(
            row.country,
            "class",
            shades[classes.number(row.projects)],
            _lines(
                words.country(row.country),
                words.plural("{n} project", "{n} projects", row.projects),
            ),
        )
        for row in rows.itertuples()
    )
    entries = tuple(
        Entry("class", label, shade)
        for label, shade in zip(classes.count_labels(words), shades, strict=True)
    )
    return fills, (*entries, none)


def money_fills(
    rows: pd.DataFrame, words: Wording, colours: Colours
) -> tuple[tuple[Fill, ...], tuple[Entry, ...]]:
    """Countries coloured by the money of projects in that country alone, and the legend.

    Zero is a class of its own; a country without a published amount is hatched.
    """
    known = rows[rows["published"] > 0]
    classes = logarithmic(known["amount_eur"])
    shades = classes.shades(colours) if classes else ()
    fills = []
    for row in rows.itertuples():
        said = [
            words.country(row.country),
            words.plural("{n} project", "{n} projects", row.projects),
        ]
        if row.published == 0:
            kind, colour = "missing", colours.land
            said.append(words("no amount that is this country’s alone is published"))
        else:
            kind = "class" if row.amount_eur > 0 else "zero-money"
            colour = (
                shades[classes.number(row.amount_eur)]
                if classes and kind == "class"
                else colours.paper
            )
            said.append(
                words.plural(
                    "{amount} in {n} project in this country alone",
                    "{amount} in {n} projects in this country alone",
                    row.published,
                    amount=words.money(row.amount_eur),
                )
            )
        fills.append(Fill(row.country, kind, colour, _lines(*said)))
    entries = [
        Entry("class", label, shade)
        for label, shade in zip(classes.money_labels(words) if classes else (), shades, strict=True)
    ]
    kinds = {fill.kind for fill in fills}
    if "zero-money" in kinds:
        entries.append(Entry("zero-money", words("Zero euros published"), colours.paper))
    if "missing" in kinds:
        entries.append(Entry("missing", words("Projects, but no amount of its own"), colours.land))
    return tuple(fills), (
        *entries,
        Entry("zero", words("No project in this selection"), colours.land),
    )


def rate_fills(
    rows: pd.DataFrame, words: Wording, colours: Colours, *, money: bool = False
) -> tuple[tuple[Fill, ...], tuple[Entry, ...]]:
    """Countries coloured by projects, or by money, per 100,000 inhabitants, and the legend.

    A country is hatched where its population of the year of comparison is not known or, for
    money, where no amount of its own is published.
    """
    rates = rows["eur_per_100000" if money else "projects_per_100000"]
    classes = logarithmic(rates.dropna())
    shades = classes.shades(colours) if classes else ()
    year = _year(rows)
    fills = []
    for row, rate in zip(rows.itertuples(), rates, strict=True):
        said = [
            words.country(row.country),
            words.plural("{n} project", "{n} projects", row.projects),
        ]
        if pd.isna(row.population):
            said.append(words("population of {year} not known", year=year))
        else:
            people = words.number(row.population)
            said.append(words("{n} inhabitants in {year}", n=people, year=year))
        if money and row.published == 0:
            said.append(words("no amount that is this country’s alone is published"))
        if pd.isna(rate):
            kind, colour = "missing", colours.land
        else:
            kind = "class" if rate > 0 else "zero-money"
            colour = shades[classes.number(rate)] if classes and kind == "class" else colours.paper
            text = words.money_short(rate) if money else words.rate(rate)
            said.append(words("{n} per 100,000 inhabitants", n=text))
        fills.append(Fill(row.country, kind, colour, _lines(*said)))
    labels: tuple[str, ...] = ()
    if classes:
        labels = classes.money_labels(words) if money else classes.rate_labels(words)
    entries = [Entry("class", text, shade) for text, shade in zip(labels, shades, strict=True)]
    kinds = {fill.kind for fill in fills}
    if "zero-money" in kinds:
        entries.append(Entry("zero-money", words("Zero euros published"), colours.paper))
    if "missing" in kinds:
        text = (
            words("No amount of its own, or no population of {year}", year=year)
            if money
            else words("Projects, but no population of {year}", year=year)
        )
        entries.append(Entry("missing", text, colours.land))
    return tuple(fills), (
        *entries,
        Entry("zero", words("No project in this selection"), colours.land),
    )


def marks(
    spots: pd.DataFrame, view: View, kind: str, tip: Callable[[Mapping[str, Any]], str]
) -> tuple[Mark, ...]:
    """The spots as marks that do not cover each other: what would is one mark with a count.

    The largest spot takes in its neighbours, then the next largest of the rest. `kind` is places,
    seats or labs; `tip` writes the text of a mark from its joined row.
    """
    groups: list[dict] = []
    for row in spots.to_dict(orient="records"):
        row["x"], row["y"] = view.pixel(row["longitude"], row["latitude"])
        row["names"], row["reach"] = [row["name"]], _reach(row["places"])
        near = next((group for group in groups if _touch(group, row)), None)
        if near is None:
            groups.append(row)
        else:
            _join(near, row)
    return tuple(_mark(group, kind, tip) for group in groups)


def labels(
    basemap: Basemap,
    view: View,
    words: Wording,
    *,
    first: Sequence[str],
    around: Sequence[Mark] = (),
) -> tuple[Label, ...]:
    """Names of countries in the reader's language that cover neither each other nor a mark.

    The countries in `first` choose their place before the others, the others by their size, and
    only where their name has room.
    """
    taken = []
    for mark in around:
        x, y = view.pixel(mark.longitude, mark.latitude)
        half = mark.size / 2 - 3
        taken.append((x - half, y - half, x + half, y + half))
    rank = {code: n for n, code in enumerate(first)}
    order = sorted(basemap.countries, key=lambda c: (rank.get(c.code, len(rank)), -c.extent))
    found = []
    for country in order:
        text = words.country(country.code)
        x, y = view.pixel(country.longitude, country.latitude)
        half = len(text) * LETTER / 2
        if not (view.holds(x - half, y, -LINE / 2) and view.holds(x + half, y, -LINE / 2)):
            continue
        if country.code not in rank and not _has_room(country, view, half):
            continue
        for down in (0, 11, -11):
            around_text = (x - half, y + down - LINE / 2, x + half, y + down + LINE / 2)
            if not any(_overlap(around_text, other) for other in taken):
                taken.append(around_text)
                found.append(Label(text, country.longitude, country.latitude, down))
                break
    return tuple(found)


def lines(partners: pd.DataFrame) -> tuple[Line, ...]:
    """From each lead's seat to each partner's; without a lead, none."""
    seated = partners.dropna(subset=["latitude", "longitude"])
    ends = {(row.longitude, row.latitude) for row in seated.itertuples() if not row.is_lead}
    starts = {(row.longitude, row.latitude) for row in seated.itertuples() if row.is_lead}
    return tuple(
        Line(start, end) for start in sorted(starts) for end in sorted(ends) if start != end
    )


def mark_entries(
    shown: Sequence[Mark], kind: str, words: Wording, colours: Colours
) -> tuple[Entry, ...]:
    """The legend of the marks that are on the map, and how exact they are."""
    shapes = {mark.shape for mark in shown}
    entries = [
        Entry("mark", words.label("collection", code), colours.collections[code], code)
        for code in colours.collections
        if code in shapes
    ]
    if kind == "seats":
        entries.append(
            Entry("mark", words("Seat of an organisation that takes part"), colours.quiet, "seat")
        )
    if kind == "labs":
        entries.append(Entry("mark", words("Place of a lab"), colours.accent, "lab"))
    if "mixed" in shapes:
        entries.append(Entry("mark", words("Places of several collections"), colours.ink, "mixed"))
    if kind == "places":
        if any(not mark.hollow for mark in shown):
            entries.append(
                Entry("mark", words("Full: where the work is done"), colours.quiet, "interreg")
            )
        if any(mark.hollow for mark in shown):
            entries.append(
                Entry(
                    "hollow",
                    words(
                        "Hollow: only stands for it – the seat of the implementer, "
                        "or the centre of the region"
                    ),
                    colours.quiet,
                    "interreg",
                )
            )
    if any(mark.places > 1 for mark in shown):
        entries.append(
            Entry("count", words("Number: so many places on one mark"), colours.ink, "interreg")
        )
    return tuple(entries)


def _year(rows: pd.DataFrame) -> str:
    """The year whose population a rate is set against; it stands in every row."""
    years = rows["population_year"].dropna()
    return str(int(years.iloc[0])) if len(years) else "–"


def _has_room(country: Country, view: View, half: float) -> bool:
    """Whether a name is not much wider than the land it names."""
    west, south, east, _ = max(
        (box(polygon[0]) for polygon in country.polygons),
        key=lambda b: (b[2] - b[0]) * (b[3] - b[1]),
    )
    left, right = view.pixel(west, south)[0], view.pixel(east, south)[0]
    return right - left > 1.2 * half


def _touch(group: Mapping, row: Mapping) -> bool:
    reach = group["reach"] + row["reach"]
    return (group["x"] - row["x"]) ** 2 + (group["y"] - row["y"]) ** 2 < reach**2


def _reach(places: float) -> float:
    """How far from its middle a mark leaves no room for another: two may touch a little."""
    return _size(places) / 2 - 2


def _join(group: dict, row: Mapping) -> None:
    if row["collection"] != group["collection"] or row["collections"] > 1:
        group["collections"] = 2
    group["places"] += row["places"]
    group["reach"] = _reach(group["places"])
    group["exact_places"] += row["exact_places"]
    group["names"] += row["names"]
    for name, choose in (("west", min), ("south", min), ("east", max), ("north", max)):
        group[name] = choose(group[name], row[name])


def _mark(group: Mapping, kind: str, tip: Callable[[Mapping], str]) -> Mark:
    shape = "mixed" if group["collections"] > 1 else group["collection"]
    if kind in ("seats", "labs"):
        shape = kind.removesuffix("s")
    names = list(dict.fromkeys(str(name) for name in group["names"]))
    return Mark(
        longitude=round(group["longitude"], 4),
        latitude=round(group["latitude"], 4),
        places=int(group["places"]),
        shape=shape,
        hollow=int(group["exact_places"]) == 0,
        size=_size(group["places"]),
        tip=tip({**group, "names": names}),
        bounds=tuple(round(group[side], 4) for side in ("west", "south", "east", "north")),
        name=names[0],
    )


def _size(places: float) -> int:
    return SINGLE if places == 1 else 28 + 5 * (len(str(int(places))) - 1)


def _overlap(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _lines(*said: str) -> str:
    return "\n".join(said)
