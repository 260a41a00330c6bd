"""What the address says the map shows: its layer, its marks, a spot, lines, a closer view."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from projectdata.ui import address
from projectdata.ui.page import Here
from projectdata.ui.prose import plain

RATES = ("projects_per_100000", "money_per_100000")
LAYERS = ("projects", "money", *RATES, "none")
MARKS = ("places", "seats", "labs", "none")


@dataclass(frozen=True)
class Shown:
    """What the address says the map shows."""

    layer: str
    marks: str
    lines: str
    spot: tuple[float, ...]
    close: tuple[float, ...]


def shown() -> Shown:
    """The map's own parameters of the address; what means nothing is passed over."""
    return Shown(
        layer=one_of("layer", LAYERS),
        marks=one_of("marks", MARKS),
        lines="".join(address.own("lines")[:1]),
        spot=_numbers("spot", 4),
        close=_numbers("view", 3),
    )


def name_odd_values(here: Here, wanted: Shown) -> None:
    """Say which of the map's own parameters mean nothing."""
    read = {
        "layer": wanted.layer,
        "marks": wanted.marks,
        "spot": wanted.spot,
        "view": wanted.close,
    }
    for name, value in read.items():
        given = "".join(address.own(name)[:1])
        if given and (not value or (name in ("layer", "marks") and given != value)):
            said = here.words(
                "{parameter} = “{value}”: this value means nothing here; it was left out",
                parameter=name,
                value=given[:60],
            )
            st.warning(plain(said), icon=":material/link_off:")


def one_of(name: str, options: Sequence[str]) -> str:
    """The value of a parameter where it is one of the options, else the first of them."""
    given = address.own(name)[:1]
    return given[0] if given and given[0] in options else options[0]


def _numbers(name: str, count: int) -> tuple[float, ...]:
    """The numbers of a parameter like 24.9,60.2,25.1,60.4; nothing where they are not so."""
    try:
        numbers = tuple(float(part) for part in "".join(address.own(name)[:1]).split(","))
    except ValueError:
        return ()
    sound = len(numbers) == count and all(-180 <= number <= 180 for number in numbers)
    return numbers if sound else ()


def joined(numbers: Sequence[float]) -> str:
    """Numbers as a parameter holds them."""
    return ",".join(f"{number:.10g}" for number in numbers)
