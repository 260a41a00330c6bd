"""What an import took and what it did not."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_REFUSED = 1_000
"""Refused rows that a report lists; all are counted."""


@dataclass(frozen=True)
class Report:
    """One import. rows_read = rows_kept + rows_merged + rows_refused."""

    register: str
    files: tuple[str, ...]
    rows_read: int
    rows_kept: int
    rows_merged: int
    rows_refused: int
    refused: tuple[Mapping[str, Any], ...]
    """The first 1,000: file, row, reason."""

    columns_unknown: tuple[str, ...]
    columns_missing: tuple[str, ...]
    sums: Mapping[str, float]
    """Euros of each measure, over the records that were kept."""

    added: int
    changed: int
    gone: int
    """Records against the last import of the register."""

    records: int
    """Records of the register in the store after the import."""

    social: int
    """Of these, records that the lens places among social services."""

    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of some records that were added, changed or are gone."""

    notes: tuple[str, ...] = ()
    imported: str = ""
    """When, as ISO 8601."""

    seconds: float = 0.0

    def document(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return asdict(self)
