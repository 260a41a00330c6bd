"""When projects run, and on which years their money falls."""

from projectdata.ui import timeline_bars, timeline_conflicts, timeline_lists, timeline_years
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
    timeline_bars.bars_card(run)
    timeline_years.years_cards(run)
    timeline_years.money_card(run)
    timeline_lists.endings_cards(run)
    timeline_conflicts.conflicts_card(run)
    timeline_lists.undated_card(run)
