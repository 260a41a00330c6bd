"""What sources say of one project: amounts, statements, disagreements, gaps."""

import pandas as pd
import streamlit as st

from projectdata.queries import project as queries
from projectdata.queries.summary import MEASURES
from projectdata.ui import cells
from projectdata.ui.cards import data_table
from projectdata.ui.project import One
from projectdata.ui.prose import link, plain, web_address
from projectdata.wording import in_sentence

ABOUT = (
    "background",
    "definition",
    "programme_aim",
    "aim",
    "objective",
    "focus",
    "target_group",
    "way_of_working",
    "level",
    "activity",
    "model",
    "competence",
    "reflection",
    "stakeholders",
    "policy_instrument",
    "guideline",
    "financing",
)
"""What a project sets out to do, by the field of its statements."""

OUTCOME = ("expected_result", "result", "embedding", "problem", "feedback")
"""Fields of what a project led to."""

ELSEWHERE = ("missing", "web_page", "data_quality")
"""Fields that have a place of their own on the page."""


def money(one: One) -> None:
    """Every stated amount, each in its own measure."""
    words = one.words
    st.header(words("Money"), anchor="money")
    rows = one.stated("amounts")
    if rows.empty:
        st.markdown(plain(words("No source that we read publishes an amount for this project.")))
        return
    st.markdown(
        plain(
            words(
                "Amounts of different measures are different things: they stand beside each other "
                "and are never added."
            )
        )
    )
    table = pd.DataFrame(
        {
            "measure": [words.label("measure", m) for m in rows["measure"]],
            "amount": [cells.money(row, words) for row in rows.to_dict(orient="records")],
            "shown": [
                words("✓ shown") if shown else words("beside it") for shown in rows["is_displayed"]
            ],
            "as_of": [
                words.date(d.date()) if cells.has(d) else words("not said") for d in rows["as_of"]
            ],
            "source_link": [cells.source(row, words) for row in rows.to_dict(orient="records")],
            "note": [cells.told(row, "note", words.lang) for row in rows.to_dict(orient="records")],
        }
    )
    columns = {
        "measure": words("Measure"),
        "amount": words("Amount"),
        "shown": words("On the pages"),
        "as_of": words("State of"),
        "source_link": words("Source"),
    }
    if table["note"].any():
        columns["note"] = words("Note")
    data_table(table, columns, alt=words("Money"))
    lacking = [words.label("measure", m) for m in MEASURES if m not in set(rows["measure"])]
    if lacking:
        st.caption(
            plain(
                words(
                    "Not published in any source that we read: {measures}.",
                    measures=words.all_of(in_sentence(m) for m in lacking),
                )
            )
        )


def about(one: One) -> None:
    """What it sets out to do, as its sources say it."""
    words = one.words
    st.header(words("What it is about"), anchor="about")
    rows = one.of(*ABOUT)
    rest = one.statements
    known = (*ABOUT, *OUTCOME, *ELSEWHERE)
    other = rest[~rest["field"].isin(known) & rest["conflict_id"].isna()]
    rows = pd.concat([rows, other])
    if rows.empty:
        st.markdown(plain(words("No source that we read says more than the summary above.")))
    by_field(one, rows)


def by_field(one: One, rows: pd.DataFrame) -> None:
    """Statements under the name of their field; the source stands after those it makes."""
    words = one.words
    for field in dict.fromkeys(rows["field"]):
        st.subheader(plain(words.label("statement_field", field)))
        some = rows[rows["field"] == field]
        for _, said in some.groupby("source_id", sort=False):
            lines = [f"- {sentence(one, row)}" for row in said.to_dict(orient="records")]
            where = plain(words("Source:")) + " " + cells.source(said.iloc[0], words)
            st.markdown("\n".join([*lines, "", f":small[{where}]"]))


def sentence(one: One, row: dict) -> str:
    """A statement as Markdown, marked where it is our reading, with its note and its page."""
    words = one.words
    text = plain(cells.told(row, "text", words.lang))
    marks = []
    if row["basis"] != "stated":
        marks.append(in_sentence(words.label("basis", row["basis"])))
    note = cells.told(row, "note", words.lang)
    marks += [note] if note else []
    text += f" *({plain('; '.join(marks))})*" if marks else ""
    if web_address(row["url"]):
        text += " " + link(words("Open the page it speaks of"), row["url"])
    return text


def conflicts(one: One) -> None:
    """Each place where sources disagree: what is said side by side, what is shown, and why."""
    words = one.words
    st.header(words("Where sources disagree"), anchor="conflicts")
    found = one.here.rows(queries.conflicts)
    if found.empty:
        st.markdown(plain(words("No disagreement between sources is recorded for this project.")))
        return
    st.markdown(
        plain(
            words.plural(
                "{n} place where sources, or a source with itself, do not say the same. Nothing "
                "is hidden: what is shown elsewhere is marked.",
                "{n} places where sources, or a source with itself, do not say the same. Nothing "
                "is hidden: what is shown elsewhere is marked.",
                len(found),
            )
        )
    )
    for conflict in found.to_dict(orient="records"):
        with st.container(border=True, key=f"conflict-{conflict['conflict_id']}"):
            st.subheader(plain(cells.told(conflict, "topic", words.lang)))
            st.caption(plain(words.label("conflict_kind", conflict["kind"])))
            said = one.statements[one.statements["conflict_id"] == conflict["conflict_id"]]
            if len(said):
                data_table(
                    pd.DataFrame(
                        {
                            "shown": [
                                words("✓ shown") if shown else words("beside it")
                                for shown in said["is_displayed"]
                            ],
                            "text_link": [
                                sentence(one, row) for row in said.to_dict(orient="records")
                            ],
                            "source_link": [
                                cells.source(row, words) for row in said.to_dict(orient="records")
                            ],
                        }
                    ),
                    {
                        "text_link": words("What is said"),
                        "source_link": words("Source"),
                        "shown": words("On the pages"),
                    },
                    alt=cells.told(conflict, "topic", words.lang),
                )
            handling = plain(cells.told(conflict, "handling", words.lang))
            lead = plain(words("How we show it:"))
            st.markdown(f"**{lead}** {handling}")


def missing(one: One) -> None:
    """What was looked for and not found, and what no source gives."""
    words = one.words
    st.header(words("What was not found"), anchor="missing")
    looked_for = one.of("missing")
    if len(looked_for):
        st.markdown(
            "\n".join(f"- {sentence(one, row)}" for row in looked_for.to_dict(orient="records"))
        )
    counts = one.here.rows(queries.row_counts)
    names = one.here.catalog.package.tables
    empty = [
        in_sentence(names[name].titles[words.lang])
        for name in ("amounts", "participations", "places", "events", "outputs", "statements")
        if name not in set(counts["table"])
    ]
    if empty:
        st.markdown(
            plain(words("No row about this project in: {tables}.", tables=words.all_of(empty)))
        )
    elif looked_for.empty:
        st.markdown(plain(words("Nothing is recorded as looked for and not found.")))
    quality = one.of("data_quality")
    if len(quality):
        st.subheader(words("Quality of the sources"))
        st.markdown(
            "\n".join(f"- {sentence(one, row)}" for row in quality.to_dict(orient="records"))
        )
