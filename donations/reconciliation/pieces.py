"""A file kept in the database in pieces, read as a stream: one piece in memory at a time."""

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

from donations.reconciliation.models import ActivityFile, ActivityFilePart

PIECE = 1024 * 1024


def pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Any chunks as pieces of one size."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)


def opened(file: ActivityFile) -> BinaryIO:
    """The whole file as a stream that can go back to its beginning."""
    return cast(BinaryIO, io.BufferedReader(Pieces(file)))


class Pieces(io.RawIOBase):
    """Reads piece after piece."""

    def __init__(self, file: ActivityFile) -> None:
        self.parts = ActivityFilePart.objects.filter(file=file)
        self.number, self.position, self.held = 0, 0, b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Back to the beginning only."""
        return True

    def tell(self) -> int:
        """How far it was read."""
        return self.position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Back to the beginning."""
        if (offset, whence) == (0, io.SEEK_CUR):
            return self.position
        if (offset, whence) != (0, io.SEEK_SET):
            raise io.UnsupportedOperation("only back to the beginning")
        self.number, self.position, self.held = 0, 0, b""
        return 0

    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        """The next bytes; none at the end."""
        if not self.held:
            part = self.parts.filter(number=self.number).first()
            self.number += 1
            self.held = bytes(part.data) if part is not None else b""
        given = self.held[: len(buffer)]
        self.held = self.held[len(given) :]
        buffer[: len(given)] = given
        self.position += len(given)
        return len(given)
