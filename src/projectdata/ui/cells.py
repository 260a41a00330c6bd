"""Cells of tables: the values of a row as people read them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from projectdata.palette import MARK_CHARACTERS
from projectdata.queries.rows import JOINED
from projectdata.ui.prose import link, page_link, plain
from projectdata.wording import Wording, in_sentence


def has(value: object) -> bool:
    """True where a cell holds something."""
    return value is not None and not pd.isna(value) and value != ""


def text(value: object) -> str:
    """A cell as text; nothing where it is missing."""
    return str(value) if has(value) else ""


def told(row: Mapping[str, Any], name: str, lang: str) -> str:
    """The text of a pair of columns (text_en, text_fi) in a language, else in the other."""
    for language in (lang, "en", "fi"):
        if has(row.get(f"{name}_{language}")):
            return str(row[f"{name}_{language}"])
    return ""


def day(value: Any) -> date | None:
    """A date cell as a date."""
    return value.date() if has(value) else None


def period(row: Mapping[str, Any], words: Wording) -> str:
    """start_date and end_date of a row to the precision the source gives."""
    for name in ("period_precision", "precision"):
        if has(row.get(name)):
            return words.period(day(row["start_date"]), day(row["end_date"]), str(row[name]))
    return words.period(day(row["start_date"]), day(row["end_date"]), "day")


def when(row: Mapping[str, Any], words: Wording) -> str:
    """The day or days of an event, marked where we read them; 'no date found' without any."""
    start, end = day(row["start_date"]), day(row["end_date"])
    if start is None:
        return words("no date found")
    precision = text(row["precision"]) or "day"
    same = end is None or end == start or precision != "day"
    said = words.date(start, precision) if same else words.period(start, end, "day")
    if row.get("date_basis") == "read":
        said += f" ({in_sentence(words.label('basis', 'read'))})"
    return said


def money(row: Mapping[str, Any], words: Wording) -> str:
    """A stated amount with its state: 67 704 €, 'not published', or zero as published."""
    if row["state"] == "not_published":
        return words.label("amount_state", "not_published")
    if has(row["amount_eur"]):
        amount = words.money(float(row["amount_eur"]))
        other = text(row["currency"])
        if other not in ("", "EUR") and has(row["amount"]):
            amount += f" ({words.money(float(row['amount']), other)})"
    elif has(row["amount"]):
        amount = words.money(float(row["amount"]), text(row["currency"]) or "EUR")
    else:
        return words.label("amount_state", "not_published")
    if row["state"] == "zero":
        return words("{amount}, published as zero", amount=amount)
    if row["precision"] == "rounded":
        return words("about {amount}, rounded by the source", amount=amount)
    return amount


def labels(value: object, code_list: str, words: Wording, *, mid_sentence: bool = False) -> str:
    """Codes joined with ' | ' as their labels, joined with commas."""
    named = [words.label(code_list, code) for code in text(value).split(JOINED) if code]
    return ", ".join(in_sentence(name) if mid_sentence else name for name in named)


def collection(code: str, words: Wording) -> str:
    """The mark and the name of a collection."""
    return f"{MARK_CHARACTERS.get(code, '')} {words.label('collection', code)}".strip()


def source(row: Mapping[str, Any], words: Wording) -> str:
    """The source of a row as a Markdown link, with how near it is to the facts."""
    if not has(row.get("source_title")):
        return ""
    title = link(row["source_title"], row.get("source_url"))
    reliability = words.label("reliability", text(row["source_reliability"]))
    return f"{title} ({plain(in_sentence(reliability))})"


def to_project(row: Mapping[str, Any], words: Wording, title: object) -> str:
    """A Markdown link to the page of a row's project."""
    return page_link(title, "project", ("project", str(row["project_id"])), ("lang", words.lang))


def to_projects(rows: pd.DataFrame, words: Wording) -> list[str]:
    """A Markdown link to the page of each row's project, under its title."""
    return [
        to_project(row, words, row["title"])
        for row in rows[["project_id", "title"]].to_dict(orient="records")
    ]


def organisation(row: Mapping[str, Any], words: Wording) -> str:
    """The name of a row's organisation; a register may give its id alone."""
    if row["name"] == row["organisation_id"]:
        return words("Name not published ({id})", id=row["organisation_id"])
    return str(row["name"])
