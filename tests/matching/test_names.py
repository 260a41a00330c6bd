import pytest

from projectdata.matching.names import compare, compare_organisations


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        ("LAPIN SOTE-SAVOTTA – uudistaminen", "Lapin Sotesavotta uudistaminen", "same"),
        ("Jokilaaksojen Ohjaamo - hanke", "Jokilaaksojen ohjaamo", "same"),
        ("Tuottavat työpaikat Lapissa", "Tuottavat työpaikka Lapissa", "spelling"),
        ("Osallisuus", "Osallisuus 2", "sequel"),
        ("Support in the South Region IV", "Support in the South Region VI", "sequel"),
        ("Tuki yrityksille 2014–2015", "Tuki yrityksille 2016–2017", "sequel"),
        ("Etelä-Savon Varikko", "Etelä-Savon Varikko ja sen verkosto", "contained"),
        ("Ohjaamo Lahti", "Ohjaamo Espoo", "different"),
        ("Kaiku", "Kaiku - rinnakkaishanke", "different"),
        ("", "Kaiku", "unknown"),
    ],
)
def test_names_of_projects_relate(one, other, way):
    assert compare(one, other) == compare(other, one) == way


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        ("TTY-säätiö", "TTY-säätiö sr", "same"),
        ("Terveyden ja hyvinvoinnin laitos", "Terveyden ja hyvinvoinnin laitos (THL)", "same"),
        ("Terveyden ja hyvinvoinnin laitos THL", "Terveyden ja hyvinvoinnin laitos", "same"),
        (
            "National Institute for Health and Welfare",
            "Finnish Institute for Health and Welfare (THL)",
            "spelling",
        ),
        (
            "Etelä-Savon elinkeino-, liikenne- ja ympäristökes",
            "Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus",
            "spelling",
        ),
        ("Helsingin yliopisto", "University of Helsinki", "translated"),
        ("Lapin Yliopisto", "University of Lapland", "translated"),
        ("LAB-ammattikorkeakoulu Oy", "LAB University of Applied Sciences Ltd", "translated"),
        ("Lahden ammattikorkeakoulu", "LAB-ammattikorkeakoulu", "similar"),
        ("Lahden ammattikorkeakoulu", "LAB University of Applied Sciences", "different"),
        ("Lapin yliopisto", "Lapin liitto", "similar"),
        ("Municipality of Xanthi", "Municipality of Chios", "different"),
    ],
)
def test_names_of_organisations_relate(one, other, way):
    assert compare_organisations(one, other) == compare_organisations(other, one) == way
