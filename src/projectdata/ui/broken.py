"""The page shown when there is nothing to show: what is wrong, in sentences."""

import streamlit as st

from projectdata.errors import AwayError, DataError
from projectdata.ui.prose import plain
from projectdata.wording import Wording


def page(fault: DataError) -> None:
    """Name each problem with file and row, and what to do."""
    words = Wording("fi" if (st.context.locale or "").startswith("fi") else "en")
    st.title(words("The data cannot be read"))
    if not isinstance(fault, AwayError):
        st.markdown(
            plain(
                words(
                    "Nothing is shown until these problems are mended. "
                    "Mend the files and load this page again."
                )
            )
        )
    st.markdown("\n".join(f"- {plain(problem)}" for problem in fault.problems[:50]))
