"""Pictures of several labels as one ZIP file: named by their place, because a name is read by whoever sees a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yinji.label.writers.raster.pictures import PictureForm

PICTURES_MAX: Final = 1_000
"""Of one archive: some 15 MB at 203 dpi."""

_DIGITS: Final = 4


def write_archive(out: BinaryIO, pictures: Iterable[bytes], *, form: PictureForm) -> int:
    """Write ``0001.png``, ``0002.png`` … in their order; return how many. No date: same pictures, same bytes."""
    count = 0
    with ZipFile(out, "w", ZIP_STORED) as archive:  # pictures are deflated already
        for count, picture in enumerate(pictures, 1):
            archive.writestr(ZipInfo(f"{count:0{_DIGITS}d}.{form.value}"), picture)
    return count
