"""Whatever an import or the lens may write has a pattern, and each pattern its Finnish."""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import duckdb
import pytest

from projectdata import paths
from projectdata.importers import lens
from projectdata.ui import import_words
from projectdata.wording import Wording

IMPORTERS = paths.PACKAGE / "importers"
EN, FI = Wording("en"), Wording("fi")

CELLS = (
    *("identifier", "start_said", "end_said", "grant_said", "total_said", "eu_said", "code"),
    *("wrong_amount", "project_id", "acronym", "programme"),
)
"""The columns that a reason may quote, in every importer."""


def reasons_of_sql(path: Path) -> Iterator[str]:
    """What follows each `then` of the cases that end `as reason`."""
    text = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
    for end in re.finditer(r"\bend as reason\b", text):
        case = text[text.rindex("case", 0, end.start()) : end.start()]
        for arm in re.split(r"\bwhen\b", case)[1:]:
            yield re.split(r"\bthen\b", arm, maxsplit=1)[1].strip()


def written_by_sql(expression: str) -> set[str]:
    """What an expression makes of cells with words in them, whichever keys are there."""
    said = ", ".join(f"'1/2 x' as {name}" for name in CELLS)
    found = set()
    for keys in product(("'k'", "null"), repeat=2):
        with duckdb.connect() as connection:
            row = connection.execute(
                f"select {expression} from (select {said}, {keys[0]} as id_key, "
                f"{keys[1]} as acronym_key), (select 12 as projects) as a"
            ).fetchone()
        if keys != ("null", "null") and row[0] is not None:
            found.add(row[0])
    return found


def sentence(node: ast.expr) -> str:
    """A text of the code, with 12 for each of its values that is written as a number."""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) else "12" for part in node.values
        )
    assert isinstance(node, ast.Constant), ast.dump(node)
    return node.value


def called(name: str) -> Iterator[tuple[ast.Call, ast.AST]]:
    """The calls of a function or method in the importers, each with the module around it."""
    for path in sorted(IMPORTERS.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(name):
                yield node, tree


def refused_in_python() -> set[str]:
    found = set()
    for call, tree in called("Refused"):
        told = call.args[2]
        if isinstance(told, ast.Name):
            values = [
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Assign)
                and ast.unparse(node.targets[0]) == told.id
                and isinstance(node.value, ast.Constant | ast.JoinedStr)
                and abs(node.lineno - call.lineno) < 5
            ]
            assert values, ast.unparse(call)
            found |= {sentence(value) for value in values}
        else:
            found.add(sentence(told))
    return found - {""}


SQL = sorted((path, reason) for path in IMPORTERS.glob("*.sql") for reason in reasons_of_sql(path))


def test_the_reasons_of_the_importers_are_found():
    assert {path.name for path, _ in SQL} == {
        *("erasmus.sql", "eura.sql", "kohesio_rows.sql"),
        *("keep_project_rows.sql", "keep_partners.sql"),
    }
    inserts = [
        path.name
        for path in IMPORTERS.rglob("*")
        if path.suffix in (".py", ".sql")
        and "insert into refused" in path.read_text(encoding="utf-8")
    ]
    assert sorted(inserts) == [
        *("erasmus.sql", "eura.sql", "keep.py", "keep_partners.sql", "kohesio.sql"),
    ]
    assert len(refused_in_python()) == 2


@pytest.mark.parametrize(
    "reason", [pytest.param(r, id=f"{p.stem} {n}") for n, (p, r) in enumerate(SQL)]
)
def test_a_reason_of_an_importer_is_said_in_finnish(reason):
    for said in written_by_sql(reason):
        assert import_words.reason(EN, said) == said
        assert import_words.reason(FI, said) != said


def test_what_python_refuses_is_said_in_finnish():
    for said in refused_in_python():
        assert import_words.reason(FI, said) != said


def test_the_notes_of_reports_are_said_in_finnish():
    notes = {sentence(call.args[0]) for call, _ in called("notes.append")}
    assert len(notes) == len(import_words.NOTES)
    for note in notes:
        assert import_words.note(EN, note) == note
        assert import_words.note(FI, note) != note


def test_each_pattern_is_one_that_an_importer_writes():
    written = {said for _, reason in SQL for said in written_by_sql(reason)} | refused_in_python()
    first = {next(p for p in import_words.REASONS if fits(p, said)) for said in written}
    assert first == set(import_words.REASONS)


def fits(pattern: str, said: str) -> bool:
    return import_words._shape(pattern).fullmatch(said) is not None


def test_the_lens_writes_the_patterns_of_its_schemes():
    assert import_words.EVIDENCE == lens.SCHEMES


@pytest.mark.parametrize("one", lens.categories(), ids=lambda one: f"{one.scheme} {one.code}")
def test_every_category_is_said_in_finnish(one):
    said = lens.SCHEMES[one.scheme].format(code=one.code)
    both = f"{said}; intervention field 112 (2014–2020)"
    assert import_words.evidence(EN, "category", both) == both
    finnish = import_words.evidence(FI, "category", both)
    assert finnish.endswith("; tukitoimiala 112 (2014–2020)")
    if one.scheme in import_words.NAMED_BY_LABEL:
        assert f"”{one.label_fi}”" in finnish
    else:
        assert one.code in finnish


def test_words_of_the_source_stay_as_they_are():
    assert import_words.evidence(FI, "read", "theme “x”; home care") == "theme “x”; home care"


def test_a_sentence_that_nobody_knows_stands_as_it_is():
    assert import_words.reason(FI, "the moon is full") == "the moon is full"
    assert import_words.note(FI, "a note of an older import") == "a note of an older import"


def test_numbers_are_written_as_people_read_them():
    said = "FI.csv: 1,234 amounts are below zero; they are kept as not published."
    assert import_words.note(EN, said) == said
    assert "1\N{NO-BREAK SPACE}234" in import_words.note(FI, said)


def test_a_quoted_cell_may_hold_anything():
    cell = "a”, which is {n} no day\n(day/month/year)"
    said = f"the grant is “{cell}”, which is no amount"
    assert import_words.reason(EN, said) == said
    assert cell in import_words.reason(FI, said)
