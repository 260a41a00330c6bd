"""How much money projects have, and on which basis."""

import streamlit as st

from projectdata.ui import (
    funding,
    funding_compared,
    funding_flow,
    funding_known,
    funding_sizes,
)
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
    funding_known.measures_card(run)
    funding_known.states_card(run)

    st.markdown(plain(words("The figures below compare the chosen amount. Choose between what.")))
    by = funding.by_switch(run)
    funding_compared.comparison(run, by, summary)
    funding_compared.eu_share(run, by)

    funding_sizes.distribution(run, summary)
    funding_sizes.biggest(run, summary)
    funding_flow.flow(run, summary)
    funding_known.other_currencies(run)
