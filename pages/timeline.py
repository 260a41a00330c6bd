"""When projects run, and on which years their money falls."""

from projectdata.ui import timeline
from projectdata.ui.chrome import opening
from projectdata.ui.page import here

run = here()
words = run.words
opening(
    run,
    words("When projects run"),
    words(
        "Which projects run now, which end soon, and how projects and money fall on the years. "
        "Dates are as exact as their source; what is not known stays open."
    ),
)
if run.projects:
    timeline.bars_card(run)
    timeline.years_cards(run)
    timeline.money_card(run)
    timeline.endings_cards(run)
    timeline.conflicts_card(run)
    timeline.undated_card(run)
