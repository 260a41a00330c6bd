"""Who takes part, and with whom."""

from projectdata.ui import organisations
from projectdata.ui.chrome import beside, opening
from projectdata.ui.page import here

run = here()
organisation = organisations.asked_for(run)
if organisation is not None:
    beside(run)
    organisations.one(run, organisation)
else:
    opening(
        run,
        run.words("Organisations"),
        run.words("Who leads and takes part in these projects, since when, and with whom."),
    )
    organisations.counts(run)
    organisations.table(run)
    organisations.network(run)
