"""What a sorting code, a destination (大头笔) and a package centre (集包地) may say. Pure.

The lints of the label look again at what is printed; here a table is looked at before anything is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from yinji.deid import normal, read_division
from yinji.waybill.model import Sorting

TEXT_MAX: Final = 20
"""Characters of a destination or centre: what is printed large."""

_GROUP: Final = "(?![0-9]{6})[0-9A-Z]{1,8}"
_PART: Final = f"{_GROUP}(?: {_GROUP}){{0,2}}"
_CODE: Final = re.compile(f"{_PART}(?:-{_PART}){{0,2}}", re.ASCII)
"""Three parts of letters and digits at most (habit of the trade): 755-N12-015, 021-05 27 008. A room would be a fourth."""

_WRITTEN: Final = re.compile("[0-9A-Z\u3400-\u4dbf\u4e00-\u9fff ]*")
_FINER: Final = re.compile(
    "[0-9]{4}|[0-9A-Z](?:号|栋|幢|座|单元|室|楼|层|户|组)|路|巷|弄|胡同|大道|小区|花园|公寓|大厦|广场|家园|宿舍"
)
"""What stands behind a district or town only: a road, an estate, a building, a room."""


def is_code(text: str) -> bool:
    """Tell whether ``text`` is a sorting code; nothing is one too: then the parcel is sorted by hand."""
    return text == "" or _CODE.fullmatch(text) is not None


def coarse_enough(text: str) -> bool:
    """Tell whether a destination or centre names divisions, towns and hubs only; 路桥区 is a division, whatever its characters."""
    plain = normal(text)
    if len(plain) > TEXT_MAX or _WRITTEN.fullmatch(plain) is None:
        return False
    division = read_division(plain)
    return _FINER.search(plain, division.end if division else 0) is None


@lru_cache(maxsize=4_096)
def fit(sorting: Sorting) -> bool:
    """Tell whether a source's answer may be printed."""
    return is_code(sorting.code) and coarse_enough(sorting.mark) and coarse_enough(sorting.centre)


def filled(told: Sorting, found: Sorting) -> Sorting:
    """Return what an order says, and what a source found where it says nothing. A code and its centre are not parted."""
    if told.code:
        return told
    return Sorting(found.code, told.mark or found.mark, told.centre or found.centre, told.door or found.door)
