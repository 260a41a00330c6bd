import io

from rich.console import Console

from projectdata.describe import lines


def printed(catalog):
    console = Console(file=io.StringIO(), width=200)
    for line in lines(catalog):
        console.print(line)
    return console.file.getvalue()


def test_describe_says_how_much_is_known(catalog):
    text = printed(catalog)
    assert "16 projects" in text
    assert "With an amount in any measure: 13 (81%)" in text
    assert "with an exact total and an exact EU contribution: 8 (50%)" in text
    assert "two-ways: When it ends (Sources disagree)" in text


def test_describe_says_the_same_of_the_curated_data(curated):
    text = printed(curated)
    assert "Conflicts between sources: " in text
    assert "near: When NEAR ends" in text
