"""Where projects are."""

from projectdata.ui import map_chosen, map_places, people
from projectdata.ui.chrome import opening
from projectdata.ui.map import map_card
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
map_card(run)
map_chosen.spot_card(run)
map_chosen.partners_card(run)
people.counties_card(run)
map_places.places_card(run)
map_places.unplaced_card(run)
