"""Everything about one project, with the source of every figure."""

from projectdata.ui import (
    outcomes,
    project,
    project_course,
    project_record,
    project_statements,
    takeaway,
)
from projectdata.ui.page import here

run = here()
one = project.asked_for(run)
if one is None:
    project.chooser(run)
else:
    project.head(one)
    project_record.contents(one)
    project.facts(one)
    project.records(one)
    project.for_whom(one)
    project_statements.money(one)
    project_course.time(one)
    project_course.who(one)
    outcomes.outputs(one)
    project_course.similar(one)
    project_record.record(one)
    takeaway.links_out(one)
    takeaway.take_away(one)
