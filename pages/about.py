"""Can these figures be trusted: sources, coverage, conflicts, words, terms."""

import streamlit as st

from projectdata.ui import about
from projectdata.ui.page import here
from projectdata.ui.prose import plain

run = here()
words = run.words
st.title(words("About"))
st.markdown(
    plain(
        words(
            "Where the figures come from, how much is known, where sources disagree, and what"
            " the words mean."
        )
    )
)
about.show(run, about.section_switch(run))
