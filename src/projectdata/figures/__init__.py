"""Frames become plotly figures. A figure never asks a question of its own."""
