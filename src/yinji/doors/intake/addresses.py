"""Parts of an address into one text in Chinese order; one cell that holds a whole recipient into its three."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import Final, NamedTuple

_NO_PART: Final = frozenset(
    ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖", "其他", "其它", "其他区", "其它区")
)
"""What tables of divisions put where there is no such level."""

_MUNICIPALITIES: Final = frozenset(("北京", "上海", "天津", "重庆"))
"""Province and city in one: exports write both."""

_STEM: Final = re.compile(r"(?:维吾尔|壮族|回族)?自治区$|特别行政区$|[省市]$")
_POSTCODE: Final = re.compile(r"\s*[(（][0-9]{6}[)）]$|[，,]\s*[0-9]{6}$", re.ASCII)
_COMMA: Final = re.compile(r"\s*[，,]\s*")
_PHONE: Final = re.compile(r"[0-9*+()\s-]{3,}(?:转[0-9]+)?", re.ASCII)
_WIDTH_MIN: Final = 2
"""Parts that must repeat one after another before they are dropped although another part stands between them and the street."""


class Recipient(NamedTuple):
    """Name, phone and address out of one cell."""

    name: str
    phone: str
    address: str


def joined_address(parts: Sequence[str], street: str) -> str:
    """Return province, city, district, town and street as one text; what the street repeats at its head stands once.

    >>> joined_address(["浙江省", "杭州市", "西湖区", ""], "浙江杭州西湖区望云路8号")
    '浙江省杭州市西湖区望云路8号'
    """
    own = [part for part in parts if part and part not in _NO_PART]
    if len(own) > 1 and own[0][:2] in _MUNICIPALITIES and own[1].startswith(own[0][:2]):
        del own[0]
    return "".join(own) + (_without_head(own, street) if own else street)


def _without_head(parts: list[str], street: str) -> str:
    """Drop the parts that a street begins with, if dropping them loses nothing: they reach down to the last part, or are several."""
    if not any(street.startswith(part[:2]) for part in parts):
        return street
    for end in range(len(parts), 0, -1):
        for start in range(end):
            if end < len(parts) and end - start < _WIDTH_MIN:
                continue
            for head in _spellings(parts[start:end]):
                if street.startswith(head):
                    return street[len(head) :].lstrip()
    return street


def _spellings(parts: Sequence[str]) -> list[str]:
    """Return a row of parts as people write it: whole, apart, without 省 and 市 before the last one."""
    last = parts[-1]
    ways = product(*((part, _STEM.sub("", part)) for part in parts[:-1]))
    return [glue.join((*way, last)) for way in ways for glue in ("", " ")]


def split_recipient(cell: str) -> Recipient | None:
    """Return the recipient of one cell ``姓名，86-手机，省 市 区 地址``; None where it is not written so.

    A second phone and a postcode behind the address are left out.
    """
    parts = _COMMA.split(cell)
    if len(parts) < 3 or not parts[0] or not _PHONE.fullmatch(parts[1]):  # noqa: PLR2004 - name, phone, address
        return None
    at = 2
    while at < len(parts) - 1 and (not parts[at] or _PHONE.fullmatch(parts[at])):
        at += 1
    address = without_postcode("，".join(parts[at:]))
    return Recipient(parts[0], parts[1], address) if address else None


def without_postcode(address: str) -> str:
    """Return an address without the postcode that an export put behind it."""
    return _POSTCODE.sub("", address)
