"""The rows themselves: on screen, as files, as an address."""

from projectdata.ui import data
from projectdata.ui.chrome import opening
from projectdata.ui.page import here

run = here()
words = run.words
opening(
    run,
    words("Data"),
    words("The selected projects as rows: look at them, take them away, or fetch them by address."),
)
chosen = data.chosen_columns(run)
if run.projects:
    data.column_choice(run, chosen)
    data.table(run, chosen)
    data.downloads(run, chosen)
    data.api(run, chosen)
data.raw_tables(run)
