"""The dashboard: `streamlit run dashboard.py`, or any ASGI server with `dashboard:app`."""

import streamlit as st

from projectdata import paths

app = st.App(paths.PACKAGE / "ui" / "frame.py")
