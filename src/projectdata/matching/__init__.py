"""The same project, the same organisation in two sources: suggestions, never merged."""

from projectdata.matching.organisation_pairs import organisations
from projectdata.matching.pair import CONFIRMED, LEAST, REJECTED, SUGGESTED, Pair
from projectdata.matching.project_pairs import projects

__all__ = ["CONFIRMED", "LEAST", "REJECTED", "SUGGESTED", "Pair", "organisations", "projects"]
