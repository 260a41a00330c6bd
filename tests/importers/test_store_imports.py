"""The store: complete or as it was, whatever ends an import, and readable all the while."""

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from projectdata import holdings
from projectdata.errors import DataError
from projectdata.queries.summary import measure_totals
from projectdata.selection import Selection
from projectdata.store import Store
from tests.importers.layouts_kohesio import COLUMNS_40, COLUMNS_44, operation, write_csv
from tests.importers.taking import contents, take

EVERYTHING = Selection(chosen=(("relevance", ("social", "other")),))
LARGE = 60_000
PATIENCE = 120
"""Seconds that a test waits for another process before it fails."""


def rows(numbers, country="FI", total="100", period="2021-2027"):
    return [
        operation(
            f"Q{number}",
            Operation_Name_English=f"Care of {number}",
            CountryCode=country,
            Total_Eligible_Expenditure_amount=total,
            Project_EU_Budget="50",
            Programming_Period=period,
        )
        for number in numbers
    ]


def file_of(path, *args, **kwargs):
    return write_csv(path, COLUMNS_44, rows(*args, **kwargs))


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A file that takes some seconds to import."""
    return file_of(tmp_path_factory.mktemp("large") / "large.csv", range(1, LARGE))


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A store with three projects. Only to be copied."""
    folder = tmp_path_factory.mktemp("kept")
    return take("kohesio", folder / "store", file_of(folder / "FI.csv", range(1, 4))).store


@pytest.fixture
def store(kept, tmp_path):
    """A store of a test's own, with three projects."""
    return Path(shutil.copytree(kept, tmp_path / "store"))


def command(*arguments: object, **how) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "projectdata", "import", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **how,
    )


def started(store: Path, large: Path) -> subprocess.Popen:
    """The real command, in the middle of writing aside."""

    def as_at_a_terminal() -> None:
        # A suite that runs in the background of a shell hands SIGINT down as ignored.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    running = command("kohesio", large, "--store", store, preexec_fn=as_at_a_terminal)
    end = time.monotonic() + PATIENCE
    while not list(store.glob(".unfinished-*/work.duckdb")):
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < end
        time.sleep(0.01)
    return running


def count(served: Store) -> int:
    return int(served.catalog().rows(measure_totals, EVERYTHING)["projects"].iloc[0])


def test_a_killed_import_leaves_the_store_and_the_next_one_cleans_up(store, large, tmp_path):
    before = contents(store)
    running = started(store, large)
    with pytest.raises(DataError, match=f"Another import is writing to {store}. Wait until"):
        take("kohesio", store, large)
    running.kill()
    running.communicate()
    assert running.returncode == -signal.SIGKILL
    left = contents(store)
    assert {name: left[name] for name in before} == before
    assert list(store.glob(".unfinished-*"))

    report = take("kohesio", store, file_of(tmp_path / "SE.csv", [9], "SE")).report
    assert (report.added, report.records) == (1, 4)
    assert not list(store.glob(".unfinished-*"))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_an_import_that_is_asked_to_stop_cleans_up_and_exits_130(store, large, how):
    before = contents(store)
    running = started(store, large)
    running.send_signal(how)
    _, said = running.communicate(timeout=PATIENCE)
    assert running.returncode == 130
    assert "Traceback" not in said
    assert contents(store) == before


def test_a_limit_on_files_is_a_sentence_and_the_old_store(store, large):
    before = contents(store)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    running = command("kohesio", large, "--store", store, preexec_fn=limit)
    _, said = running.communicate(timeout=PATIENCE)
    assert running.returncode == 1
    assert len(said.splitlines()) == 1, said
    assert "nothing was changed" in said.lower()
    assert contents(store) == before


def test_a_full_disk_is_a_sentence_and_the_old_store(kept, large, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        store = Path(shutil.copytree(kept, disk / "store"))
        before = contents(store)
        running = command("kohesio", large, "--store", store)
        _, said = running.communicate(timeout=PATIENCE)
        assert running.returncode == 1
        assert said == (
            "The disk is full, so nothing was changed. "
            f"Make room where {store} is, or use --store.\n"
        )
        assert contents(store) == before
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_store_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "store").write_text("not a folder")
    with pytest.raises(DataError, match=r"store: File exists\. Nothing was changed\."):
        take("kohesio", tmp_path / "store", file_of(tmp_path / "FI.csv", [1]))


def test_the_report_has_what_the_contract_names(tmp_path):
    file = file_of(tmp_path / "FI.csv", [1, 2])
    report = tmp_path / "report.json"
    running = command("auto", file, "--store", tmp_path / "store", "--report", report)
    _, said = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0, said
    assert "Rows read" in said
    told = json.loads(report.read_text(encoding="utf-8"))
    assert set(told) >= {
        *("register", "files", "rows_read", "rows_kept", "rows_merged", "rows_refused"),
        *("refused", "columns_unknown", "columns_missing", "sums", "added", "changed", "gone"),
    }
    assert told["register"] == "kohesio"
    assert told["files"] == ["FI.csv"]
    assert told["sums"] == {"total_budget": 200.0, "eu_contribution": 100.0}
    assert told == holdings.read(tmp_path / "store").reports()["kohesio"]


def test_a_refused_row_is_listed_with_its_file_and_number(tmp_path):
    bad = operation("Q2", CountryCode="FI", Operation_Start_Date="31/02/2020")
    file = write_csv(tmp_path / "FI.csv", COLUMNS_44, [*rows([1]), bad])
    (refused,) = take("kohesio", tmp_path / "store", file).report.document()["refused"]
    assert set(refused) == {"file", "row", "reason"}
    assert (refused["file"], refused["row"]) == ("FI.csv", 3)


def test_a_second_import_says_what_is_added_changed_and_gone(store, tmp_path):
    again = [*rows([1]), *rows([2], total="101"), *rows([4, 5])]
    taken = take("kohesio", store, write_csv(tmp_path / "FI.csv", COLUMNS_44, again))
    report = taken.report
    assert (report.added, report.changed, report.gone, report.records) == (2, 1, 1, 4)
    assert report.samples == {
        "added": ("kohesio-q4", "kohesio-q5"),
        "changed": ("kohesio-q2",),
        "gone": ("kohesio-q3",),
    }
    assert [row["code"] for row in taken.rows("projects")] == ["Q1", "Q2", "Q4", "Q5"]
    assert taken.row("amounts", project_id="kohesio-q2", measure="total_budget")["amount"] == 101


def test_the_same_file_again_changes_nothing(store, tmp_path):
    report = take("kohesio", store, file_of(tmp_path / "FI.csv", range(1, 4))).report
    assert (report.added, report.changed, report.gone, report.records) == (0, 0, 0, 3)


def test_an_import_of_one_country_or_period_leaves_the_others_standing(store, tmp_path):
    swedish = take("kohesio", store, file_of(tmp_path / "SE.csv", [7, 8], "SE"))
    assert (swedish.report.added, swedish.report.gone, swedish.report.records) == (2, 0, 5)
    older = file_of(tmp_path / "old.csv", [9], "FI", period="2014-2020")
    assert take("kohesio", store, older).report.records == 6
    finnish = take("kohesio", store, file_of(tmp_path / "FI.csv", [1]))
    assert (finnish.report.gone, finnish.report.records) == (2, 4)
    for table, column in (
        ("projects", "project_id"),
        ("places", "project_id"),
        ("amounts", "project_id"),
        ("scopes", "record_id"),
    ):
        found = {row[column] for row in finnish.rows(table)}
        assert found == {f"kohesio-q{number}" for number in (1, 7, 8, 9)}
    numbers = [row["_n"] for row in finnish.rows("projects")]
    assert sorted(numbers) == [0, 1, 2, 3]


def test_two_countries_in_one_import_replace_everything(store, tmp_path):
    both = [*rows([7], "SE"), *rows([1])]
    report = take("kohesio", store, write_csv(tmp_path / "all.csv", COLUMNS_40, both)).report
    # A file of 40 columns has no CountryCode: its rows are of no country, so all others are gone.
    assert (report.records, report.gone) == (2, 2)


def test_only_the_last_import_and_the_one_before_stay_on_the_disk(store, tmp_path):
    file = file_of(tmp_path / "FI.csv", [1])
    for _ in range(3):
        take("kohesio", store, file)
    assert len(list((store / "imports").iterdir())) == 2


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def break_index(store: Path) -> None:
    (store / holdings.INDEX).write_text("{broken", encoding="utf-8")


def forget_folder(store: Path) -> None:
    (folder,) = (store / "imports").iterdir()
    shutil.rmtree(folder)
    touch(store)


def truncate_projects(store: Path) -> None:
    (folder,) = (store / "imports").iterdir()
    truncate(folder / "projects.parquet")
    touch(store)


def empty_places(store: Path) -> None:
    (folder,) = (store / "imports").iterdir()
    (folder / "places.parquet").write_bytes(b"")
    touch(store)


def touch(store: Path) -> None:
    """The index as a new file with other bytes, as an import would leave it."""
    index = json.loads((store / holdings.INDEX).read_text(encoding="utf-8"))
    (store / holdings.INDEX).write_text(json.dumps(index, indent=3), encoding="utf-8")


def delete(store: Path) -> None:
    shutil.rmtree(store)


BREAKS = {
    "a broken index": (break_index, r"imports\.json: this is no list of imports"),
    "a folder that is gone": (forget_folder, r"imports\.json: the import kohesio-.* is missing"),
    "a cut table": (truncate_projects, r"projects\.parquet of the import kohesio-.* is damaged"),
    "an empty table": (empty_places, r"places\.parquet of the import kohesio-.* is damaged"),
}


@pytest.mark.parametrize(
    ("damage", "words"),
    [*BREAKS.values(), (delete, r"imports\.json: the file is gone from the store")],
    ids=[*BREAKS, "a deleted store"],
)
def test_a_store_that_breaks_leaves_the_last_good_data(tiny_folder, store, damage, words):
    served = Store(tiny_folder, store)
    good, before = served.catalog(), count(served)
    damage(store)
    served.catalog()
    served.wait()
    assert served.catalog() is good
    assert count(served) == before
    assert re.search(words, " ".join(served.problems))


@pytest.mark.parametrize(("damage", "words"), BREAKS.values(), ids=BREAKS)
def test_a_store_that_is_broken_from_the_start_hides_nothing_curated(
    tiny_folder, store, damage, words
):
    damage(store)
    served = Store(tiny_folder, store)
    assert count(served) == count(Store(tiny_folder))
    assert re.search(words, " ".join(served.problems))


@pytest.mark.parametrize(("damage", "words"), BREAKS.values(), ids=BREAKS)
def test_importing_again_mends_a_store(tiny_folder, store, tmp_path, damage, words):
    served = Store(tiny_folder, store)
    before = count(served)
    damage(store)
    served.catalog()
    served.wait()
    taken = take("kohesio", store, file_of(tmp_path / "FI.csv", range(1, 6)))
    assert taken.report.records == 5
    served.catalog()
    served.wait()
    assert (count(served), served.problems) == (before + 2, ())


def test_a_damaged_import_is_told_in_the_next_report(store, tmp_path):
    truncate_projects(store)
    report = take("kohesio", store, file_of(tmp_path / "SE.csv", [9], "SE")).report
    assert (report.records, len(report.notes)) == (1, 1)
    assert "is damaged: nothing of it stands" in report.notes[0]


def test_a_damaged_cache_is_made_again(tiny_folder, store):
    before = count(Store(tiny_folder, store))
    (cached,) = (store / holdings.CACHE).glob("*.duckdb")
    cached.write_bytes(cached.read_bytes()[:5000])
    served = Store(tiny_folder, store)
    assert (count(served), served.problems) == (before, ())


READER = """
import sys, time
from pathlib import Path
from projectdata.store import Store
from projectdata.queries.summary import measure_totals
from projectdata.selection import Selection
everything = Selection(chosen=(("relevance", ("social", "other")),))
served = Store(Path(sys.argv[1]), Path(sys.argv[2]))
seen, end = [], time.monotonic() + float(sys.argv[3])
while len(seen) < 2 and time.monotonic() < end:
    found = int(served.catalog().rows(measure_totals, everything)["projects"].iloc[0])
    assert not served.problems, served.problems
    if found not in seen:
        seen.append(found)
        print(found, flush=True)
"""


def test_readers_in_other_processes_see_an_import_when_it_is_complete(
    tiny_folder, store, large, tmp_path
):
    script = tmp_path / "reader.py"
    script.write_text(READER, encoding="utf-8")
    arguments = [str(script), str(tiny_folder), str(store), str(PATIENCE)]
    readers = [
        subprocess.Popen(
            [sys.executable, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=dict(os.environ),
        )
        for _ in range(2)
    ]
    first = [int(reader.stdout.readline()) for reader in readers]
    take("kohesio", store, large)
    told = [reader.communicate(timeout=2 * PATIENCE) for reader in readers]
    assert [reader.returncode for reader in readers] == [0, 0], told
    expected = first[0] - 3 + LARGE - 1
    assert [int(out) for out, _ in told] == [expected, expected]
