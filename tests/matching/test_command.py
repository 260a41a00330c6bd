import csv

import pytest
from typer.testing import CliRunner

from projectdata import cli, matching
from projectdata.errors import DataError
from projectdata.matching import decisions

PAIR = ("kohesio-q3757452", "eura-s20458")


@pytest.fixture
def match(tmp_path):
    runner = CliRunner(env={"COLUMNS": "200"})

    def run(*arguments):
        return runner.invoke(cli.app, ["match", "--store", str(tmp_path / "store"), *arguments])

    return run


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_match_shows_pairs_with_their_names_and_reasons(match):
    result = match()
    assert result.exit_code == 0
    assert "lapin-sote-savotta" in result.stdout
    assert "Sokra" in result.stdout
    assert "pairs of projects from a score of 0.7" in result.stdout


def test_match_writes_the_columns_of_same_as_and_a_score(match, tmp_path):
    assert match("--output", str(tmp_path / "pairs.csv"), "--limit", "1").exit_code == 0
    (row,) = rows(tmp_path / "pairs.csv")
    assert list(row) == [*decisions.COLUMNS, "score"]
    assert float(row["score"]) >= matching.LEAST


def test_match_looks_for_organisations_too(match):
    result = match("--kind", "organisations")
    assert result.exit_code == 0
    assert "pairs of organisations" in result.stdout


def test_an_unknown_kind_is_refused(match):
    result = match("--kind", "labs")
    assert result.exit_code == cli.BAD_VALUE
    assert "projects, organisations" in result.stderr


def test_a_confirmed_pair_is_written_once_and_told_by_its_status(match, tmp_path):
    for _ in range(2):
        assert match("--confirm", *PAIR).exit_code == 0
    (row,) = rows(tmp_path / "store" / decisions.FILE)
    assert (row["project_id"], row["other_project_id"], row["status"]) == (*PAIR, "confirmed")
    assert "Kaiku" in row["reasons_fi"]
    match("--output", str(tmp_path / "pairs.csv"))
    (row,) = [r for r in rows(tmp_path / "pairs.csv") if r["project_id"] == PAIR[0]]
    assert row["status"] == "confirmed"


def test_a_rejected_pair_is_not_suggested_again_until_it_is_confirmed(match, tmp_path):
    match("--reject", *PAIR)
    match("--output", str(tmp_path / "pairs.csv"))
    assert PAIR[0] not in [row["project_id"] for row in rows(tmp_path / "pairs.csv")]
    match("--confirm", *reversed(PAIR))
    (row,) = rows(tmp_path / "store" / decisions.FILE)
    assert (row["project_id"], row["status"]) == (PAIR[1], "confirmed")


def test_a_pair_that_nobody_suggested_gets_its_reasons_compared(match, tmp_path):
    assert match("--confirm", "near", "link").exit_code == 0
    (row,) = rows(tmp_path / "store" / decisions.FILE)
    assert "but the funds differ" in row["reasons_en"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--confirm", "near", "nowhere"), "no project with the id “nowhere”"),
        (("--reject", "near", "near"), "Name two"),
        (("--reject", "lapin-sote-savotta", "eura-a70203"), "curated same_as.csv"),
    ],
)
def test_a_decision_that_means_nothing_gets_a_sentence(match, tmp_path, arguments, said):
    result = match(*arguments)
    assert isinstance(result.exception, DataError)
    assert said in str(result.exception)
    assert not (tmp_path / "store" / decisions.FILE).exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("project_id,status\n", "the columns other_project_id, reasons_en, reasons_fi are missing"),
        (f"{','.join(decisions.COLUMNS)}\na,b,,,maybe\n", "same_as.csv:2: status is 'maybe'"),
    ],
)
def test_a_broken_file_of_decisions_is_named(tmp_path, text, said):
    (tmp_path / decisions.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as fault:
        decisions.read(tmp_path)
    assert said in str(fault.value)
