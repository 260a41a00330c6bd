"""EURA's lists and export as the register writes them, written for the tests."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

MONEY = (
    "Myönnetty EU- ja valtion rahoitus",
    "Toteutunut EU- ja valtion rahoitus",
    "Suunniteltu julkinen rahoitus yhteensä",
    "Toteutunut julkinen rahoitus yhteensä",
)
END = ("Aloituspvm", "Päättymispvm", "Toteuttajan nimi", *MONEY)
LIST_2014 = ("Koodi", "Rahasto", "Hankkeen nimi", "Tl", "Viranomainen", "Tila", *END)
LIST_2007 = (
    *("Koodi", "Rahasto", "Projektin nimi", "Ohjelma / osio", "Tl", "Viranomainen"),
    *("Toiminnan tila", *END),
)
EURA_2021 = (
    *("Hankekoodi ", "Ryhmähanketunnus", "Rahasto", "EAKR-/JTF-alatyyppi", "Tl", "Et"),
    *("Hankkeen nimi", "Toteuttajan nimi", "Toteuttajan Y-tunnus", "Rahoittava viranomainen"),
    *("Toiminnan tila", "Aloituspvm", "Päättymispvm", "Suunniteltu EU- ja valtion rahoitus"),
    *("Suunniteltu julkinen rahoitus", "Suunniteltu rahoitus yhteensä"),
    *("Toteutunut EU- ja valtion rahoitus", "Toteutunut julkinen rahoitus"),
    *("Toteutunut rahoitus yhteensä", "Toteutunut EU-rahoituksen määrä", "Tukitoimen ala"),
    *("Sijainti", "Toteutuspaikan postinumero", "Toteutuspaikan postitoimipaikka"),
    *("Tuensaajan postinumero", "Tuensaajan postitoimipaikka", "Tukimuoto"),
    "Alueellinen täytäntöönpanomekanismi ja alueellinen painopiste",
    *("Taloudellinen toiminta", "Toissijainen teema, vain ESR+", "Sukupuolten tasa-arvo"),
    "Itämeren alueen strategia",
    "Suunnitelman mukainen tiivistelmä hankkeen toteutuksesta",
    *("Hankekuvauksen osoite", "Hankkeen kotisivun osoite"),
)


def write_list(
    path: Path, header: Sequence[str], lines: Sequence[str], encoding: str = "iso-8859-1"
) -> Path:
    """A list as the register writes it: commas between cells and inside them, no quoting."""
    text = "\n".join([",".join(header), *lines]) + "\n"
    path.write_bytes(text.encode(encoding))
    return path


def write_cleaned(path: Path, header: Sequence[str], lines: Sequence[str]) -> Path:
    """A copy cleaned by hand: UTF-8, commas of titles as ` |`, semicolons at the ends."""
    text = "\n".join([",".join(header) + ";", *(f"{line},,;" for line in lines)]) + "\n"
    path.write_text(text, encoding="utf-8")
    return path


def write_2021(
    path: Path,
    rows: Sequence[Mapping[str, object]],
    header: Sequence[str] = EURA_2021,
    footer: Sequence[str] = (),
) -> Path:
    """The workbook of EURA 2021 with what stands below the projects."""
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "d.m.yyyy"})
        sheet = book.add_worksheet("Sheet")
        sheet.write_row(0, 0, header)
        for number, row in enumerate(rows, 1):
            for place, name in enumerate(header):
                value = row.get(name.strip())
                if hasattr(value, "isoformat"):
                    sheet.write_datetime(number, place, value, day)
                elif value is not None:
                    sheet.write(number, place, value)
        for number, words in enumerate(footer, len(rows) + 1):
            sheet.write(number, 0, words)
    return path
