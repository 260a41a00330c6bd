"""Break the good tiny data one way at a time and expect the exact sentence."""

import csv
import json
import random
import shutil

import pytest
from frictionless import Package

from projectdata import paths
from projectdata.checks import country_boxes, find_problems


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows, columns=None):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns or list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def change(folder, table, key, **cells):
    """Change the first record whose first column is `key`."""
    rows = rows_of(folder / f"{table}.csv")
    first = next(iter(rows[0]))
    next(row for row in rows if row[first] == key).update(cells)
    write(folder / f"{table}.csv", rows)


def add(folder, table, like, **cells):
    """Add a record like another at the end."""
    rows = rows_of(folder / f"{table}.csv")
    first = next(iter(rows[0]))
    rows.append(next(row for row in rows if row[first] == like) | cells)
    write(folder / f"{table}.csv", rows)


def test_the_tiny_package_has_no_problem(tiny_folder):
    assert find_problems(tiny_folder) == []


def test_the_curated_data_has_no_problem():
    assert find_problems(paths.data_folder()) == []


def test_frictionless_finds_the_curated_package_valid():
    report = Package(str(paths.data_folder() / "datapackage.json")).validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []


CASES = [
    # cells
    (
        "periods",
        "zero-period-1",
        {"start_date": "2016-13-15"},
        "periods.csv:2: start_date is '2016-13-15', which is not a date like 2024-05-01",
    ),
    (
        "amounts",
        "krona-amount-1",
        {"amount": "1 500 000"},
        "amounts.csv:5: amount is '1 500 000', which is not a number like 1504960.5",
    ),
    (
        "amounts",
        "krona-amount-1",
        {"amount": "NaN"},
        "amounts.csv:5: amount is 'NaN', which is not a number",
    ),
    (
        "outputs",
        "two-ways-planned-1",
        {"planned_count": "4.5"},
        "outputs.csv:2: planned_count is '4.5', which is not a whole number",
    ),
    (
        "projects",
        "quiet",
        {"is_in_depth": "perhaps"},
        "projects.csv:2: is_in_depth is 'perhaps', which is neither true nor false",
    ),
    (
        "events",
        "two-ways-start",
        {"attendance": "-1"},
        "events.csv:2: attendance is '-1', which is below 0",
    ),
    (
        "places",
        "zero-place-1",
        {"latitude": "95"},
        "places.csv:3: latitude is '95', which is above 90",
    ),
    (
        "amounts",
        "zero-amount-1",
        {"source_id": ""},
        "amounts.csv:2: source_id is empty; a value is required",
    ),
    (
        "projects",
        "quiet",
        {"original_language": "English"},
        "projects.csv:2: original_language is 'English', which does not fit the pattern ^[a-z]{2}$",
    ),
    # keys
    (
        "organisations",
        "caritas-at",
        {"organisation_id": "caritas-de"},
        "organisations.csv:4: organisation_id 'caritas-de' stands twice (first in row 3)",
    ),
    (
        "periods",
        "zero-period-1",
        {"project_id": "zeros"},
        "periods.csv:2: project_id 'zeros' is not in projects.csv",
    ),
    (
        "places",
        "zero-place-1",
        {"lab_id": "no-lab"},
        "places.csv:3: lab_id 'no-lab' is not in labs.csv",
    ),
    (
        "target_groups",
        "long-term-unemployed",
        {"parent": "nobody"},
        "target_groups.csv:3: parent 'nobody' is not in target_groups.csv",
    ),
    # code lists
    (
        "projects",
        "quiet",
        {"scope": "worldwide"},
        "projects.csv:2: scope 'worldwide' is not in the list 'scope' of codes.csv",
    ),
    (
        "services",
        "home-care",
        {"label_fi": ""},
        "services.csv:2: label_fi is empty; a value is required",
    ),
    (
        "codes",
        "collection",
        {"label_en": ""},
        "codes.csv:2: label_en is empty; a value is required",
    ),
    # displayed
    (
        "periods",
        "two-ways-period-2",
        {"is_displayed": "true"},
        "periods.csv:11: two-ways has a second displayed period (first in row 10)",
    ),
    (
        "periods",
        "two-ways-period-1",
        {"is_displayed": "false"},
        "periods.csv:10: two-ways has no displayed period",
    ),
    (
        "amounts",
        "two-ways-amount-3",
        {"is_displayed": "true"},
        "amounts.csv:19: two-ways total_budget has a second displayed amount (first in row 17)",
    ),
    (
        "statements",
        "two-ways-period-2",
        {"is_displayed": "true"},
        "statements.csv:3: two-ways-period has a second displayed statement (first in row 2)",
    ),
    # amounts
    (
        "amounts",
        "unsaid-amount-1",
        {"state": "published"},
        "amounts.csv:4: the state is 'published', but there is no amount",
    ),
    (
        "amounts",
        "zero-amount-1",
        {"state": "published"},
        "amounts.csv:2: the amount is 0, but the state is 'published' and not 'zero'",
    ),
    (
        "amounts",
        "zero-amount-1",
        {"amount": "5", "amount_eur": "5"},
        "amounts.csv:2: the state is 'zero', but the amount is not 0",
    ),
    (
        "amounts",
        "zero-amount-1",
        {"state": "not_published"},
        "amounts.csv:2: the state is 'not_published', but there is an amount",
    ),
    (
        "amounts",
        "krona-amount-1",
        {"amount_eur": "140000"},
        "amounts.csv:5: amount_eur is filled, but the currency is 'SEK'",
    ),
    ("amounts", "krona-amount-1", {"currency": ""}, "amounts.csv:5: the amount has no currency"),
    (
        "amounts",
        "only-eu-amount-1",
        {"amount_eur": "1"},
        "amounts.csv:9: the currency is EUR, but amount_eur is not the amount",
    ),
    (
        "amounts",
        "only-eu-amount-1",
        {"precision": ""},
        "amounts.csv:9: the amount has no precision",
    ),
    (
        "amounts",
        "two-ways-amount-2",
        {"amount": "2000000", "amount_eur": "2000000"},
        "amounts.csv:18: the EU contribution 2000000 is above the total budget 1504960 (row 17)",
    ),
    # dates
    (
        "periods",
        "zero-period-1",
        {"end_date": "2015-12-31"},
        "periods.csv:2: the end 2015-12-31 is before the start 2016-01-01",
    ),
    (
        "periods",
        "by-month-period-1",
        {"start_date": "2015-02-02"},
        "periods.csv:8: the precision is 'month', but 2015-02-02 is not its first day",
    ),
    (
        "periods",
        "by-year-period-1",
        {"end_date": "2016-11-30"},
        "periods.csv:9: the precision is 'year', but 2016-11-30 is not its last day",
    ),
    ("periods", "zero-period-1", {"precision": ""}, "periods.csv:2: the date has no precision"),
    (
        "events",
        "two-ways-start",
        {"end_date": "2023-03-01"},
        "events.csv:2: the end 2023-03-01 is before the start 2023-03-15",
    ),
    (
        "outputs",
        "two-ways-found-1",
        {"date_precision": "year"},
        "outputs.csv:3: the precision is 'year', but 2024-05-01 is not its first day",
    ),
    # places
    (
        "places",
        "zero-place-1",
        {"country": "ES"},
        "places.csv:3: latitude 45.76, longitude 4.84 lies outside ES",
    ),
    (
        "organisations",
        "ely",
        {"country": "SE"},
        "organisations.csv:9: latitude 65.01, longitude 25.47 lies outside SE",
    ),
    (
        "places",
        "zero-place-1",
        {"longitude": ""},
        "places.csv:3: latitude and longitude: one stands without the other",
    ),
    (
        "labs",
        "listening-lab",
        {"project_id": "krona"},
        "places.csv:11: the lab 'listening-lab' belongs to another project",
    ),
    # denominators
    (
        "denominators",
        "FR",
        {"value": "0"},
        "denominators.csv:2: the value is 0, not above 0",
    ),
    (
        "denominators",
        "LV",
        {"value": "-5"},
        "denominators.csv:3: value is '-5', which is below 0",
    ),
    (
        "denominators",
        "FR",
        {"area": "UK"},
        "denominators.csv:2: area 'UK' is not a country code",
    ),
    (
        "denominators",
        "FI1",
        {"area": "lappi"},
        "denominators.csv:9: area 'lappi' is not a region of regions.csv",
    ),
    (
        "denominators",
        "lappi",
        {"area": "FI1D7"},
        "denominators.csv:10: area 'FI1D7' is not a wellbeing services county of regions.csv",
    ),
    (
        "denominators",
        "LV",
        {"indicator": "sheep"},
        "denominators.csv:3: indicator 'sheep' is not in the list 'indicator' of codes.csv",
    ),
    (
        "denominators",
        "LV",
        {"source_id": "nobody"},
        "denominators.csv:3: source_id 'nobody' is not in sources.csv",
    ),
    # between tables
    (
        "statements",
        "two-ways-period-2",
        {"conflict_id": ""},
        "conflicts.csv:2: the conflict 'two-ways-period' has only one statement",
    ),
    (
        "places",
        "quiet-place-1",
        {"project_id": "zero"},
        "projects.csv:2: quiet has no target group, no service and no place",
    ),
    (
        "organisations",
        "caritas-de",
        {"country": "AT", "latitude": "", "longitude": ""},
        "organisations.csv:4: 'Caritas' of the same country stands in row 3 too",
    ),
    (
        "organisations",
        "caritas-de",
        {"name_original": "CÁRITAS", "country": "AT", "latitude": "", "longitude": ""},
        "organisations.csv:4: 'CÁRITAS' of the same country stands in row 3 too",
    ),
    (
        "organisations",
        "caritas-de",
        {"name_original": ""},
        "organisations.csv:4: the organisation has no name",
    ),
    # people, addresses, pairs
    (
        "projects",
        "quiet",
        {"summary_en": "Ask first.last@example.org"},
        "projects.csv:2: summary_en holds an e-mail address",
    ),
    (
        "projects",
        "quiet",
        {"summary_fi": "Puh. 040 123 4567"},
        "projects.csv:2: summary_fi holds what looks like a phone number",
    ),
    (
        "labs",
        "listening-lab",
        {"note_en": "Call +358 40 1234567."},
        "labs.csv:2: note_en holds what looks like a phone number",
    ),
    (
        "projects",
        "krona",
        {"url": "javascript:alert(1)"},
        "projects.csv:5: url is 'javascript:alert(1)', which is not an http or https address",
    ),
    (
        "sources",
        "register",
        {"url": "www.example.org"},
        "sources.csv:2: url is 'www.example.org', which is not an http or https address",
    ),
    (
        "same_as",
        "by-month",
        {"other_project_id": "by-month"},
        "same_as.csv:3: by-month is paired with itself",
    ),
    (
        "same_as",
        "by-month",
        {"project_id": "same-register", "other_project_id": "same-kohesio"},
        "same_as.csv:3: the pair stands in row 2 too",
    ),
    (
        "same_as",
        "by-month",
        {"other_project_id": "same-kohesio", "status": "confirmed"},
        "same_as.csv:3: same-kohesio is the second of a confirmed pair and the first of another",
    ),
]


@pytest.mark.parametrize(
    ("table", "key", "cells", "sentence"),
    CASES,
    ids=[case[3] for case in CASES],
)
def test_a_fault_is_named_with_file_and_row(broken_folder, table, key, cells, sentence):
    change(broken_folder, table, key, **cells)
    assert sentence in find_problems(broken_folder)


def test_a_part_of_the_people_is_not_more_than_all(broken_folder):
    rows = rows_of(broken_folder / "denominators.csv")
    rows[5]["value"] = "5500001"
    rows[9]["value"] = "101"
    write(broken_folder / "denominators.csv", rows)
    assert find_problems(broken_folder) == [
        "denominators.csv:7: 5500001 persons are more than the population 5500000",
        "denominators.csv:11: the value is 101 %, above 100 %",
    ]


def test_one_figure_an_area_indicator_and_year(broken_folder):
    rows = rows_of(broken_folder / "denominators.csv")
    write(broken_folder / "denominators.csv", [*rows, rows[0]])
    assert find_problems(broken_folder) == [
        "denominators.csv:12: area 'FR' + indicator 'population' + year '2022' stands twice "
        "(first in row 2)"
    ]


def test_rows_are_records_not_lines(broken_folder):
    # The name of 'odd-name' holds a newline, so the records after it are a line further down.
    change(broken_folder, "projects", "formula", scope="worldwide")
    assert find_problems(broken_folder) == [
        "projects.csv:14: scope 'worldwide' is not in the list 'scope' of codes.csv"
    ]


def test_all_problems_come_at_once_in_the_order_of_files_and_rows(broken_folder):
    change(broken_folder, "projects", "zero", scope="worldwide")
    change(broken_folder, "projects", "quiet", scope="worldwide")
    change(broken_folder, "sources", "register", url="ftp://example.org")
    assert [problem.rpartition(": ")[0] for problem in find_problems(broken_folder)][:2] == [
        "projects.csv:2",
        "projects.csv:3",
    ]
    assert len(find_problems(broken_folder)) == 3


def test_a_finer_date_beside_a_coarse_one_needs_a_note(broken_folder):
    change(broken_folder, "periods", "by-month-period-1", start_date="2015-02-10")
    assert len(find_problems(broken_folder)) == 1
    change(broken_folder, "periods", "by-month-period-1", note_en="The start is stated as a day.")
    assert find_problems(broken_folder) == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("events.csv", None, "events.csv:1: the file is missing"),
        ("events.csv", b"", "events.csv:1: column 'event_id' is missing"),
        ("labs.csv", b"\x93\xff\x00", "labs.csv:1: the file is not UTF-8 text"),
        ("labs.csv", b"lab_id\nx\x00y\n", "labs.csv:2: the file is not text"),
        ("extra.csv", b"a\n1\n", "extra.csv:1: the data package does not describe this file"),
        ("datapackage.json", None, "datapackage.json: there is no data package in"),
        ("datapackage.json", b"{", "datapackage.json: this is not JSON"),
        ("datapackage.json", b"[]", "datapackage.json: "),
        ("datapackage.json", b'{"resources": ["x"]}', "datapackage.json: "),
    ],
)
def test_a_broken_file_is_named(broken_folder, name, content, sentence):
    if content is None:
        (broken_folder / name).unlink()
    else:
        (broken_folder / name).write_bytes(content)
    problems = find_problems(broken_folder)
    assert any(problem.startswith(sentence) for problem in problems), problems


def test_a_column_may_stand_anywhere_but_must_be_described(broken_folder):
    rows = rows_of(broken_folder / "same_as.csv")
    write(broken_folder / "same_as.csv", rows, sorted(rows[0]))
    assert find_problems(broken_folder) == []
    write(broken_folder / "same_as.csv", [row | {"doubt": "some"} for row in rows])
    assert find_problems(broken_folder) == ["same_as.csv:1: column 'doubt' is not in the package"]


def test_ragged_and_empty_rows_are_named(broken_folder):
    path = broken_folder / "conflicts.csv"
    path.write_text(path.read_text() + "\nx,y\n" + "a,b,oddity,c,d,e,f,g\n")
    problems = find_problems(broken_folder)
    assert "conflicts.csv:3: the row is empty" in problems
    assert "conflicts.csv:4: the row has fewer cells than the header" in problems
    assert "conflicts.csv:5: the row has more cells than the header" in problems


def test_a_package_without_a_needed_table_or_column_says_so(broken_folder):
    path = broken_folder / "datapackage.json"
    document = json.loads(path.read_text())
    document["resources"] = [r for r in document["resources"] if r["name"] != "labs"]
    path.write_text(json.dumps(document))
    (broken_folder / "labs.csv").unlink()
    problems = find_problems(broken_folder)
    assert problems
    assert all(
        problem.startswith(("datapackage.json", "places.csv", "lab_")) for problem in problems
    )


def test_far_parts_of_a_country_lie_inside_it():
    boxes = country_boxes(paths.data_folder() / "basemap.geojson")
    assert any(s <= 28.1 <= n and w <= -15.4 <= e for s, w, n, e in boxes["ES"])  # Las Palmas
    assert any(s <= -21.1 <= n and w <= 55.5 <= e for s, w, n, e in boxes["FR"])  # Réunion
    assert not any(s <= 61.5 <= n and w <= 23.8 <= e for s, w, n, e in boxes["ES"])  # Tampere


def test_without_a_basemap_places_are_not_compared(broken_folder):
    change(broken_folder, "places", "zero-place-1", country="ES")
    (broken_folder / "basemap.geojson").unlink(missing_ok=True)
    assert find_problems(broken_folder) == []


@pytest.mark.parametrize("seed", range(12))
def test_whatever_the_folder_holds_there_is_no_traceback(broken_folder, seed):
    dice = random.Random(seed)
    files = sorted(broken_folder.iterdir())
    for path in dice.sample(files, 3):
        data = bytearray(path.read_bytes())
        for _ in range(dice.randint(1, 30)):
            data[dice.randrange(len(data))] = dice.choice(b'",\n\r\x00\xff{}[]:0aZ ')
        path.write_bytes(bytes(data[: dice.randrange(len(data))] if dice.random() < 0.3 else data))
    problems = find_problems(broken_folder)
    assert all(isinstance(problem, str) and "\n" not in problem for problem in problems)


def test_a_folder_that_is_none_is_said(tmp_path):
    assert find_problems(tmp_path / "nothing")[0].startswith("datapackage.json: there is no")
    shutil.copy(paths.data_folder() / "datapackage.json", tmp_path)
    assert "projects.csv:1: the file is missing" in find_problems(tmp_path)
