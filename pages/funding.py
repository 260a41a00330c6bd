"""How much money projects have, and on which basis."""

import streamlit as st

from projectdata.ui import funding
from projectdata.ui.chrome import opening
from projectdata.ui.page import here
from projectdata.ui.prose import plain

run = here()
words = run.words
opening(
    run,
    words("Funding"),
    words(
        "How much money projects have, on a basis that is always named. "
        "Sources publish different amounts; unlike ones are never added or ranked together."
    ),
)
if run.projects:
    funding.measure_switch(run)
    summary = funding.key_figures(run)
    funding.measures_card(run)
    funding.states_card(run)

    st.markdown(plain(words("The figures below compare the chosen amount. Choose between what.")))
    by = funding.by_switch(run)
    funding.comparison(run, by, summary)
    funding.eu_share(run, by)

    funding.distribution(run, summary)
    funding.biggest(run, summary)
    funding.flow(run, summary)
    funding.other_currencies(run)
