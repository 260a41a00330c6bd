"""What the learning and innovation labs are."""

from projectdata.ui.chrome import opening
from projectdata.ui.labs import all_cards
from projectdata.ui.page import here

run = here()
opening(
    run,
    run.words("Labs"),
    run.words(
        "Learning and innovation labs: places where people who use services, professionals "
        "and researchers try out new ways of working together."
    ),
)
all_cards(run)
