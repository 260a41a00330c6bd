"""The cards of all places: every mark of the map as a row, and the projects without a place."""

from functools import partial

import pandas as pd
import streamlit as st

from projectdata.queries import places as queries
from projectdata.ui import cells
from projectdata.ui.cards import MOST_TABLE_ROWS, Coverage, Rows, foot_of_many, heading
from projectdata.ui.map_address import shown
from projectdata.ui.page import Here
from projectdata.ui.prose import link, plain
from projectdata.wording import in_sentence

MOST_LISTED = 25
"""Up to this many projects without a place are also listed above their table."""


def places_card(here: Here) -> None:
    """Every mark of the map as a row: what it stands for, and how exact it is."""
    words, wanted = here.words, shown()
    kind = "places" if wanted.marks == "none" else wanted.marks
    counts = here.rows(queries.spot_count, kind).iloc[0]
    title = {
        "places": words("Every place on the map"),
        "seats": words("Every partner seat on the map"),
        "labs": words("Every place of a lab on the map"),
    }[kind]
    if not counts["places"]:
        return
    with st.container(border=True, key="card-places"):
        heading(title, 2)
        st.markdown(plain(_places_twin(here, counts, here.rows(queries.kinds, kind))))
        foot_of_many(
            here,
            "places",
            title,
            Rows(
                int(counts["places"]),
                partial(here.rows, queries.first_records, kind),
                partial(here.rows, queries.records, kind),
            ),
            _place_columns(here, linked=counts["places"] <= MOST_TABLE_ROWS),
            partial(_place_table, here),
            coverage=Coverage(
                int(counts["projects"]), here.projects, words("have none of these places")
            ),
            note=words(
                "Where a town lies is general knowledge; a dot marks the town, not an address."
            ),
        )


def _places_twin(here: Here, counts: pd.Series, kinds: pd.DataFrame) -> str:
    words = here.words
    count = words.plural("{n} place", "{n} places", int(counts["places"]))
    projects = words.plural("of {n} project", "of {n} projects", int(counts["projects"]))
    if len(kinds) == 1:
        return f"{count} {projects}."
    named = [
        f"{in_sentence(words.label('place_kind', kind))} ({words.number(n)})"
        for kind, n in zip(kinds["place_kind"], kinds["places"], strict=True)
    ]
    return f"{count} {projects}: {words.all_of(named)}."


def _place_columns(here: Here, *, linked: bool) -> dict[str, str]:
    words = here.words
    return {
        "name": words("Place"),
        "country_label": words("Country"),
        "project_link" if linked else "title": words("Project"),
        "collection_label": words("Collection"),
        "kind_label": words("What the mark stands for"),
        "precision_label": words("How exact"),
        "source_link" if linked else "source_title": words("Source"),
    }


def _place_table(here: Here, rows: pd.DataFrame) -> pd.DataFrame:
    words = here.words
    return rows.assign(
        project_link=cells.to_projects(rows, words),
        collection_label=[cells.collection(code, words) for code in rows["collection"]],
        country_label=[words.label("country", code) for code in rows["country"]],
        kind_label=[words.label("place_kind", code) for code in rows["place_kind"]],
        precision_label=[words.label("place_precision", code) for code in rows["precision"]],
        source_link=[
            link(row.source_title, row.source_url) if isinstance(row.source_title, str) else ""
            for row in rows.itertuples()
        ],
    )


def unplaced_card(here: Here) -> None:
    """The projects that have no place, each with the reason."""
    words = here.words
    counted = here.rows(queries.unplaced_reasons).set_index("reason")["projects"]
    if counted.empty:
        return
    count, reasons = int(counted.sum()), _reasons(here)
    title = words("Not on the map")
    said = "; ".join(
        f"{in_sentence(text)} ({words.number(counted[code])})"
        for code, text in reasons.items()
        if code in counted
    )
    with st.container(border=True, key="card-unplaced"):
        heading(title, 2)
        told = words.plural(
            "{n} project has no place of its own",
            "{n} projects have no place of their own",
            count,
        )
        st.markdown(plain(f"{told}: {said}."))
        if count <= MOST_LISTED:
            lines = [
                f"- {row.project_link} – {plain(row.country_labels)}: "
                f"{plain(in_sentence(row.reason_label))}"
                for row in _unplaced_table(here, here.rows(queries.unplaced)).itertuples()
            ]
            st.markdown("\n".join(lines))
        columns = {
            "project_link" if count <= MOST_TABLE_ROWS else "title": words("Project"),
            "country_labels": words("Countries"),
            "reason_label": words("Why it has no place"),
        }
        many = Rows(
            count,
            partial(here.rows, queries.first_unplaced),
            partial(here.rows, queries.unplaced),
        )
        foot_of_many(here, "unplaced", title, many, columns, partial(_unplaced_table, here))


def _unplaced_table(here: Here, rows: pd.DataFrame) -> pd.DataFrame:
    reasons = _reasons(here)
    return rows.assign(
        project_link=cells.to_projects(rows, here.words),
        country_labels=[_country_names(here, codes) for codes in rows["countries"]],
        reason_label=[reasons[code] for code in rows["reason"]],
    )


def _country_names(here: Here, codes: object) -> str:
    if not isinstance(codes, str):
        return here.words("not known")
    return ", ".join(here.words.country(code) for code in codes.split(" | "))


def _reasons(here: Here) -> dict[str, str]:
    words = here.words
    return {
        "country": words("Only the country is known"),
        "seats": words("Only the seats of those who take part are known"),
        "nothing": words("Not even the country is known"),
    }
