"""What a reader takes away from a project: links, a citation, its rows, its sources."""

import io
import zipfile
from datetime import date

import pandas as pd
import streamlit as st

from projectdata.exports import csv_of_frame
from projectdata.queries import project as queries
from projectdata.ui import cells
from projectdata.ui.cards import data_table
from projectdata.ui.project import One
from projectdata.ui.prose import link, plain, web_address

KEEP = "https://keep.eu/projects/"


def links_out(one: One) -> None:
    """The project elsewhere: registers, its own pages, keep.eu, Innokylä."""
    words, row = one.words, one.row
    st.header(words("Elsewhere"), anchor="links")
    found: dict[str, str] = {}
    for record in one.here.rows(queries.about, "projects").to_dict(orient="records"):
        if web_address(record["url"]):
            scheme = (
                words.label("code_scheme", record["code_scheme"])
                if cells.has(record["code_scheme"])
                else ""
            )
            code = cells.text(record["code"])
            label = (
                words("{scheme} {code}, in the register", scheme=scheme, code=code)
                if scheme and code
                else words("Page of the project")
            )
            found.setdefault(record["url"], label)
    for page in one.of("web_page").to_dict(orient="records"):
        if web_address(page["url"]):
            found.setdefault(page["url"], cells.told(page, "text", words.lang))
    outputs = one.stated("outputs")
    for output in outputs[outputs["url"].fillna("").str.contains("innokyla")].to_dict(
        orient="records"
    ):
        found.setdefault(output["url"], words("Innokylä: {title}", title=output["title"]))
    lines = [f"- {link(label, url)}" for url, label in found.items()]
    if row["collection"] == "interreg":
        name = cells.text(row["acronym"]) or one.name
        database = link(words("keep.eu, the database of Interreg projects"), KEEP)
        searched = plain(words("search there for “{words}”", words=name))
        lines.append(f"- {database}: {searched}")
    st.markdown(
        "\n".join(lines) if lines else plain(words("No address outside this page is known."))
    )


def take_away(one: One) -> None:
    """A citation, the rows as files, the sources, and how to report a mistake."""
    words, here = one.words, one.here
    st.header(words("Cite and download"), anchor="take")
    sources = here.rows(queries.sources)
    st.subheader(words("Cite this project"))
    citation = cite(one, sources)
    st.code(citation, language=None, wrap_lines=True)
    counts = here.rows(queries.row_counts)
    st.subheader(words("Rows of this project"))
    total = int(counts["rows"].sum())
    st.markdown(
        plain(
            words.plural(
                "Everything on this page stands in {n} row of data. The file holds one CSV a "
                "table, with the citation and the licence.",
                "Everything on this page stands in {n} rows of data. The file holds one CSV a "
                "table, with the citation and the licence.",
                total,
            )
        )
    )
    st.download_button(
        words.plural(
            "Download {n} row (ZIP of CSV files)", "Download {n} rows (ZIP of CSV files)", total
        ),
        data=lambda: dossier(one, list(counts["table"]), citation),
        file_name=f"projectdata-{one.project_id}.zip",
        mime="application/zip",
        key="download-project",
        on_click="ignore",
        icon=":material/download:",
    )
    st.subheader(words("Something wrong or missing?"))
    st.markdown(
        plain(
            words(
                "Tell those who keep the data. Quote the record, the field and a source that says "
                "otherwise, for example:"
            )
        )
    )
    st.code(
        words("{record}, field end_date: should be … because … (address)", record=one.project_id),
        language=None,
        wrap_lines=True,
    )
    _sources(one, sources)


def cite(one: One, sources: pd.DataFrame) -> str:
    """The project as plain text to copy, with its main sources and the day."""
    words = one.words
    head = (
        one.name
        if not cells.has(one.row["acronym"]) or cells.text(one.row["acronym"]) in one.name
        else f"{one.name} ({one.row['acronym']})"
    )
    version = one.here.catalog.package.version
    where = (st.context.url or "").partition("?")[0]
    where = f"{where}?project={one.project_id}" if where else f"/project?project={one.project_id}"
    day = words.date(date.today())
    said = [
        ". ".join(
            cells.text(row[name]) for name in ("title", "publisher", "url") if cells.has(row[name])
        )
        for row in sources.head(3).to_dict(orient="records")
    ]
    return words(
        "{name}. projectdata {version}, record {record}, read on {day}. {address} Based on: "
        "{sources}.",
        name=head.rstrip("."),
        version=version,
        record=one.project_id,
        day=day,
        address=where,
        sources="; ".join(text.rstrip(".") for text in said),
    )


def dossier(one: One, tables: list[str], citation: str) -> bytes:
    """A ZIP with the rows about a project, one CSV a table, and a note."""
    licence = one.here.catalog.package.licence
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        note = f"{citation}\n\n{licence['title']}\n{licence.get('path', '')}\n"
        archive.writestr("README.txt", note)
        for name in tables:
            archive.writestr(f"{name}.csv", csv_of_frame(one.here.rows(queries.about, name)))
    return buffer.getvalue()


def _sources(one: One, sources: pd.DataFrame) -> None:
    words = one.words
    st.subheader(words("Its sources"))
    records = sources.to_dict(orient="records")
    data_table(
        pd.DataFrame(
            {
                "title_link": [link(row["title"], row["url"]) for row in records],
                "publisher": sources["publisher"],
                "reliability": [
                    words.label("reliability", code) for code in sources["reliability"]
                ],
                "accessed": [words.date(d.date()) for d in sources["accessed"]],
                "rows": [words.number(n) for n in sources["rows_from_it"]],
            }
        ),
        {
            "title_link": words("Source"),
            "publisher": words("Publisher"),
            "reliability": words("Reliability"),
            "accessed": words("Read on"),
            "rows": words("Rows from it"),
        },
        alt=words("Its sources"),
    )
