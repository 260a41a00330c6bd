"""A figure while it is drawn: plain values, which plotly puts together at the end.

Plotly checks every property when it is set, which takes five times as long as drawing does. The
tests check what it would check, for each figure that they draw.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import plotly.graph_objects as go


@dataclass
class Sheet:
    """What is drawn so far, in the words of plotly's schema."""

    layout: dict[str, Any]
    traces: list[dict[str, Any]] = field(default_factory=list)

    def add_bar(self, **trace: Any) -> None:
        """Bars."""
        self._add("bar", trace)

    def add_scatter(self, **trace: Any) -> None:
        """Marks, lines or texts."""
        self._add("scatter", trace)

    def add_sankey(self, **trace: Any) -> None:
        """Bands between nodes."""
        self._add("sankey", trace)

    def _add(self, kind: str, trace: Mapping[str, Any]) -> None:
        # A series is copied with its index and all, whenever the figure is shown.
        plain = {
            name: value.to_numpy() if isinstance(value, pd.Series) else value
            for name, value in trace.items()
        }
        self.traces.append({"type": kind, **plain})

    def add_annotation(self, **annotation: Any) -> None:
        """A text at a place."""
        self.layout.setdefault("annotations", []).append(annotation)

    def add_shape(self, **shape: Any) -> None:
        """A line or a box."""
        self.layout.setdefault("shapes", []).append(shape)

    def add_vline(self, x: Any, line: Mapping[str, Any]) -> None:
        """An upright line through the whole figure."""
        self.add_shape(type="line", x0=x, x1=x, yref="y domain", y0=0, y1=1, line=line)

    def update_layout(self, **changes: Any) -> None:
        """Set properties of the layout; of one that has properties itself, only those named."""
        self.layout = _changed(self.layout, changes)

    def update_xaxes(self, **changes: Any) -> None:
        """Set properties of the axis along the figure."""
        self.update_layout(xaxis=changes)

    def update_yaxes(self, **changes: Any) -> None:
        """Set properties of the upright axis."""
        self.update_layout(yaxis=changes)

    def figure(self) -> go.Figure:
        """The figure, as plotly has it."""
        return go.Figure(data=self.traces, layout=self.layout, _validate=False)


def _changed(one: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    inner = {
        name: _changed(one[name], change)
        for name, change in changes.items()
        if isinstance(change, Mapping) and isinstance(one.get(name), Mapping)
    }
    return {**one, **changes, **inner}
