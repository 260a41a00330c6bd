"""The frame around every page: title, navigation, language, filters, count, footer.

This is the script Streamlit runs. It lies in a folder without `pages/`, because a folder of that
name beside the script would switch the server to another kind of multipage app (docs/decisions).
"""

import streamlit as st

from projectdata import paths
from projectdata.errors import AwayError, DataError
from projectdata.ui import address, broken, filters
from projectdata.ui.chrome import FILTERED, footer, header, pages
from projectdata.ui.page import here

ICON = str(paths.PACKAGE / "ui" / "static" / "icon.png")

try:
    run = here()
except DataError as fault:
    st.set_page_config(page_title="projectdata", page_icon=ICON)
    broken.page(fault)
else:
    page = st.navigation(pages(run), position="top")
    st.set_page_config(
        page_title=f"{page.title} – projectdata",
        page_icon=ICON,
        layout="wide",
        initial_sidebar_state=filters.sidebar_state(),
    )
    try:
        address.remember(page.url_path)
        if page.url_path in FILTERED:
            address.open_on_lens(run.catalog, page.url_path)
        run = here()
        header(run, filtered=page.url_path in FILTERED)
        page.run()
    except AwayError as fault:
        broken.page(fault, run.words)
    footer(run)
