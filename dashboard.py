"""The dashboard: `streamlit run dashboard.py`, or any ASGI server with `dashboard:app`."""

from pathlib import Path

import streamlit as st

from projectdata import api, paths, server

server.settle_configuration(Path(__file__))
app = st.App(
    paths.PACKAGE / "ui" / "frame.py",
    routes=api.routes(),
    middleware=server.middleware(),
    lifespan=server.lifespan,
)
