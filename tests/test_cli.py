import csv
import io
import json
import os
import subprocess
import sys
import zipfile

import pytest
from typer.testing import CliRunner

from projectdata import cli, paths, store
from projectdata.selection import PARAMETERS


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *arguments: runner.invoke(cli.app, list(arguments))


def rows(content, delimiter=","):
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--country", "FI"],
        ["--country", "FI", "--country", "se", "--not.collection", "kohesio"],
        ["--target_group", "older-people", "--from", "2015"],
        ["--target-group", "older-people", "--from", "2015"],
        ["--not.target-group", "unknown", "--status", "ended", "--on", "2020-01-01"],
        ["--q", '"home care" -digital', "--lang", "fi"],
    ],
    ids=" ".join,
)
def test_export_writes_what_the_selection_keeps(run, curated, arguments):
    from projectdata.queries import summary
    from projectdata.selection import parse

    result = run("export", *arguments)
    assert result.exit_code == 0
    names = [name.removeprefix("--").replace("-", "_") for name in arguments[::2]]
    pairs = list(zip(names, arguments[1::2], strict=True))
    selection, problems = parse(pairs, curated.known)
    assert problems == []
    expected = int(curated.rows(summary.measure_totals, selection).iloc[0]["projects"])
    assert len(rows(result.stdout_bytes)) == expected


def test_every_parameter_of_a_selection_is_an_option():
    assert set(cli.EXPORT_OPTIONS.values()) == {*PARAMETERS, "columns", "separator", "notes"}


def test_columns_and_separator(run):
    result = run(
        *("export", "--country", "FI", "--columns", "project_id,fund"),
        *("--columns", "public_funding_realised", "--separator", ";"),
    )
    found = rows(result.stdout_bytes, ";")
    assert list(found[0]) == ["project_id", "fund", "public_funding_realised"]
    assert any("," in row["public_funding_realised"] for row in found)


@pytest.mark.parametrize("format", ["csv", "json", "geojson", "xlsx", "parquet"])
def test_a_file_says_its_own_format(run, tmp_path, format):
    output = tmp_path / f"projects.{format}"
    result = run("export", "--country", "FI", "-o", str(output))
    assert result.exit_code == 0
    starts = {
        "csv": b"\xef\xbb\xbf",
        "json": b"{",
        "geojson": b"{",
        "xlsx": b"PK",
        "parquet": b"PAR1",
    }
    assert output.read_bytes().startswith(starts.get(format, b"{"))
    assert list(tmp_path.iterdir()) == [output]


def test_a_file_says_how_to_get_it_again(run):
    result = run("export", "--format", "json", "--country", "FI", "--q", "home care")
    document = json.loads(result.stdout_bytes)
    assert document["query"] == "projectdata export --format json --country FI --q 'home care'"


def test_notes_travel_in_a_zip(run, tmp_path):
    output = tmp_path / "projects.zip"
    assert run("export", "--notes", "-o", str(output)).exit_code == 0
    with zipfile.ZipFile(output) as archive:
        assert archive.namelist() == ["projects.csv", "notes.txt"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--country", "XX"], "XX"),
        (["--from", "banana"], "banana"),
        (["--columns", "foo"], "foo"),
        (["--separator", "|"], "|"),
        (["--format", "docx"], "docx"),
        (["--lang", "sv"], "sv"),
        (["-o", "/nowhere/at/all.csv"], "/nowhere/at/all.csv"),
        (["--nonsense"], "nonsense"),
    ],
    ids=" ".join,
)
def test_a_bad_value_is_a_sentence_and_exit_2(run, arguments, named):
    result = run("export", *arguments)
    assert result.exit_code == 2
    assert named in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_check_finds_nothing_wrong_with_the_curated_data(run):
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout == ""


def test_check_lists_problems_and_exits_1(run, broken_folder):
    path = broken_folder / "projects.csv"
    path.write_text(path.read_text().replace("project_id,", "projekt_id,", 1))
    result = run("check", str(broken_folder))
    assert result.exit_code == 1
    assert "projects.csv:1: " in result.stdout


def test_bad_data_is_told_without_a_traceback(broken_folder, monkeypatch, capsys):
    (broken_folder / "projects.csv").unlink()
    monkeypatch.setattr(store, "STORE", store.Store(broken_folder))
    monkeypatch.setattr(sys, "argv", ["projectdata", "export"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 1
    assert "projects.csv:1: the file is missing" in capsys.readouterr().err


def test_a_reader_that_stops_reading_ends_it_quietly(tmp_path):
    command = f"{sys.executable} -m projectdata export | head -n 1"
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, capture_output=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.startswith(b"\xef\xbb\xbfproject_id,")
    assert done.stderr == b""


def test_serve_runs_the_bundled_dashboard(run, monkeypatch):
    called = []
    monkeypatch.setattr(os, "execv", lambda program, arguments: called.append(arguments))
    assert run("serve", "--port", "8123").exit_code == 0
    (arguments,) = called
    assert str(paths.home() / "dashboard.py") in arguments
    assert arguments[arguments.index("--server.port") + 1] == "8123"


def test_describe_says_how_much_there_is(run):
    result = run("describe")
    assert result.exit_code == 0
    assert "EU-funded social-service projects" in result.stdout
    assert "object at" not in result.stdout
