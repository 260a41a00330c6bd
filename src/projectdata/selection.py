"""What the reader chose: a value that knows its address, its predicate and its words.

The names of the parameters are a contract (links, scripts and the API use them).
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

import ibis
import ibis.expr.types as ir

from projectdata.folding import fold
from projectdata.wording import LANGUAGES, UNKNOWN, Wording, in_sentence, message

FILTERS = (
    "country",
    "lead_country",
    "collection",
    "programme",
    "fund",
    "programming_period",
    "target_group",
    "service",
    "region",
    "wellbeing_county",
    "status",
    "organisation",
    "project",
    "relevance",
)
"""The repeatable parameters. Within one any value matches; between them all must."""

FACT_FILTERS = {
    "collection": "collection",
    "programme": "programme_id",
    "fund": "fund",
    "programming_period": "programming_period",
    "relevance": "relevance",
}
"""The filters in which a project has one value at most, and its column in `facts`."""

LINKED_FILTERS = (
    "country",
    "lead_country",
    "target_group",
    "service",
    "region",
    "wellbeing_county",
    "organisation",
)
"""The filters in which a project may have several values: they stand in `filter_values`, and
`has_<filter>` in `facts` says whether there is one."""

SOCIAL, OTHER = "social", "other"
"""The values of `relevance`: is a project about social services? See docs/lens.md."""

STATUSES = ("planned", "running", "ended")
MARK = "\N{SECTION SIGN}"
"""Stands in no code of ours."""

PLAIN_CODE = re.compile(r"[A-Za-z0-9._-]{1,200}")
DEFAULT_MEASURE = "total_budget"
LONGEST_TEXT = 200
MOST_VALUES = 500
FIRST_YEAR, LAST_YEAR = 1900, 2100
SINGLE = ("q", "from", "to", "measure", "min_amount", "max_amount", "on", "lang")
PARAMETERS = (*FILTERS, *(f"not.{name}" for name in FILTERS), *SINGLE)


class Code(str):
    """A code that a query does nothing with but compare it: one statement serves all such codes."""

    __slots__ = ()


@dataclass(frozen=True)
class Problem:
    """A value in the address that means nothing; it is named and left out."""

    parameter: str
    value: str
    reason: str

    def sentence(self, words: Wording) -> str:
        """The problem in the reader's language."""
        value = self.value if len(self.value) <= 60 else self.value[:57] + "…"
        return words(
            "{parameter} = “{value}”: {reason}",
            parameter=self.parameter,
            value=value,
            reason=words(self.reason),
        )


@dataclass(frozen=True)
class Chip:
    """One choice, as a label that can be taken away."""

    parameter: str
    value: str
    label: str


Values = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Selection:
    """A selection of projects, and the measure and language they are shown in."""

    chosen: Values = ()
    left_out: Values = ()
    q: str = ""
    since: int | None = None
    until: int | None = None
    measure: str = DEFAULT_MEASURE
    min_amount: float | None = None
    max_amount: float | None = None
    on: date | None = None
    lang: str = "en"

    @property
    def day(self) -> date:
        """The date that status is judged by."""
        return self.on or date.today()

    @property
    def is_everything(self) -> bool:
        """True when nothing narrows the projects."""
        return replace(self, measure=DEFAULT_MEASURE, on=None, lang="en") == Selection()

    @property
    def only(self) -> tuple[str, str] | None:
        """The filter and the value that alone narrow the projects; None where it is not one."""
        if len(self.chosen) != 1 or not replace(self, chosen=()).is_everything:
            return None
        ((name, values),) = self.chosen
        return (name, values[0]) if len(values) == 1 else None

    def values(self, name: str) -> tuple[str, ...]:
        """The values chosen in a filter."""
        return dict(self.chosen).get(name, ())

    def narrowing(self, name: str) -> tuple[str, ...]:
        """The values chosen in a filter, none where every project has one of them."""
        values = self.values(name)
        return () if name == "relevance" and {SOCIAL, OTHER} <= set(values) else values

    def values_left_out(self, name: str) -> tuple[str, ...]:
        """The values of a filter that are left out."""
        return dict(self.left_out).get(name, ())

    def choosing(self, name: str, values: Iterable[str]) -> "Selection":
        """The same selection with other values in one filter."""
        return replace(self, chosen=_with(self.chosen, name, values))

    def leaving_out(self, name: str, values: Iterable[str]) -> "Selection":
        """The same selection with other values of one filter left out."""
        return replace(self, left_out=_with(self.left_out, name, values))

    def without(self, parameter: str, value: str | None = None) -> "Selection":
        """The same selection less one parameter, or one value of it."""
        for prefix, field in (("not.", "left_out"), ("", "chosen")):
            name = parameter.removeprefix("not.")
            if name in FILTERS and parameter == prefix + name:
                values = dict(getattr(self, field)).get(name, ())
                kept = [v for v in values if value is not None and v != value]
                fewer: dict[str, Any] = {field: _with(getattr(self, field), name, kept)}
                return replace(self, **fewer)
        attribute = _ATTRIBUTES[parameter]
        default: dict[str, Any] = {attribute: getattr(Selection(), attribute)}
        return replace(self, **default)

    def cleared(self) -> "Selection":
        """Everything, in the same language, measure and day."""
        return Selection(measure=self.measure, on=self.on, lang=self.lang)

    def parameters(self) -> list[tuple[str, str]]:
        """The selection as URL parameters, in a fixed order; defaults are left away."""
        pairs = [(name, value) for name, values in self.chosen for value in values]
        pairs += [(f"not.{name}", value) for name, values in self.left_out for value in values]
        defaults = Selection()
        for parameter, attribute in _ATTRIBUTES.items():
            value = getattr(self, attribute)
            if value != getattr(defaults, attribute):
                pairs.append((parameter, _text(value)))
        return pairs

    def chips(self, words: Wording) -> list[Chip]:
        """Each choice as a label in the reader's language, in the order of the filters."""
        chips = []
        for name in FILTERS:
            for value in self.narrowing(name):
                chips.append(Chip(name, value, value_label(name, value, words)))
            for value in self.values_left_out(name):
                label = words("not {value}", value=value_label(name, value, words))
                chips.append(Chip(f"not.{name}", value, label))
        if self.q:
            chips.append(Chip("q", self.q, words("“{text}”", text=self.q)))
        if self.since is not None:
            chips.append(Chip("from", str(self.since), words("from {year}", year=self.since)))
        if self.until is not None:
            chips.append(Chip("to", str(self.until), words("to {year}", year=self.until)))
        if self.min_amount is not None:
            label = words("at least {amount}", amount=words.money(self.min_amount))
            chips.append(Chip("min_amount", _text(self.min_amount), label))
        if self.max_amount is not None:
            label = words("at most {amount}", amount=words.money(self.max_amount))
            chips.append(Chip("max_amount", _text(self.max_amount), label))
        return chips

    def phrases(self, words: Wording) -> list[str]:
        """What narrows the projects, as phrases that follow "24 projects"."""
        said = []
        for name in FILTERS:
            unknown, known = words("{filter} not known"), words("{filter} known")
            asked = _parts(self, name, self.narrowing(name), _phrases(words)[name], unknown, words)
            said += [words.any_of(asked)] if asked else []
            left_out = self.values_left_out(name)
            said += _parts(self, name, left_out, _opposites(words)[name], known, words)
        if self.q:
            said.append(words("with the words “{text}”", text=self.q))
        if self.since is not None and self.until is not None:
            said.append(words("active in {a}–{b}", a=self.since, b=self.until))
        elif self.since is not None:
            said.append(words("active in {year} or later", year=self.since))
        elif self.until is not None:
            said.append(words("active in {year} or earlier", year=self.until))
        measure = in_sentence(words.label("measure", self.measure))
        low, high = self.min_amount, self.max_amount
        if low is not None and high is not None:
            between = words("{measure} between {a} and {b}")
            said.append(between.format(measure=measure, a=words.money(low), b=words.money(high)))
        elif low is not None:
            at_least = words("{measure} at least {amount}")
            said.append(at_least.format(measure=measure, amount=words.money(low)))
        elif high is not None:
            at_most = words("{measure} at most {amount}")
            said.append(at_most.format(measure=measure, amount=words.money(high)))
        return said

    def in_words(self, words: Wording, projects: int) -> str:
        """The selection as a sentence: '24 projects in Finland or Sweden, for older people'."""
        count = words.plural("{n} project", "{n} projects", projects)
        phrases = self.phrases(words)
        if not phrases:
            return words.plural("All {n} project", "All {n} projects", projects)
        if words.lang == "fi":
            return f"{count}: {'; '.join(phrases)}"
        return f"{count} {', '.join(phrases)}"

    def pattern(self) -> tuple["Selection", dict[str, str]]:
        """The selection with marks in place of the codes chosen, and what each mark stands for.

        Selections of one pattern keep projects by one statement, but for the codes in it.
        """
        if MARK in self.q:
            return self, {}
        marks: dict[str, str] = {}

        def in_marks(all_values: Values) -> Values:
            return tuple(
                (name, tuple(_mark(name, value, marks) for value in values))
                for name, values in all_values
            )

        chosen, left_out = in_marks(self.chosen), in_marks(self.left_out)
        return replace(self, chosen=chosen, left_out=left_out, lang="en"), marks

    def matching(self, tables: Mapping[str, ir.Table], *, but: str = "") -> ir.Table:
        """The rows of `facts` that the selection keeps, one a project.

        `but` names a filter to pass over: the hits beside its options are counted that way.
        """
        facts = tables["facts"]
        tests = [
            test
            for name in FILTERS
            if name != but
            for test in self._filter_tests(tables, facts, name)
        ]
        tests += self._text_tests(facts) + self._year_tests(facts) + self._amount_tests(facts)
        return facts.filter(reduce(and_, tests)) if tests else facts

    def _filter_tests(
        self, tables: Mapping[str, ir.Table], facts: ir.Table, name: str
    ) -> list[ir.BooleanValue]:
        kept, dropped = self.narrowing(name), self.values_left_out(name)
        if name == "status":
            status = status_on(facts, self.day)
            tests = [status.isin(kept)] if kept else []
            return tests + ([status.notin(dropped)] if dropped else [])
        tests = [_has_any(tables, facts, name, kept)] if kept else []
        return tests + ([~_has_any(tables, facts, name, dropped, surely=True)] if dropped else [])

    def _text_tests(self, facts: ir.Table) -> list[ir.BooleanValue]:
        wanted, unwanted = search_terms(self.q)
        tests = [facts.search_text.contains(term) for term in wanted]
        return tests + [~facts.search_text.contains(term) for term in unwanted]

    def _year_tests(self, facts: ir.Table) -> list[ir.BooleanValue]:
        """Active in between, where that is certain: an unknown end is not taken as endless."""
        start, end = facts.start_date, facts.end_date
        tests = []
        if self.until is not None:
            tests.append(ibis.coalesce(start, end) <= ibis.date(self.until, 12, 31))
        if self.since is not None:
            tests.append(ibis.coalesce(end, start) >= ibis.date(self.since, 1, 1))
        return tests

    def _amount_tests(self, facts: ir.Table) -> list[ir.BooleanValue]:
        amount = facts[self.measure]
        tests = [amount >= self.min_amount] if self.min_amount is not None else []
        return tests + ([amount <= self.max_amount] if self.max_amount is not None else [])


def _mark(name: str, value: str, marks: dict[str, str]) -> str:
    """A mark for a value that the predicate does nothing with but compare it."""
    if value == UNKNOWN or name in ("relevance", "status"):
        return value
    return marked(value, marks)


def marked(code: str, marks: dict[str, str]) -> str:
    """A mark in place of a plain code, noted in `marks`; anything else as it is."""
    if not PLAIN_CODE.fullmatch(code):
        return code
    mark = f"{MARK}{len(marks)}{MARK}"
    marks[mark] = code
    return mark


def _has_any(
    tables: Mapping[str, ir.Table],
    facts: ir.Table,
    name: str,
    values: tuple[str, ...],
    *,
    surely: bool = False,
) -> ir.BooleanValue:
    """True for the projects with one of the values of a filter; 'unknown' is a value.

    Of the others it is false or missing, or where it must be told `surely`, false. An engine that
    reads a plain comparison skips the parts of a table that hold no such value.
    """
    said = [value for value in values if value != UNKNOWN]
    if name == "project":
        records = tables["identities"]
        return facts.project_id.isin(records.filter(records.record_id.isin(said)).project_id)
    if name in FACT_FILTERS:
        column = facts[FACT_FILTERS[name]]
        has, missing = column.isin(said), column.isnull()
        has = has.fill_null(False) if surely else has
    else:
        linked = tables["filter_values"]
        having = linked.filter((linked.parameter == name) & linked.value.isin(said))
        has, missing = facts.project_id.isin(having.project_id), ~facts[f"has_{name}"]
    if UNKNOWN not in values:
        return has
    return has | missing if said else missing


def _parts(
    selection: Selection,
    name: str,
    values: tuple[str, ...],
    pattern: str,
    unknown: str,
    words: Wording,
) -> list[str]:
    """What one filter's values say: those with a name, and the one that is not known."""
    labels = [value_label(name, value, words) for value in values if value != UNKNOWN]
    if name == "relevance":
        labels = [words(_RELEVANCE[value]) for value in values if value in _RELEVANCE]
    if name in _COMMON_NOUNS:
        labels = [in_sentence(label) for label in labels]
    parts = []
    if labels:
        day = words.date(selection.day)
        parts.append(pattern.format(values=words.any_of(labels), day=day))
    if UNKNOWN in values:
        parts.append(unknown.format(filter=in_sentence(filter_label(name, words))))
    return parts


_ATTRIBUTES = {
    "q": "q",
    "from": "since",
    "to": "until",
    "measure": "measure",
    "min_amount": "min_amount",
    "max_amount": "max_amount",
    "on": "on",
    "lang": "lang",
}


def status_on(facts: ir.Table, day: date) -> ir.StringValue:
    """Planned, running, ended or unknown on a day, from the displayed period."""
    start, end, on = facts.start_date, facts.end_date, ibis.date(day.year, day.month, day.day)
    return ibis.cases(
        (start > on, "planned"),
        (end < on, "ended"),
        ((start <= on) & (end >= on), "running"),
        else_=UNKNOWN,
    )


def search_terms(q: str) -> tuple[list[str], list[str]]:
    """The terms a text asks for and the terms it leaves out; quotes hold a phrase together."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in re.findall(r'(-?)(?:"([^"]*)"|(\S+))', q):
        term = fold(phrase or word).strip().strip('"')
        if term and term != "-":
            (unwanted if minus else wanted).append(term)
    return wanted, unwanted


def parse(
    pairs: Iterable[tuple[str, str]], known: Mapping[str, Collection[str]]
) -> tuple[Selection, list[Problem]]:
    """A selection from URL parameters, and what in them means nothing.

    `known` gives the values that exist for each filter and for `measure`. A parameter that is not
    ours is ignored; a bad value is a Problem and changes nothing else. Codes match in any case.
    """
    problems: list[Problem] = []
    lists: dict[str, list[str]] = {}
    singles: dict[str, str] = {}
    for key, raw in pairs:
        value = raw.strip()
        name = key.removeprefix("not.")
        if key in SINGLE and key != "lang" and value:
            singles[key] = value
        elif key == "lang" and value:
            singles[key] = value.lower()
        elif name in FILTERS and value:
            found = _known_value(name, value, known)
            if found is None:
                problems.append(Problem(key, value, _NOT_KNOWN))
            elif len(lists.get(key, ())) >= MOST_VALUES:
                problems.append(Problem(key, value, _TOO_MANY))
            elif found not in lists.setdefault(key, []):
                lists[key].append(found)
    selection = Selection(
        chosen=tuple((n, tuple(sorted(lists[n]))) for n in FILTERS if n in lists),
        left_out=tuple(
            (n, tuple(sorted(lists[f"not.{n}"]))) for n in FILTERS if f"not.{n}" in lists
        ),
    )
    for key, value in singles.items():
        attribute = _ATTRIBUTES[key]
        read, reason = _READERS[key](value, known)
        if reason:
            problems.append(Problem(key, value, reason))
        else:
            selection = replace(selection, **{attribute: read})
    if selection.since and selection.until and selection.since > selection.until:
        problems.append(Problem("from", str(selection.since), _BACKWARDS))
        selection = replace(selection, since=None)
    low, high = selection.min_amount, selection.max_amount
    if low is not None and high is not None and low > high:
        problems.append(Problem("min_amount", _text(low), _ABOVE))
        selection = replace(selection, min_amount=None)
    return selection, problems


def value_label(name: str, value: str, words: Wording) -> str:
    """The label of a filter's value."""
    if value == UNKNOWN:
        return words("{filter}: not known", filter=filter_label(name, words))
    return words.label(name, value)


def filter_label(name: str, words: Wording) -> str:
    """The name of a filter."""
    return {
        "country": words("Country"),
        "lead_country": words("Lead country"),
        "collection": words("Collection"),
        "programme": words("Programme"),
        "fund": words("Fund"),
        "programming_period": words("Programming period"),
        "target_group": words("Target group"),
        "service": words("Service"),
        "region": words("Region"),
        "wellbeing_county": words("Wellbeing services county"),
        "status": words("Status"),
        "organisation": words("Organisation"),
        "project": words("Project"),
        "relevance": words("Relevance"),
    }[name]


_NOT_KNOWN = message("this value does not exist here; it was left out")
_TOO_MANY = message("too many values; the rest were left out")
_NOT_A_YEAR = message("this is not a year between 1900 and 2100; it was left out")
_NOT_AN_AMOUNT = message("this is not an amount of zero or more; it was left out")
_NOT_A_DATE = message("this is not a date like 2024-05-01; today is used")
_NOT_A_LANGUAGE = message("the languages are en and fi; English is used")
_TOO_LONG = message("the search text is longer than 200 characters; it was left out")
_BACKWARDS = message("the first year is after the last; it was left out")
_ABOVE = message("the least amount is above the greatest; it was left out")


_COMMON_NOUNS = ("target_group", "service", "status")
"""The filters whose labels are no names, so that they stand in small letters in a sentence."""

_RELEVANCE = {SOCIAL: message("about social services"), OTHER: message("on other subjects")}
"""What the projects of each value of `relevance` are, in a sentence."""


def _phrases(words: Wording) -> dict[str, str]:
    return {
        "country": words("in {values}"),
        "lead_country": words("led from {values}"),
        "collection": words("of {values}"),
        "programme": words("in the programme {values}"),
        "fund": words("paid from {values}"),
        "programming_period": words("of the period {values}"),
        "target_group": words("for {values}"),
        "service": words("on {values}"),
        "region": words("in the region {values}"),
        "wellbeing_county": words("in the wellbeing county {values}"),
        "status": words("{values} on {day}"),
        "organisation": words("with {values}"),
        "project": words("named {values}"),
        "relevance": "{values}",
    }


def _opposites(words: Wording) -> dict[str, str]:
    return {
        "country": words("not in {values}"),
        "lead_country": words("not led from {values}"),
        "collection": words("not of {values}"),
        "programme": words("not in the programme {values}"),
        "fund": words("not paid from {values}"),
        "programming_period": words("not of the period {values}"),
        "target_group": words("not for {values}"),
        "service": words("not on {values}"),
        "region": words("not in the region {values}"),
        "wellbeing_county": words("not in the wellbeing county {values}"),
        "status": words("not {values} on {day}"),
        "organisation": words("without {values}"),
        "project": words("other than {values}"),
        "relevance": words("not {values}"),
    }


def _known_value(name: str, value: str, known: Mapping[str, Collection[str]]) -> str | None:
    if value.lower() == UNKNOWN:
        return UNKNOWN
    values = STATUSES if name == "status" else known[name]
    for candidate in (value, value.lower(), value.upper()):
        if candidate in values:
            return candidate
    return None


def _year(value: str, known: Mapping[str, Collection[str]]) -> tuple[int | None, str]:
    if re.fullmatch(r"[0-9]{4}", value) and FIRST_YEAR <= int(value) <= LAST_YEAR:
        return int(value), ""
    return None, _NOT_A_YEAR


def _amount(value: str, known: Mapping[str, Collection[str]]) -> tuple[float | None, str]:
    if re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,4})?", value):
        return float(value), ""
    return None, _NOT_AN_AMOUNT


def _day(value: str, known: Mapping[str, Collection[str]]) -> tuple[date | None, str]:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value), ""
        except ValueError:
            pass
    return None, _NOT_A_DATE


def _measure(value: str, known: Mapping[str, Collection[str]]) -> tuple[str | None, str]:
    return (value.lower(), "") if value.lower() in known["measure"] else (None, _NOT_KNOWN)


def _language(value: str, known: Mapping[str, Collection[str]]) -> tuple[str | None, str]:
    return (value, "") if value in LANGUAGES else (None, _NOT_A_LANGUAGE)


def _search(value: str, known: Mapping[str, Collection[str]]) -> tuple[str | None, str]:
    return (value, "") if len(value) <= LONGEST_TEXT else (None, _TOO_LONG)


_READERS: Mapping[str, Callable[[str, Mapping[str, Collection[str]]], tuple[Any, str]]] = {
    "q": _search,
    "from": _year,
    "to": _year,
    "measure": _measure,
    "min_amount": _amount,
    "max_amount": _amount,
    "on": _day,
    "lang": _language,
}


def _text(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _with(pairs: Values, name: str, values: Iterable[str]) -> Values:
    changed = dict(pairs) | {name: tuple(sorted(set(values)))}
    return tuple((n, changed[n]) for n in FILTERS if changed.get(n))
