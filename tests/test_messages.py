"""The Finnish catalogue holds every message of the code, and says each in Finnish."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from projectdata import paths
from projectdata.wording import CATALOGUES, LANGUAGES

ROOT = Path(__file__).parent.parent
CODE = (paths.PACKAGE, paths.pages_folder())
KEYWORDS = {"words": None, "message": None, "self": None, "plural": (1, 2)}
"""What marks a message: the same as `make messages` in the Makefile."""

SAME_IN_FINNISH = {
    "A {a}, B {b}": "two letters and two numbers",
    "Innokylä": "a Finnish service",
    "Innokylä: {title}": "a Finnish service",
    "{choice} ✕": "a choice and the sign that takes it away",
    "{country} ({n})": "a name and a number",
    "{group} ({n})": "a name and a number",
    "{basis}: {period}": "a label and its value",
    "{measure}: {counts}.": "a label and its value",
    "{basis}: {evidence}": "a label and its value",
    "{measure}: {amount}": "a label and its value",
    "{register} ({day})": "a name and a date",
}
"""Messages whose Finnish may equal their English, and why."""

TRANSLATED = tuple(lang for lang in LANGUAGES if lang != "en")


def _extracted() -> dict[str, tuple[str, ...]]:
    """The messages of the code: (one,) or (one, many) by the English that finds them."""
    found: dict[str, tuple[str, ...]] = {}
    for folder in CODE:
        rows = extract_from_dir(
            folder, [("**.py", "python")], {}, KEYWORDS, strip_comment_tags=True
        )
        for _, _, message, _, _ in rows:
            forms = (message,) if isinstance(message, str) else tuple(message)
            if len(found.get(forms[0], ())) < len(forms):
                found[forms[0]] = forms
    return found


def _forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _names(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.fixture(scope="module")
def extracted() -> dict[str, tuple[str, ...]]:
    return _extracted()


@pytest.fixture(scope="module", params=TRANSLATED)
def catalogue(request) -> Catalog:
    path = CATALOGUES / request.param / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=request.param)


@pytest.fixture(scope="module")
def translated(catalogue) -> list[Message]:
    return [message for message in catalogue if message.id]


def test_every_message_is_translated(extracted, translated):
    done = {_forms(m.id)[0] for m in translated if all(_forms(m.string))}
    missing = sorted(set(extracted) - done)
    assert not missing, f"untranslated, run `make messages`: {missing}"


def test_no_translation_is_left_over(extracted, translated, catalogue):
    unused = sorted({_forms(m.id)[0] for m in translated} - set(extracted))
    assert not unused, f"no code says: {unused}"
    fuzzy = [m.id for m in translated if m.fuzzy]
    assert not fuzzy, f"only guessed: {fuzzy}"
    assert not catalogue.obsolete


def test_plural_messages_have_two_forms(extracted, translated):
    wrong = [
        m.id
        for m in translated
        if len(_forms(m.id)) != len(extracted.get(_forms(m.id)[0], _forms(m.id)))
        or len(_forms(m.string)) != len(_forms(m.id))
    ]
    assert not wrong


def test_placeholders_agree(translated):
    """Each form says the names of its English form, or of the other one."""
    wrong = []
    for m in translated:
        english = [_names(form) for form in _forms(m.id)]
        wrong += [form for form in _forms(m.string) if form and _names(form) not in english]
    assert not wrong


def test_finnish_is_finnish(translated):
    same = {m.id for m in translated if m.string == m.id} - set(SAME_IN_FINNISH)
    assert not same, f"translate, or name with a reason: {sorted(map(str, same))}"


def test_finnish_has_its_own_quotes(translated):
    wrong = [f for m in translated for f in _forms(m.string) if re.search('[“"]', f)]
    assert not wrong, f"Finnish quotes on both sides with ”: {wrong}"


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, list[ast.expr]]]:
    """The calls that say a message, with the arguments that must be literal."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in ("words", "message"):
            yield node, node.args[:1]
        elif name == "plural":
            yield node, node.args[:2]


def _composed(argument: ast.expr) -> bool:
    """True where the text is put together when it runs, so that extraction misses it."""
    if isinstance(argument, ast.IfExp):
        return True
    if isinstance(argument, ast.Call):
        return isinstance(argument.func, ast.Attribute) and argument.func.attr in ("format", "join")
    return isinstance(argument, ast.JoinedStr | ast.BinOp)


@pytest.mark.parametrize(
    "argument", ['f"{n} rows"', '"a" + b', '"a" if b else "c"', '"{}".format(b)']
)
def test_composed_messages_are_found(argument):
    assert _composed(ast.parse(argument, mode="eval").body)


@pytest.mark.parametrize(
    "argument", ['"a row"', '"a " "row"', "label", "problem.reason", "LABELS[x]"]
)
def test_whole_messages_and_variables_pass(argument):
    assert not _composed(ast.parse(argument, mode="eval").body)


def test_no_message_is_put_together(extracted):
    """Nor said inside an f-string, where extraction does not look on Python 3.11."""
    composed, unseen = [], []
    for folder in CODE:
        for path in sorted(folder.rglob("*.py")):
            for call, arguments in _calls(ast.parse(path.read_text(encoding="utf-8"))):
                place = f"{path.relative_to(ROOT)}:{call.lineno}"
                if any(map(_composed, arguments)):
                    composed.append(place)
                first = arguments[0]
                if isinstance(first, ast.Constant) and first.value not in extracted:
                    unseen.append(place)
    assert not composed, f"give `words` a whole message: {composed}"
    assert not unseen, f"extraction misses these, take them out of the f-string: {unseen}"
