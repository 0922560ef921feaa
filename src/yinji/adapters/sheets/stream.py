"""Printers' streams: read in the room itself; here the pictures in them find a reader, where one is installed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from yinji.label.inspection.reading.streams import StreamReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.kernel.decision import Refuse
    from yinji.label.inspection.ports import Sheet
    from yinji.label.inspection.reading.ports import PictureReader


class SheetsOfStreams:
    """Opens ZPL, TSPL, CPCL and ESC/POS. Without the optional extra, a label with pictures is said not to be read wholly."""

    def sheets(self, content: bytes) -> Iterator[Sheet] | Refuse:
        """Return the labels of a stream one by one, or refuse it."""
        return StreamReader(pictures=_pictures()).sheets(content)


@cache
def _pictures() -> PictureReader | None:
    try:
        from yinji.adapters.sheets.drawn import DrawnPictures  # noqa: PLC0415 - an optional extra
    except ImportError:
        return None
    return DrawnPictures()
