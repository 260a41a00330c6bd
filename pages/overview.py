"""What is here, at a glance."""

from projectdata.ui import overview
from projectdata.ui.chrome import opening
from projectdata.ui.page import here

run = here()
words = run.words
opening(
    run,
    overview.title(run),
    words(
        "Where they are, when they run, who does them, for whom, and with what money. Every figure "
        "leads to its source, and what is not known is said."
    ),
)
if run.projects:
    overview.strip(run)
    overview.where_and_when(run)
    overview.in_depth_cards(run)
    overview.money_card(run)
    overview.groups_card(run)
