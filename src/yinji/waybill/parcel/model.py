"""Scans, the states of a parcel, and its table of moves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple, TypeAlias

from yinji.kernel.ids import Ref
from yinji.kernel.said import Said


class Scan(IntEnum):
    """What was seen of a parcel. The number is what a row carries; numbers are never used twice."""

    ACCEPTED = 1  # 收寄
    INSPECTED = 2  # 验视
    SCREENED = 3  # 安检
    SORTED = 4  # 分拣
    DEPARTED = 5  # 发出
    ARRIVED = 6  # 到达
    OUT_FOR_DELIVERY = 7  # 派送
    STORED = 8  # 入柜、到站, with the recipient's consent (快递市场管理办法 28)
    DELIVERED = 9  # 签收
    STUCK = 10  # 异常、派送失败
    RETURNING = 11  # 退回途中
    RETURNED = 12  # 已退回


class ParcelState(IntEnum):
    """Where a parcel is on its way."""

    ANNOUNCED = 1  # a waybill exists, nothing was seen
    ACCEPTED = 2
    IN_TRANSPORT = 3
    OUT_FOR_DELIVERY = 4
    STORED = 5
    STUCK = 6
    DELIVERED = 7
    RETURNING = 8
    RETURNED = 9


_ON_THE_WAY: Final = frozenset(
    {
        ParcelState.IN_TRANSPORT,
        ParcelState.OUT_FOR_DELIVERY,
        ParcelState.STORED,
        ParcelState.STUCK,
        ParcelState.DELIVERED,
        ParcelState.RETURNING,
    }
)

PARCEL_MOVES: Final[dict[ParcelState, frozenset[ParcelState]]] = {
    ParcelState.ANNOUNCED: frozenset({ParcelState.ACCEPTED}),
    ParcelState.ACCEPTED: _ON_THE_WAY,
    ParcelState.IN_TRANSPORT: _ON_THE_WAY,
    ParcelState.OUT_FOR_DELIVERY: _ON_THE_WAY,
    ParcelState.STORED: _ON_THE_WAY,
    ParcelState.STUCK: _ON_THE_WAY,
    ParcelState.RETURNING: frozenset({ParcelState.RETURNING, ParcelState.STUCK, ParcelState.RETURNED}),
    ParcelState.DELIVERED: frozenset(),
    ParcelState.RETURNED: frozenset(),
}
"""Moves that are in order. The world does others too: they are kept, and counted as odd."""

PARCEL_OWNER: Final[dict[ParcelState, str]] = dict.fromkeys(ParcelState, "waybill.parcel.take")

REACHED: Final[dict[Scan, ParcelState]] = {
    Scan.ACCEPTED: ParcelState.ACCEPTED,
    Scan.SORTED: ParcelState.IN_TRANSPORT,
    Scan.DEPARTED: ParcelState.IN_TRANSPORT,
    Scan.ARRIVED: ParcelState.IN_TRANSPORT,
    Scan.OUT_FOR_DELIVERY: ParcelState.OUT_FOR_DELIVERY,
    Scan.STORED: ParcelState.STORED,
    Scan.DELIVERED: ParcelState.DELIVERED,
    Scan.STUCK: ParcelState.STUCK,
    Scan.RETURNING: ParcelState.RETURNING,
    Scan.RETURNED: ParcelState.RETURNED,
}
"""The state in which a scan finds a parcel; inspection and screening change none."""


SCAN_WORDS: Final[dict[Scan, Said]] = {
    Scan.ACCEPTED: Said("收寄", "accepted"),
    Scan.INSPECTED: Said("验视", "inspected"),
    Scan.SCREENED: Said("安检", "screened"),
    Scan.SORTED: Said("分拣", "sorted"),
    Scan.DEPARTED: Said("发出", "departed"),
    Scan.ARRIVED: Said("到达", "arrived"),
    Scan.OUT_FOR_DELIVERY: Said("派送", "out for delivery"),
    Scan.STORED: Said("入柜或到站", "stored for pickup"),
    Scan.DELIVERED: Said("签收", "delivered"),
    Scan.STUCK: Said("异常", "stuck"),
    Scan.RETURNING: Said("退回途中", "returning"),
    Scan.RETURNED: Said("已退回", "returned"),
}

STATE_WORDS: Final[dict[ParcelState, Said]] = {
    ParcelState.ANNOUNCED: Said("已制单，未收寄", "announced, not accepted yet"),
    ParcelState.ACCEPTED: Said("已收寄", "accepted"),
    ParcelState.IN_TRANSPORT: Said("运输中", "in transport"),
    ParcelState.OUT_FOR_DELIVERY: Said("派送中", "out for delivery"),
    ParcelState.STORED: Said("待取件", "stored for pickup"),
    ParcelState.STUCK: Said("异常", "stuck"),
    ParcelState.DELIVERED: Said("已签收", "delivered"),
    ParcelState.RETURNING: Said("退回途中", "returning"),
    ParcelState.RETURNED: Said("已退回", "returned"),
}


@dataclass(frozen=True, slots=True)
class Reported:
    """A scan as somebody reported it. ``place`` is the code of an outlet or centre, ``source`` of who reports; neither is a person.

    ``mark`` is the source's own identity of the report, where it has one: the same mark twice is the same scan. ``proof`` is the
    hash of the token with which the real-name system answered for an acceptance (see `real_name.proof_of`), empty where there is none.
    """

    number: str
    scan: Scan
    at_ms: int
    place: str = ""
    source: str = ""
    mark: str = ""
    proof: bytes = b""


class Seen(NamedTuple):
    """A scan as it is kept. ``key`` tells it from others of its parcel, ``proof`` is the hash of its real-name token, or empty."""

    at_ms: int
    key: bytes
    scan: Scan
    place: str
    source: str
    proof: bytes = b""


ScanPlace: TypeAlias = tuple[int, int, bytes]
"""Where a scan stands in its parcel's way: moment, scan, key."""


@dataclass(frozen=True, slots=True)
class Way:
    """What follows from a parcel's scans. Moments in milliseconds since 1970, 0 where it has not happened.

    ``odd`` counts the scans that were not in order: before acceptance, after the end, or a second acceptance.
    """

    parcel: Ref
    state: ParcelState = ParcelState.ANNOUNCED
    scans: int = 0
    accepted_ms: int = 0
    last_ms: int = 0
    ended_ms: int = 0
    inspected: bool = False
    screened: bool = False
    odd: int = 0


class Stray(NamedTuple):
    """A number that was seen outside though nobody here issued it: how often, and when first and last."""

    number: str
    seen: int
    first_ms: int
    last_ms: int
