"""Labels as pictures: one comes as a PNG, several as a ZIP of them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from yinji_client.errors import Unreadable

_PNG: Final = b"\x89PNG\r\n\x1a\n"


def pictures_of(answer: bytes) -> Iterator[bytes]:
    """Yield the pictures of an answer in their order; raises `Unreadable` where it is neither."""
    if answer.startswith(_PNG):
        yield answer
        return
    try:
        with ZipFile(BytesIO(answer)) as archive:
            for name in sorted(archive.namelist()):
                yield archive.read(name)
    except BadZipFile:
        raise Unreadable("labels") from None
