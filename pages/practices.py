"""What came out: good practices, outputs, events, publications."""

from projectdata.ui import practices
from projectdata.ui.chrome import opening
from projectdata.ui.page import here

run = here()
opening(
    run,
    run.words("Practices and outputs"),
    run.words("What these projects planned, and what of it is named in the sources that we read."),
)
practices.good_practices(run)
practices.outputs(run)
practices.events(run)
practices.publications(run)
practices.media(run)
practices.bridges(run)
