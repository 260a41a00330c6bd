"""The yardstick: a page with one filter of as many options as ours and the number of its hits.

It asks nothing and draws nothing else, so a click on it costs what Streamlit and the browser cost.
"""

import streamlit as st

COUNTRIES = [f"Country {n}" for n in range(40)]

st.title("Empty")
chosen = st.multiselect("Country", COUNTRIES)
st.markdown(f"**{len(chosen)} chosen**")
