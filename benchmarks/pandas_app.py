"""The yardstick of a click on many projects: the app that most tutorials show.

A data frame kept by `st.cache_data`, a filter, a group, a bar chart and the first rows. The file is
named by the environment, and a number of rows where the machine could not hold them all.
"""

import os

import pandas as pd
import pyarrow.parquet as pq
import streamlit as st


@st.cache_data
def projects(path: str, rows: int) -> pd.DataFrame:
    whole = pq.ParquetFile(path)
    batches = whole.iter_batches(batch_size=rows)
    return next(batches).to_pandas() if rows < whole.metadata.num_rows else pd.read_parquet(path)


st.title("Projects")
everything = projects(os.environ["BENCHMARK_PARQUET"], int(os.environ["BENCHMARK_PANDAS_ROWS"]))
countries = everything["Country"].value_counts().index[:40].tolist()
chosen = st.multiselect("Country", countries)
kept = everything[everything["Country"].isin(chosen)] if chosen else everything
st.markdown(f"**{len(kept)} projects**")
money = pd.to_numeric(kept["Total_Eligible_Expenditure_amount"], errors="coerce")
st.bar_chart(money.groupby(kept["Fund_Code"]).sum())
st.dataframe(kept.head(100))
