"""The network of organisations that work together."""

import math

import networkx
import pandas as pd
import plotly.graph_objects as go

from projectdata.figures import rows as labelled
from projectdata.figures.base import empty_figure, safe, wrapped
from projectdata.figures.sheet import Sheet
from projectdata.palette import (
    ORGANISATION_COLOURS,
    ORGANISATION_GROUPS,
    ORGANISATION_MARKS,
    Colours,
)
from projectdata.wording import Wording

SHELF = 17.0
"""Width of a row of groups, in units of which a group of n takes twice the root of n."""

CHARACTERS = {"public": "■", "knowledge": "◆", "civil": "●", "business": "▲", "other": "✖"}
"""The mark of a group as a character, for the key."""

MOST_LABELS = 14
"""So many nodes carry their name; the others say it under the pointer and in the table."""


def cooperation(pairs: pd.DataFrame, words: Wording, colours: Colours) -> go.Figure:
    """Organisations as marks by type, sized by projects; lines where they share a project."""
    nodes = _nodes(pairs)
    graph = networkx.Graph()
    graph.add_nodes_from(nodes.index)
    graph.add_weighted_edges_from(
        pairs[["a_id", "b_id", "projects"]].itertuples(index=False, name=None)
    )
    places = _places(graph)
    sheet = empty_figure(colours, words, height=560)
    for several in (False, True):
        _lines(sheet, pairs[(pairs["projects"] > 1) == several], places, colours, several)
    named = _named(nodes.sort_values(["projects", "partners"], ascending=False).index, places)
    names = group_labels(words)
    for group in ORGANISATION_GROUPS:
        some = nodes[nodes["group"] == group]
        if some.empty:
            continue
        sheet.add_scatter(
            x=[places[node][0] for node in some.index],
            y=[places[node][1] for node in some.index],
            mode="markers+text",
            name=names[group],
            text=[
                wrapped(row["name"], 22, 2) if node in named else ""
                for node, row in some.iterrows()
            ],
            textposition="top center",
            textfont={"size": 12, "color": colours.ink},
            hovertext=[_hover(row, words) for _, row in some.iterrows()],
            hoverinfo="text",
            marker={
                "symbol": ORGANISATION_MARKS[group],
                "size": [10 + 5 * math.sqrt(row["projects"]) for _, row in some.iterrows()],
                "color": ORGANISATION_COLOURS[group][colours.is_dark],
                "line": {"color": colours.paper, "width": 1},
            },
        )
    sheet.update_layout(margin={"l": 8, "r": 8, "t": 16, "b": 12})
    sheet.update_xaxes(visible=False)
    sheet.update_yaxes(visible=False)
    shown = [group for group in ORGANISATION_GROUPS if (nodes["group"] == group).any()]
    key = [
        (CHARACTERS[group], names[group], ORGANISATION_COLOURS[group][colours.is_dark])
        for group in shown
    ]
    labelled.key(sheet, key, colours)
    return sheet.figure()


def _places(graph: networkx.Graph) -> dict[str, tuple[float, float]]:
    """A place for each node: groups that are not joined stand apart, in rows, the largest first.

    Laid out as one, groups without a line between them would fly off and shrink to dots.
    """
    groups = sorted(networkx.connected_components(graph), key=lambda g: (-len(g), min(g)))
    widest = max(SHELF, 2 * math.sqrt(len(groups[0])))
    places: dict[str, tuple[float, float]] = {}
    left = top = tallest = 0.0
    for group in groups:
        radius = math.sqrt(len(group))
        if left and left + 2 * radius > widest:
            left, top, tallest = 0.0, top - tallest, 0.0
        inside = graph.subgraph(sorted(group))
        layout = networkx.circular_layout if _is_ring(inside) else networkx.spring_layout
        seed = {} if _is_ring(inside) else {"seed": 7, "iterations": 200, "k": 1.3, "weight": None}
        for node, (x, y) in layout(inside, scale=0.8 * radius, **seed).items():
            places[node] = (left + radius + float(x), top - radius + float(y))
        left += 2 * radius
        tallest = max(tallest, 2 * radius)
    return places


def _is_ring(graph: networkx.Graph) -> bool:
    """True where everybody works with everybody: the partners of one project."""
    return networkx.density(graph) > 0.95 if len(graph) > 1 else True


def _named(ranked: pd.Index, places: dict[str, tuple[float, float]]) -> set[str]:
    """The nodes that carry their name: the foremost, as long as names do not run into another."""
    named: list[str] = []
    for node in ranked:
        x, y = places[node]
        free = all(abs(x - places[n][0]) > 4.5 or abs(y - places[n][1]) > 1.4 for n in named)
        if free and len(named) < MOST_LABELS:
            named.append(node)
    return set(named)


def group_of(organisation_type: object) -> str:
    """The group a type of organisation belongs to; 'other' where the type is not known."""
    for group, types in ORGANISATION_GROUPS.items():
        if organisation_type in types:
            return group
    return "other"


def group_labels(words: Wording) -> dict[str, str]:
    """The names of the groups."""
    return {
        "public": words("Public authorities and services"),
        "knowledge": words("Education and research"),
        "civil": words("Associations, churches and networks"),
        "business": words("Companies"),
        "other": words("Other or not known"),
    }


def _nodes(pairs: pd.DataFrame) -> pd.DataFrame:
    sides = [
        pairs[[f"{side}_id", f"{side}_name", f"{side}_type", f"{side}_country", f"{side}_projects"]]
        .set_axis(["id", "name", "type", "country", "projects"], axis=1)
        for side in ("a", "b")
    ]  # fmt: skip
    both = pd.concat(sides)
    nodes = both.drop_duplicates("id").set_index("id").sort_index()
    return nodes.assign(
        partners=both.groupby("id").size(), group=[group_of(kind) for kind in nodes["type"]]
    )


def _lines(
    sheet: Sheet, pairs: pd.DataFrame, places: dict, colours: Colours, several: bool
) -> None:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for a, b in zip(pairs["a_id"], pairs["b_id"], strict=True):
        xs += [places[a][0], places[b][0], None]
        ys += [places[a][1], places[b][1], None]
    sheet.add_scatter(
        x=xs, y=ys, mode="lines", hoverinfo="skip", showlegend=False,
        line={"color": colours.quiet if several else colours.line, "width": 2.5 if several else 1},
    )  # fmt: skip


def _hover(row: pd.Series, words: Wording) -> str:
    kind = words.label("organisation_type", row["type"])
    place = words.country(row["country"]) if isinstance(row["country"], str) else ""
    projects = words.plural("{n} project", "{n} projects", int(row["projects"]))
    partners = words.plural("{n} partner here", "{n} partners here", int(row["partners"]))
    details = ", ".join(part for part in (safe(kind), safe(place)) if part)
    return f"{wrapped(row['name'], 40, 3)}<br>{details}<br>{projects}, {partners}"
