"""Words, labels, numbers and dates in the reader's language."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date as Day  # noqa: N812 - `Wording.date` would hide it
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale, dates, lists, numbers
from babel.messages.pofile import read_po

LANGUAGES = ("en", "fi")
UNKNOWN = "unknown"
"""The value of a filter that says that nothing is known."""

LOCALES = {"en": "en_IE", "fi": "fi_FI"}
"""Ireland's English: euros in front and the day before the month."""

CATALOGUES = Path(__file__).parent / "locale"
NARROW = "\N{NARROW NO-BREAK SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"


FORMATTED = 20_000
"""How many written numbers and dates are kept: a page writes hundreds, most of them again."""


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(LOCALES[lang])


@lru_cache(maxsize=FORMATTED)
def _decimal(lang: str, value: float, digits: int) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return numbers.format_decimal(value, format=pattern, locale=_locale(lang))


@lru_cache(maxsize=FORMATTED)
def _date(lang: str, day: Day) -> str:
    pattern = "d.M.y" if lang == "fi" else "d MMMM y"
    return dates.format_date(day, pattern, locale=_locale(lang))


@lru_cache(maxsize=FORMATTED)
def _month(lang: str, day: Day) -> str:
    return dates.format_skeleton("yMMMM", day, locale=_locale(lang))


def message(text: str) -> str:
    """Mark a message for translation where it is written, when it is said elsewhere."""
    return text


@cache
def catalogue(lang: str) -> Mapping[str, str | tuple[str, ...]]:
    """The messages of a language by their English; English itself has none."""
    path = CATALOGUES / lang / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        messages = read_po(file, locale=lang)
    found: dict[str, str | tuple[str, ...]] = {}
    for message in messages:
        text = message.string or ""
        said = (text,) if isinstance(text, str) else tuple(text)
        if message.id and all(said):
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = text if isinstance(text, str) else said
    return found


@dataclass(frozen=True)
class Wording:
    """One language: call it with an English message to get the reader's words."""

    lang: str
    labels: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict, repr=False)
    """(code list, code) -> {'en', 'fi', 'en_description', 'fi_description'}"""
    names: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)
    """(filter, value) -> name of an organisation or a project"""

    def __call__(self, message: str, **values: object) -> str:
        """A message with its values filled in; without values, the pattern itself."""
        found = catalogue(self.lang).get(message, message)
        text = found if isinstance(found, str) else found[0]
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The message for one or for many; `{n}` stands for the number as people read it."""
        forms = catalogue(self.lang).get(one, (one, many))
        forms = (forms, forms) if isinstance(forms, str) else forms
        return forms[0 if n == 1 else 1].format(n=self.number(n), **values)

    @property
    def locale(self) -> Locale:
        """The Babel locale."""
        return _locale(self.lang)

    def label(self, code_list: str, code: str | None) -> str:
        """The label of a code; the code itself where the list does not hold it."""
        if code is None or code != code:  # NaN is how a data frame says "missing"
            return self("not known")
        if code_list in ("country", "lead_country"):
            return self.country(code)
        found = self.labels.get((code_list, code))
        return found[self.lang] if found else self.names.get((code_list, code), code)

    def description(self, code_list: str, code: str) -> str:
        """What a code means, in plain words; empty where the list says nothing."""
        return self.labels.get((code_list, code), {}).get(f"{self.lang}_description", "")

    def country(self, code: str) -> str:
        """The name of a country by its ISO 3166 code."""
        return self.locale.territories.get(code, code)

    def language(self, code: str) -> str:
        """The name of a language by its ISO 639 code."""
        return self.locale.languages.get(code, code)

    def number(self, value: float, digits: int = 0) -> str:
        """A number as people write it, e.g. 1 504 960 or 0,3."""
        return self._spaced(_decimal(self.lang, value + 0, digits))

    def rate(self, value: float) -> str:
        """A rate with one decimal, or with two digits that count: 17.8, 3.8, 0.33, 0.0024."""
        small = 0 < abs(value) < 0.995
        value = float(f"{value:.1e}") if small else value
        digits = 1 - math.floor(math.log10(abs(value))) if small else 1
        return self.number(value, digits)

    def percent(self, share: float, digits: int = 0) -> str:
        """A share of one as a percentage."""
        text = _decimal(self.lang, share * 100, digits)
        return f"{text}{NO_BREAK}%" if self.lang == "fi" else f"{text}%"

    def money(self, amount: float, currency: str = "EUR") -> str:
        """An amount in full: 1 504 960 € or €1,504,960; cents only where there are some."""
        digits = 0 if float(amount).is_integer() else 2
        text = self.number(amount, digits)
        symbol = "€" if currency == "EUR" else currency
        if self.lang == "fi" or symbol != "€":
            return f"{text}{NO_BREAK}{symbol}"
        return f"{symbol}{text}"

    def money_short(self, amount: float) -> str:
        """An amount in millions or thousands: 1,5 milj. € or €1.5 million."""
        for limit, one in ((1e9, self("billion")), (1e6, self("million"))):
            if abs(amount) >= limit * 0.9995:
                digits = 0 if abs(amount) >= 99.95 * limit else 1
                text = self.number(round(amount / limit, digits), digits)
                text = text.removesuffix(".0").removesuffix(",0")
                return (
                    f"{text}{NO_BREAK}{one}{NO_BREAK}€"
                    if self.lang == "fi"
                    else f"€{text}{NO_BREAK}{one}"
                )
        return self.money(round(amount))

    def date(self, day: Day, precision: str = "day") -> str:
        """A date to its precision: 1.9.2014, syyskuu 2022, 2023."""
        if precision == "year":
            return str(day.year)
        if precision == "month":
            return _month(self.lang, day)
        return _date(self.lang, day)

    def period(self, start: Day | None, end: Day | None, precision: str) -> str:
        """A period to its precision, with an open end said in words."""
        if start is None:
            if end is None:
                return self("not known")
            return self("until {end}", end=self.date(end, precision))
        if end is None:
            return self("from {start}, end not known", start=self.date(start, precision))
        if precision == "year" and start.year == end.year:
            return str(start.year)
        return f"{self.date(start, precision)} – {self.date(end, precision)}".replace(
            " – ", "–" if precision == "year" else " – "
        )

    def any_of(self, items: Iterable[str]) -> str:
        """'a, b or c'."""
        return lists.format_list(list(items), style="or", locale=self.locale)

    def all_of(self, items: Iterable[str]) -> str:
        """'a, b and c'."""
        return lists.format_list(list(items), style="standard", locale=self.locale)

    def _spaced(self, text: str) -> str:
        return text.replace(NARROW, NO_BREAK)


def in_sentence(label: str) -> str:
    """A label inside a sentence: 'Older people' -> 'older people', but 'ESF' stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
