"""The page shown when there is nothing to show: what is wrong, in sentences."""

import streamlit as st

from projectdata.errors import AwayError, BusyError, DataError
from projectdata.ui.prose import plain
from projectdata.wording import Wording


def page(fault: DataError, words: Wording | None = None) -> None:
    """Name each problem with file and row, and what to do.

    Without words it speaks the language of the browser.
    """
    words = words or Wording("fi" if (st.context.locale or "").startswith("fi") else "en")
    if isinstance(fault, BusyError):
        st.warning(
            plain(
                words(
                    "Too many large questions are being answered at once, so the rest of this page "
                    "has no answer. Nothing is lost: load the page again in a moment."
                )
            )
        )
        return
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
