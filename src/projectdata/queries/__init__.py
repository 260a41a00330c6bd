"""One function a question: (catalog, selection) -> an Ibis expression.

A docstring says the grain and the columns. No engine and no figure is known here.
"""
