"""The generated Kohesio file has the shape, the spread and the weight of a real one."""

import csv
import gzip
import io
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.kohesio_file import IDS, NEVER, NEW, OLD, PERIODS, SOCIAL, Order, chunks, write
from benchmarks.vocabulary import languages, lists

ROWS = 3_000
LEAST_GZIPPED = 0.3
"""Text of real registers keeps about a third of its size when compressed."""


def written(order: Order) -> str:
    return b"".join(chunks(order, processes=1)).decode()


def read(text: str) -> tuple[list[str], list[list[str]]]:
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return header, rows


@pytest.fixture(scope="module")
def text() -> str:
    return written(Order(ROWS))


@pytest.fixture(scope="module")
def projects(text) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_columns_are_those_of_the_two_layouts():
    assert len(NEW) == 44
    assert len(OLD) == 40
    assert NEW[-1] == "CountryCode"
    assert NEW[20:28] == (
        "Specific_Objective_ID",
        "Specific_Objective_Label",
        "Fund_Code",
        "Fund_Name",
        "Programme_Code",
        "Programme_Name",
        "Location_Indicator_latitude_longitude",
        "Postal_Code",
    )
    assert set(OLD) - set(NEW) == {"Coordinates"}


@pytest.mark.parametrize(("period", "columns"), [("2014-2020", OLD), ("2021-2027", NEW)])
def test_every_row_is_as_wide_as_its_header(period, columns):
    header, rows = read(written(Order(500, period=period)))
    assert header == list(columns)
    assert len(rows) == 500
    assert {len(row) for row in rows} == {len(columns)}
    assert {row[header.index("Programming_Period")] for row in rows} == {period}


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others():
    first, again, other = (written(Order(300, seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_two_processes_write_what_one_writes(tmp_path: Path):
    order = Order(500, period=PERIODS[1], chunk=200)
    write(order, tmp_path / "two.csv", processes=2)
    assert (tmp_path / "two.csv").read_bytes() == b"".join(chunks(order, processes=1))


def test_both_periods_stand_in_one_file_when_asked(projects):
    periods = Counter(project["Programming_Period"] for project in projects)
    assert set(periods) == set(PERIODS)
    assert periods["2014-2020"] > periods["2021-2027"]


def test_about_eight_in_a_hundred_are_social_services(projects):
    social = sum(
        project["Category_Of_Intervention"].removesuffix(".0").rjust(3, "0")
        in SOCIAL[project["Programming_Period"]]
        for project in projects
    )
    assert 0.06 < social / ROWS < 0.10


def test_few_operations_stand_in_several_rows_at_other_places(projects):
    times = Counter(project["Operation_Unique_Identifier"] for project in projects)
    repeated = {identifier for identifier, n in times.items() if n > 1}
    assert 0.015 < len(repeated) / len(times) < 0.025
    same = [p for p in projects if p["Operation_Unique_Identifier"] == min(repeated)]
    assert len({p["Operation_Name_English"] for p in same}) == 1
    assert len({p["NUTS3_Code"] + p["LAU_IDs"] for p in same}) > 1


def test_no_operation_has_the_identifier_of_another():
    numbers = range(0, 9_000_000, 613)
    assert len({number * 7_919 % IDS for number in numbers}) == len(numbers)


def test_amounts_spread_over_six_orders_of_magnitude_and_some_are_not_published(projects):
    totals = [float(p["Total_Eligible_Expenditure_amount"] or 0) for p in projects]
    published = sorted(total for total in totals if total > 0)
    assert published[-1] / published[0] > 1_000_000
    assert 0.17 < sum(p["Project_EU_Budget"] == "" for p in projects) / ROWS < 0.23
    assert any(p["Project_EU_Budget"] == "0.0" for p in projects)


def test_regions_towns_and_codes_belong_to_their_country(projects):
    for project in projects:
        code = project["CountryCode"].split("|")[0]
        assert project["NUTS1_Code"][:2] == ("EL" if code == "GR" else code)
        for level in (2, 3):
            below, above = project[f"NUTS{level}_Code"], project[f"NUTS{level - 1}_Code"]
            assert [b[: level + 1] for b in below.split("|")] == above.split("|")
            assert project[f"NUTS{level}_Label"]


def test_several_countries_are_joined_as_in_the_file_of_interreg(projects):
    shared = [project for project in projects if "|" in project["Country"]]
    assert shared
    for project in shared:
        assert project["Country"] == project["CountryCode"]
        assert len(project["NUTS1_Code"].split("|")) == len(project["Country"].split("|"))


def test_some_days_are_empty_and_some_impossible(projects):
    days = {project["Operation_Start_Date"] for project in projects}
    assert "" in days
    assert days & set(NEVER)


def test_titles_and_summaries_are_as_long_as_real_ones(projects):
    for project in projects:
        assert 20 <= len(project["Operation_Name_English"]) <= 120
        summary = project["Operation_Summary_Programme_Language"]
        assert summary == "" or 150 <= len(summary) <= 900


def test_texts_hold_what_makes_a_csv_hard_to_read(text, projects):
    summaries = [project["Operation_Summary_English"] for project in projects]
    for awkward in ("\n", ",", '"', "_x000D_", "&amp;"):
        assert any(awkward in summary for summary in summaries), awkward
    assert '""' in text


def test_lines_end_as_asked():
    assert "\r\nhttps://linkedopendata.eu" in written(Order(50, newline="\r\n"))


def test_there_are_words_of_many_languages_for_every_theme():
    assert len(languages()) >= 12
    themes = set(lists("en"))
    for language in languages():
        assert set(lists(language)) == themes
        assert sum(len(set(words)) for words in lists(language).values()) >= 240


def test_the_file_does_not_compress_better_than_a_real_one(text):
    plain = text.encode()
    assert len(gzip.compress(plain)) / len(plain) > LEAST_GZIPPED


def test_more_rows_than_identifiers_are_refused():
    with pytest.raises(ValueError, match="At most"):
        next(chunks(Order(IDS)))
