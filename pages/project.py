"""Everything about one project, with the source of every figure."""

from projectdata.ui import project
from projectdata.ui.page import here

run = here()
one = project.asked_for(run)
if one is None:
    project.chooser(run)
else:
    project.head(one)
    project.facts(one)
    project.for_whom(one)
    project.money(one)
    project.time(one)
    project.who(one)
    project.about(one)
    project.outputs(one)
    project.conflicts(one)
    project.similar(one)
    project.missing(one)
    project.links_out(one)
    project.take_away(one)
