"""The yardstick: a Streamlit page with one filter and the number of its hits, and nothing else."""

import streamlit as st

COUNTRIES = [f"Country {n}" for n in range(40)]

st.title("Empty")
chosen = st.multiselect("Country", COUNTRIES)
st.markdown(f"**{len(chosen)} chosen**")
