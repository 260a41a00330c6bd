"""Everything about one project, with the source of every figure."""

from projectdata.ui import outcomes, project, project_course, project_statements, takeaway
from projectdata.ui.page import here

run = here()
one = project.asked_for(run)
if one is None:
    project.chooser(run)
else:
    project.head(one)
    project.facts(one)
    project.for_whom(one)
    project_statements.money(one)
    project_course.time(one)
    project_course.who(one)
    project_statements.about(one)
    outcomes.outputs(one)
    project_statements.conflicts(one)
    project_course.similar(one)
    project_statements.missing(one)
    takeaway.links_out(one)
    takeaway.take_away(one)
