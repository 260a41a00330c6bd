"""The lens: which projects are about social services, and why an imported one is among them."""

from dataclasses import dataclass
from functools import lru_cache

import ibis.expr.types as ir

from projectdata.catalog import Catalog
from projectdata.queries.facets import facets
from projectdata.selection import OTHER, SOCIAL, Selection


@dataclass(frozen=True)
class Split:
    """How many projects of a selection are about social services, and how many are not."""

    social: int
    other: int

    @property
    def all(self) -> int:
        """Both."""
        return self.social + self.other


def split(catalog: Catalog, selection: Selection) -> Split:
    """The projects of a selection on either side of the lens, whatever it says of `relevance`."""
    rows = facets(catalog, selection, ("relevance",)).set_index("value")["projects"]
    return Split(int(rows.get(SOCIAL, 0)), int(rows.get(OTHER, 0)))


@lru_cache(maxsize=1)  # of the newest: an older catalog is to be forgotten with its database
def holds_others(catalog: Catalog) -> bool:
    """True where something was imported that is not about social services."""
    return bool(catalog.holdings.imports) and split(catalog, Selection()).other > 0


def reasons(catalog: Catalog, selection: Selection) -> ir.Table:
    """One row per project and reason why it is in the lens: project_id, basis, evidence.

    Official categories come first. What was curated by hand has none.
    """
    rows = catalog.tables["lens_reasons"]
    rows = rows.filter(rows.project_id.isin(catalog.kept.project_id))
    return rows.select("project_id", "basis", "evidence").order_by("basis", "evidence")
