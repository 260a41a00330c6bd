"""A page of a server that has no room for its question."""

import duckdb
import pytest

from projectdata import paths, store
from projectdata.catalog import open_catalog
from tests.app.test_funding_page import page


def leave_no_room(connection):
    """The smallest limit that what is held already allows, to a tenth of a megabyte."""
    connection.execute("set temp_directory = ''")
    for limit in range(100_000, 1_000_000_000, 100_000):
        try:
            connection.execute(f"set memory_limit = '{limit}B'")
        except duckdb.OutOfMemoryException:
            continue
        return


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "load the page again"), ("fi", "lataa sivu hetken kuluttua")]
)
def test_it_keeps_its_title_and_says_so_in_the_readers_language(lang, said, monkeypatch):
    catalog = open_catalog(paths.data_folder())
    own = store.Store(paths.data_folder(), _catalog=catalog)
    own._seen = own._state()
    monkeypatch.setattr(store, "STORE", own)
    assert page("funding", lang=lang).warning == []
    catalog._memory.forget()
    leave_no_room(catalog.engine.connection)
    app = page("funding", lang=lang)
    assert not app.exception
    assert len(app.title) <= 1
    assert any(said in part.value for part in app.warning)
