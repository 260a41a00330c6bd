"""What is here, at a glance."""

from projectdata.ui.chrome import opening
from projectdata.ui.page import here

run = here()
opening(run, run.words("EU-funded social-service projects"))
