"""Files that are not what they should be: one sentence, exit status 1, and the store as it was."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from projectdata import cli
from projectdata.errors import DataError
from projectdata.importers.files import sheets
from tests.importers.layouts_eura import LIST_2014, write_list
from tests.importers.layouts_kohesio import (
    COLUMNS_44,
    SEARCH,
    operation,
    write_csv,
    write_xlsx,
)
from tests.importers.taking import contents, take
from tests.importers.test_eura import LINES

GOOD = [
    operation(
        f"Q{number}",
        Operation_Name_English=f"Care, “{number}”",
        Operation_Name_Programme_Language=f"Höglund\n{number}",
        Country="Finland",
        CountryCode="FI",
        Operation_Start_Date="04/09/2023",
        Total_Eligible_Expenditure_amount="1234.5",
        Project_EU_Budget="1000",
        Programming_Period="2021-2027",
    )
    for number in range(1, 6)
]


def kohesio(path: Path, rows=GOOD, columns=COLUMNS_44, **how) -> Path:
    return write_csv(path, columns, rows, **how)


def changed(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """A good file, changed."""
    path.write_bytes(change(kohesio(path).read_bytes()))
    return path


def with_cells(path: Path, **cells: str) -> Path:
    """A file whose every row has the same wrong cell."""
    return kohesio(path, [row | cells for row in GOOD])


def zipped(path: Path, *names: str, content: bytes = b"x") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return path


def bomb(path: Path) -> Path:
    """A workbook of 120 million characters, which is small on the disk."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(120):
                sheet.write(b" " * 1_000_000)
    assert path.stat().st_size < 1_000_000
    return path


def cut_workbook(path: Path) -> Path:
    whole = write_xlsx(path, COLUMNS_44, GOOD).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def mixed_delimiters(path: Path) -> Path:
    head, _, body = kohesio(path).read_bytes().partition(b"\n")
    path.write_bytes(head.replace(b",", b";") + b"\n" + body)
    return path


def contents_swapped(path: Path) -> Path:
    swapped = ("Operation_Unique_Identifier", "Operation_Name_English")
    columns = [*swapped[::-1], *(name for name in COLUMNS_44 if name not in swapped)]
    content = kohesio(path, columns=columns).read_text(encoding="utf-8")
    _, _, body = content.partition("\n")
    head = ",".join([*swapped, *columns[2:]])
    path.write_text(f"{head}\n{body}", encoding="utf-8")
    return path


def header_only(path: Path) -> Path:
    return kohesio(path, [])


CASES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a delimiter that is none": (
        lambda path: kohesio(path, delimiter="^"),
        r"no register has these columns \(“Operation_Unique_Identifier\^.* Is the first row",
    ),
    "one delimiter above, another below": (
        mixed_delimiters,
        r"no row could be taken.* row 2: 1 cells where the header has 44",
    ),
    "cut in a row": (
        lambda path: changed(path, lambda whole: whole[:-60]),
        r"breaks off in row 6 .* Download it again",
    ),
    "cut in a text": (
        lambda path: changed(path, lambda whole: whole[: whole.rindex(b"\n5") + 1]),
        r"quotation mark is never closed.* Download it again",
    ),
    "a quotation mark too many": (
        lambda path: changed(path, lambda whole: whole.replace(b'"Care', b'""Care', 1)),
        r"hostile\.csv:2: the row cannot be read .* Download the file again",
    ),
    "a quotation mark that is never closed": (
        lambda path: changed(path, lambda whole: whole.replace(b"1234.5", b'"1234.5', 1)),
        r"(never closed|cannot be read).* Download",
    ),
    "UTF-16": (
        lambda path: kohesio(path, encoding="utf-16"),
        r"the text is UTF-16\. Save the file as CSV UTF-8",
    ),
    "UTF-16 without a mark": (
        lambda path: kohesio(path, encoding="utf-16-be"),
        r"the text is UTF-16\. Save",
    ),
    "bytes of no alphabet": (
        lambda path: changed(path, lambda whole: whole.replace(b"Care", b"C\x81r\xff", 1)),
        r"neither UTF-8 nor .*Save the file as CSV UTF-8",
    ),
    "NUL bytes": (
        lambda path: changed(path, lambda whole: whole.replace(b"Care", b"C\0re")),
        r"no text file\. Download",
    ),
    "a column twice": (
        lambda path: kohesio(path, columns=(*COLUMNS_44, "country")),
        r"the column “country” stands twice in the first row",
    ),
    "a cell of ten million characters": (
        lambda path: with_cells(path, Operation_Summary_English="x" * 10_000_000),
        r"hostile\.csv:2: a cell has more than 1,000,000 characters",
    ),
    "contents under other names": (
        contents_swapped,
        r"no row could be taken.* row 2: the identifier is “Care, “1””",
    ),
    "amounts that are words": (
        lambda path: with_cells(path, Project_EU_Budget="abc"),
        r"no row could be taken.* row 2: the EU contribution is “abc”",
    ),
    "a month before the day": (
        lambda path: with_cells(path, Operation_Start_Date="13/25/2020"),
        r"no row could be taken.* the start date is “13/25/2020”, which is no day",
    ),
    "days of no calendar": (
        lambda path: with_cells(path, Operation_End_Date="2023-02-29"),
        r"no row could be taken.* the end date is “2023-02-29”",
    ),
    "nothing at all": (
        lambda path: changed(path, lambda whole: b""),
        r"the file is empty\. Download it again",
    ),
    "a byte order mark alone": (
        lambda path: changed(path, lambda whole: b"\xef\xbb\xbf"),
        r"no register has these columns",
    ),
    "empty lines": (
        lambda path: changed(path, lambda whole: b"\n\n\n"),
        r"no register has these columns",
    ),
    "a header alone": (header_only, r"no row could be taken.* There is no row below the header"),
    "a web page": (
        lambda path: changed(path, lambda whole: b"\xef\xbb\xbf\n <!DOCTYPE html><html>"),
        r"this is a web page, not a CSV file\. Open its address in a browser",
    ),
    "an error of a server": (
        lambda path: changed(path, lambda whole: b'{"error": "504 Gateway Time-out"}'),
        r"no register has these columns",
    ),
    "a table of something else": (
        lambda path: write_csv(path, ("name", "age"), [{"name": "Aino", "age": 7}]),
        r"no register has these columns \(“name”, “age”.* Known are the exports of kohesio",
    ),
}
WORKBOOKS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a bomb": (bomb, r"unpacked, the workbook would have 120 million characters.* not opened"),
    "an archive": (
        lambda path: zipped(path, "FI-pp21-27.csv"),
        r"this is a ZIP archive, not a workbook\. Unpack it and name the files in it",
    ),
    "no archive": (
        lambda path: changed(path, lambda whole: b"PK\3\4" + bytes(500)),
        r"the workbook is damaged\. Download it again",
    ),
    "cut in the middle": (cut_workbook, r"the workbook is damaged\. Download it again"),
    "a workbook of nonsense": (
        lambda path: zipped(path, "xl/workbook.xml", "xl/worksheets/sheet1.xml"),
        r"this workbook cannot be opened .* Download it again",
    ),
    "an old workbook": (
        lambda path: changed(path, lambda whole: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + whole),
        r"an old Excel file \(\.xls\)\. Save it as \.xlsx or CSV",
    ),
    "an empty workbook": (
        lambda path: write_xlsx(path, (), []),
        r"the workbook is empty\. Download it again",
    ),
    "a header alone": (
        lambda path: write_xlsx(path, SEARCH, []),
        r"There is no row below the header",
    ),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    """A store with an import; nothing in this file may change it."""
    folder = tmp_path_factory.mktemp("store")
    return take("kohesio", folder / "store", kohesio(folder / "good.csv")).store


@pytest.fixture
def refused(store, monkeypatch, capsys) -> Callable[..., str]:
    """Run the command on files that cannot be taken: the one sentence that it says."""

    def said(register: str, *files: Path) -> str:
        before = contents(store)
        arguments = ["import", register, *map(str, files), "--store", str(store)]
        monkeypatch.setattr(sys, "argv", ["projectdata", *arguments])
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert left.value.code == 1
        assert contents(store) == before
        out, err = capsys.readouterr()
        (sentence,) = [line for line in (out + err).splitlines() if line.strip()]
        return sentence

    return said


@pytest.mark.parametrize(("make", "words"), CASES.values(), ids=CASES)
def test_a_file_that_cannot_be_taken_is_named_in_a_sentence(tmp_path, refused, make, words):
    sentence = refused("kohesio", make(tmp_path / "hostile.csv"))
    assert re.search(words, sentence)
    assert sentence.startswith("hostile.csv")
    assert sentence.endswith((".", "?"))


@pytest.mark.parametrize(("make", "words"), WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_workbook_that_cannot_be_taken_is_named_in_a_sentence(tmp_path, refused, make, words):
    sentence = refused("auto", make(tmp_path / "hostile.xlsx"))
    assert re.search(words, sentence)
    assert sentence.startswith("hostile.xlsx: ")


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path, refused):
    assert (
        refused("kohesio", tmp_path) == f"{tmp_path.name}: this is a folder; name the files in it."
    )
    assert refused("kohesio", tmp_path / "gone.csv") == "gone.csv: there is no such file."


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything, so become somebody who may not."""
    who = os.geteuid()
    if who == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(who)


def test_a_file_that_may_not_be_read_is_told(tmp_path):
    file = kohesio(tmp_path / "secret.csv")
    file.chmod(0)
    with as_nobody(), pytest.raises(DataError) as fault:
        sheets(file)
    assert fault.value.problems == ("secret.csv: the file cannot be read: Permission denied.",)


def test_a_file_of_another_register_is_told_with_the_command_for_it(tmp_path, refused):
    file = write_list(tmp_path / "lista.csv", LIST_2014, LINES)
    assert refused("kohesio", file) == (
        "lista.csv: this is a file of eura, not of kohesio. Use: projectdata import eura lista.csv"
    )


def test_files_of_two_registers_are_not_taken_together(tmp_path, refused):
    files = write_list(tmp_path / "lista.csv", LIST_2014, LINES), kohesio(tmp_path / "FI.csv")
    sentence = refused("auto", *files)
    assert sentence == (
        "These are files of eura, kohesio. Import each register by a command of its own."
    )


def test_one_bad_file_of_several_stops_them_all(tmp_path, refused):
    bad = changed(tmp_path / "hostile.csv", lambda whole: whole[:-60])
    assert "hostile.csv: the file breaks off" in refused(
        "kohesio", kohesio(tmp_path / "a.csv"), bad
    )


@pytest.mark.parametrize("name", ["a.csv", "hostile.csv"])
def test_the_real_command_says_it_without_a_traceback(tmp_path, store, name):
    before = contents(store)
    file = changed(tmp_path / "hostile.csv", lambda whole: whole[:-60]).with_name(name)
    done = subprocess.run(
        [sys.executable, "-m", "projectdata", "import", "auto", str(file), "--store", str(store)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"{name}: ")
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
    assert contents(store) == before


def semicolons(path: Path) -> Path:
    return kohesio(path, delimiter=";")


def middle(path: Path) -> Path:
    """The header stands again between the rows."""
    names = dict(zip(COLUMNS_44, COLUMNS_44, strict=True))
    return kohesio(path, [*GOOD[:2], names, *GOOD[2:]])


@pytest.mark.parametrize(
    ("make", "refused_rows"),
    [
        (lambda path: kohesio(path, encoding="utf-8-sig"), 0),
        (semicolons, 0),
        (lambda path: kohesio(path, delimiter="\t"), 0),
        (lambda path: kohesio(path, delimiter="|"), 0),
        (lambda path: kohesio(path, newline="\r\n"), 0),
        (lambda path: kohesio(path, encoding="cp1252"), 0),
        (lambda path: kohesio(path, columns=COLUMNS_44[::-1]), 0),
        (lambda path: kohesio(path, columns=(*COLUMNS_44, "", "")), 0),
        (lambda path: with_cells(path, Project_EU_Budget="1 000,00 €"), 0),
        (lambda path: kohesio(path).rename(path.with_name("it's [1] *?.csv")), 0),
        (lambda path: changed(path, lambda whole: whole.rstrip(b"\n")), 0),
        (lambda path: changed(path, lambda whole: whole + b"\n\n"), 0),
        (middle, 1),
        (lambda path: changed(path, lambda whole: whole.replace(b"1000,", b"1000,,", 1)), 1),
    ],
    ids=[
        *("a byte order mark", "semicolons", "tabs", "bars", "lines of Windows", "Western letters"),
        *("columns in another order", "columns without a name", "amounts with a comma and a mark"),
        *("a name with signs", "no line end", "empty lines below", "the header again"),
        "a cell too many in a row",
    ],
)
def test_what_can_be_understood_is_taken(tmp_path, make, refused_rows):
    taken = take("kohesio", tmp_path / "store", make(tmp_path / "odd.csv"))
    report = taken.report
    assert (report.rows_refused, report.rows_kept) == (
        refused_rows,
        5 if refused_rows != 1 or report.rows_read == 6 else 4,
    )
    assert report.sums["eu_contribution"] == 1000.0 * report.rows_kept
    names = {row["name_original"] for row in taken.rows("projects")}
    assert "Höglund\n5" in names
    assert {row["start_date"].isoformat() for row in taken.rows("periods")} == {"2023-09-04"}


@pytest.mark.parametrize("before", range(6), ids=lambda n: f"{n} before")
@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        ("é€😀é€😀".encode(), "utf-8"),
        ("😀".encode()[:3] + b"a", "cp1252"),
        (b"\xe9t\xe9", "cp1252"),
        (b"\x80", "cp1252"),
    ],
    ids=["whole", "cut", "western", "a stray byte"],
)
def test_the_encoding_is_told_wherever_a_large_file_is_parted(tmp_path, before, said, encoding):
    path = tmp_path / "f.csv"
    # It is read by a million bytes: characters lie across the border.
    content = b"a,b\n" + b"x" * ((1 << 20) - 4 - before) + said + b"\n"
    path.write_bytes(content)
    assert sheets(path)[0].encoding == encoding
    path.write_bytes(content[: -1 - (encoding == "utf-8")])
    assert sheets(path)[0].encoding == "cp1252"
