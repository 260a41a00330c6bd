"""Several files in one ZIP, written while they are read."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence


def zip_chunks(files: Sequence[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The archive, piece by piece."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, chunks in files:
            with archive.open(name, "w", force_zip64=True) as entry:
                for chunk in chunks:
                    entry.write(chunk)
                    yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """What was written since it was last taken."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:  # type: ignore[no-untyped-def]
        self._written += data
        return len(data)

    def taken(self) -> bytes:
        piece = bytes(self._written)
        self._written.clear()
        return piece
