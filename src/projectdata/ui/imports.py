"""What was imported beside the curated data: the report of each register, and its short form."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from projectdata.exports import csv_of_frame
from projectdata.ui import cards, import_words
from projectdata.ui.page import Here
from projectdata.ui.prose import plain

REGISTERS = {
    "kohesio": "Kohesio",
    "keep": "keep.eu",
    "erasmus": "Erasmus+",
    "eura": "EURA",
}
"""The names of the registers, which are the same in every language."""

COMMAND = "projectdata import auto FILE --store DIR"
MOST_REFUSED = 10
"""Refused rows on the page; the download has all that the report lists."""


def section(here: Here) -> None:
    """The report of each register's last import, or how to make one."""
    words, reports = here.words, here.catalog.holdings.reports()
    st.header(words("Imports"))
    if not reports:
        st.markdown(
            plain(
                words(
                    "Nothing was imported here: all projects were curated by hand. An export of "
                    "Kohesio, keep.eu, Erasmus+ or EURA comes in with this command:"
                )
            )
        )
        st.code(COMMAND, language=None)
        return
    st.markdown(
        plain(
            words(
                "These registers were imported from their public exports and stand beside the "
                "curated projects. A project that is in both counts once."
            )
        )
    )
    for register in sorted(reports):
        _card(here, register, reports[register])


def named(here: Here) -> list[str]:
    """Each imported register with the day of its import, in the reader's language."""
    words = here.words
    return [
        words("{register} ({day})", register=_name(register), day=_day(here, report))
        for register, report in sorted(here.catalog.holdings.reports().items())
    ]


def curated(here: Here) -> frozenset[str]:
    """The ids of the records that were curated by hand."""
    path = here.catalog.package.table("projects").path
    return frozenset(pd.read_csv(path, usecols=["project_id"])["project_id"])


def _card(here: Here, register: str, report: Mapping[str, Any]) -> None:
    words = here.words
    with st.container(border=True, key=f"card-import-{register}"):
        cards.heading(_name(register), 3)
        st.markdown(plain(_twin(here, report)))
        cards.data_table(
            _figures(here, report),
            {"what": words("What the import did"), "value": words("Number")},
            alt=words("Import of {register}", register=_name(register)),
        )
        for sentence in _columns(here, report):
            st.markdown(plain(sentence))
        for note in report.get("notes", ()):
            st.caption(plain(import_words.note(words, note)))
        _refused(here, register, report)


def _twin(here: Here, report: Mapping[str, Any]) -> str:
    """What was read on which day, and what is in the lens."""
    words = here.words
    files = words.all_of(report["files"])
    read = words.plural(
        "On {day} {n} row was read from {files}: {kept} kept, {merged} merged into another row, "
        "{refused} refused.",
        "On {day} {n} rows were read from {files}: {kept} kept, {merged} merged into another row, "
        "{refused} refused.",
        report["rows_read"],
        day=_day(here, report),
        files=files,
        kept=words.number(report["rows_kept"]),
        merged=words.number(report["rows_merged"]),
        refused=words.number(report["rows_refused"]),
    )
    held = words.plural(
        "The register has {n} record here; {social} of them are about social services.",
        "The register has {n} records here; {social} of them are about social services.",
        report["records"],
        social=words.number(report["social"]),
    )
    return f"{read} {held}"


def _figures(here: Here, report: Mapping[str, Any]) -> pd.DataFrame:
    words = here.words
    lines = [
        (label, words.number(report[name]))
        for name, label in (
            ("rows_read", words("Rows read")),
            ("rows_kept", words("Rows kept")),
            ("rows_merged", words("Rows merged into another row")),
            ("rows_refused", words("Rows refused")),
            ("added", words("Records added")),
            ("changed", words("Records changed")),
            ("gone", words("Records gone since the import before")),
            ("records", words("Records of the register now")),
            ("social", words("Of these, about social services")),
        )
    ]
    lines += [
        (words("Sum: {measure}", measure=words.label("measure", measure)), words.money(amount))
        for measure, amount in report["sums"].items()
    ]
    return pd.DataFrame(lines, columns=["what", "value"])


def _columns(here: Here, report: Mapping[str, Any]) -> list[str]:
    words, said = here.words, []
    if report["columns_unknown"]:
        named = ", ".join(report["columns_unknown"])
        said.append(words("Columns that were not known and not read: {columns}.", columns=named))
    if report["columns_missing"]:
        named = ", ".join(report["columns_missing"])
        said.append(words("Columns that the files lack: {columns}.", columns=named))
    return said


def _refused(here: Here, register: str, report: Mapping[str, Any]) -> None:
    """The first refused rows with their reasons, and all that are listed as a file."""
    words, rows = here.words, pd.DataFrame(report["refused"], columns=["file", "row", "reason"])
    if rows.empty:
        return
    rows["reason"] = [import_words.reason(words, text) for text in rows["reason"]]
    shown = rows.head(MOST_REFUSED)
    cards.heading(words("Rows that were refused"), 4)
    st.markdown(
        plain(
            words(
                "{n} of {m} refused rows, with the reason:",
                n=words.number(len(shown)),
                m=words.number(report["rows_refused"]),
            )
        )
    )
    columns = {"row": words("Row"), "reason": words("Reason")}
    if len(report["files"]) > 1:
        columns = {"file": words("File")} | columns
    cards.data_table(
        shown.assign(row=[words.number(row) for row in shown["row"]]),
        columns,
        alt=words("Rows of {register} that were refused", register=_name(register)),
    )
    st.download_button(
        words.plural(
            "Download {n} refused row (CSV)", "Download {n} refused rows (CSV)", len(rows)
        ),
        data=lambda: csv_of_frame(rows),
        file_name=f"projectdata-refused-{register}.csv",
        mime="text/csv",
        key=f"download-refused-{register}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
    if report["rows_refused"] > len(rows):
        st.caption(
            plain(words("The report lists the first {n} refused rows.", n=words.number(len(rows))))
        )


def _name(register: str) -> str:
    return REGISTERS.get(register, register)


def _day(here: Here, report: Mapping[str, Any]) -> str:
    said = str(report.get("imported") or "")[:10]
    return here.words.date(date.fromisoformat(said)) if said else here.words("not known")
