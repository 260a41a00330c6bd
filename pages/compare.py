"""How do two selections, or two to four projects, differ."""

from projectdata.ui import compare, compare_projects
from projectdata.ui.chrome import opening
from projectdata.ui.page import here

run = here()
words = run.words
opening(
    run,
    words("Compare"),
    words(
        "Two selections or a few projects on the same axes, "
        "with how much is known of each beside every difference."
    ),
)
if compare.mode(run) == "projects":
    chosen = compare_projects.choose(run)
    if chosen:
        compare_projects.projects(run, chosen)
else:
    one, other = compare.sides(run)
    compare.choose_both(one, other)
    if compare.differ(one, other):
        a, b = compare.figures_of(one), compare.figures_of(other)
        compare.at_a_glance(one, other, a, b)
        compare.money_and_duration(one, a, b)
        compare.amounts(one, other)
        compare.by_value(one, other, "collection")
        compare.by_value(one, other, "target_group")
        by = compare.by_switch(run)
        compare.by_value(one, other, by)
