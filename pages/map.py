"""Where projects are."""

from projectdata.ui import map as cards
from projectdata.ui import people
from projectdata.ui.chrome import opening
from projectdata.ui.page import here

run = here()
opening(
    run,
    run.words("Map"),
    run.words(
        "Where the projects are: by country and by place. "
        "Choose a country to narrow everything to it, or a mark to list what is there."
    ),
)
cards.map_card(run)
cards.spot_card(run)
cards.partners_card(run)
people.counties_card(run)
cards.places_card(run)
cards.unplaced_card(run)
