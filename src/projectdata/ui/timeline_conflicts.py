"""Where sources disagree on the period of a project: every statement with its source."""

import pandas as pd
import streamlit as st

from projectdata.figures import timeline as figures
from projectdata.queries import timeline as queries
from projectdata.ui import cells
from projectdata.ui.cards import Coverage, foot, heading
from projectdata.ui.page import Here
from projectdata.ui.prose import link, plain
from projectdata.ui.timeline_lists import MOST_LISTED, count_the_rest


def conflicts_card(here: Here) -> None:
    """Projects whose sources give different periods: every statement with its source."""
    words = here.words
    rows = here.rows(queries.period_statements)
    title = words("Where sources disagree on the period")
    with st.container(border=True, key="card-period-conflicts"):
        heading(title, 2)
        if rows.empty:
            st.markdown(
                plain(words("In this selection no two sources give a project different periods."))
            )
            return
        projects = list(rows.groupby("project_id", sort=False))
        st.markdown(
            plain(
                words.plural(
                    "{n} project has sources that differ. The first statement is the one shown; "
                    "the others are kept beside it.",
                    "{n} projects have sources that differ. The first statement of each is the "
                    "one shown; the others are kept beside it.",
                    len(projects),
                )
            )
        )
        # One text and not one a project: the browser draws what stands on a page with every click.
        st.markdown("\n\n".join(_project(here, said) for _, said in projects[:MOST_LISTED]))
        count_the_rest(here, len(projects))
        foot(
            here,
            "period-conflicts",
            title,
            rows,
            {
                "project_link": words("Project"),
                "period": words("Period"),
                "basis_label": words("Basis"),
                "shown": words("Shown"),
                "source_link": words("Source"),
            },
            table=lambda: rows.assign(
                project_link=cells.to_projects(rows, words),
                period=[
                    figures.period_text(row, words, "precision") for row in rows.to_dict("records")
                ],
                basis_label=[words.label("period_basis", basis) for basis in rows["basis"]],
                shown=[words("yes") if flag else words("no") for flag in rows["is_displayed"]],
                source_link=[link(row.source_title, row.source_url) for row in rows.itertuples()],
            ),
            coverage=Coverage(len(projects), here.projects),
        )


def _project(here: Here, said: pd.DataFrame) -> str:
    """A project and below it what is said of its period, the statement shown first."""
    lines = [f"- {_statement(here, row)}" for row in said.to_dict("records")]
    return f"**{cells.to_projects(said.head(1), here.words)[0]}**\n\n" + "\n".join(lines)


def _statement(here: Here, row: dict) -> str:
    words = here.words
    period = figures.period_text(row, words, "precision")
    basis = words.label("period_basis", row["basis"])
    shown = words("shown here") if row["is_displayed"] else words("another statement")
    text = f"**{plain(period)}** {plain(f'({basis.lower()}, {shown})')}"
    if isinstance(row["source_title"], str):
        text += " · " + link(row["source_title"], row["source_url"])
    if isinstance(row["note"], str):
        text += " · " + plain(row["note"])
    return text
