"""What a page asks of the frame: the catalog, the selection, the words and the colours."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from projectdata import palette, store
from projectdata.catalog import Catalog, Query
from projectdata.queries import summary
from projectdata.selection import Problem, Selection
from projectdata.ui import address
from projectdata.wording import Wording


@dataclass(frozen=True)
class Here:
    """One run of one page."""

    catalog: Catalog
    selection: Selection
    problems: tuple[Problem, ...]
    words: Wording
    colours: palette.Colours

    def rows(self, query: Query, *args: Hashable) -> pd.DataFrame:
        """The answer to a query for the selection of the page."""
        return self.catalog.rows(query, self.selection, *args)

    @cached_property
    def projects(self) -> int:
        """How many projects the selection keeps."""
        return int(self.totals["projects"])

    @cached_property
    def totals(self) -> pd.Series:
        """Projects, and the count and sum of each measure."""
        return self.rows(summary.measure_totals).iloc[0]

    @property
    def sentence(self) -> str:
        """The selection in words."""
        return self.selection.in_words(self.words, self.projects)


def here() -> Here:
    """Everything that a page needs of this run."""
    catalog = store.catalog()
    chosen, problems = address.selection(catalog)
    dark = getattr(st.context.theme, "type", "light") == "dark"
    return Here(
        catalog=catalog,
        selection=chosen,
        problems=tuple(problems),
        words=catalog.wording(chosen),
        colours=palette.DARK if dark else palette.LIGHT,
    )
