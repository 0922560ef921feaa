"""How many tries there may be, and what they are counted by. Pure: time is an argument.

Guessing. Four digits are one of 10,000, and either party's will do: a blind guess is right once in 5,000. A waybill number takes five
wrong proofs an hour and ten a day, from whatever addresses: a guesser who comes back every hour of a day finds the digits of one parcel
with a chance of at most 10 x 2 / 10,000 = 0.2 %, within ten days 2 %. A visitor has 20 wrong proofs an hour and 60 a day over all
numbers: 1.2 % a day for any parcel at all, one parcel in some 80 days. An extension of three digits is one of 1,000: ten times as easy.
What is found is where a parcel is, and nobody's name. Slots are shared (see `SLOTS`), which closes earlier, never later.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from datetime import date
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from yinji.access.queries.model import Bounds, Closed, Counted, Counts, Reached, Slot
from yinji.kernel.clock import beijing_day

HOUR_MS: Final = 3_600_000

SLOTS: Final = 65_536
"""Slots of each kind. A salted hash chooses one, so that rows are bounded whoever asks, nobody can aim at another's slot without the
salt, and even with it a slot is that of 65,536 IPv4 addresses. Two that share one share its count: with a thousand visitors in an hour
one in 65 shares a slot, which matters only where the other was closed."""

_SLOT_BYTES: Final = 2

SALT_BYTES: Final = 32

BOUNDS: Final[Mapping[Counted, Bounds]] = {
    # Five: two parties, two phones each, one slip of the finger. Ten a day: see the guessing above. Thirty tries: a party who looks
    # every two minutes; a program that has found the digits writes no more evidence than that.
    Counted.NUMBER: Bounds(wrong_an_hour=5, wrong_a_day=10, tries_an_hour=30),
    # An address may be a whole village's (carrier-grade NAT, RFC 6598), so that it has more; a desk of a shop asks once a minute.
    Counted.VISITOR: Bounds(wrong_an_hour=20, wrong_a_day=60, tries_an_hour=60),
    # Nothing is proved there and nobody is found: what is bounded is work, some seconds a file. Every one counts and none is given back.
    Counted.INSPECTION: Bounds(wrong_an_hour=20, wrong_a_day=60, tries_an_hour=20),
}
"""Proposals of ours, not law: the ministry's rule asks that unauthorised queries are blocked and names no number."""

CLOSINGS_TOLD_MAX: Final = 100
"""Closed slots an hour that are told singly in the evidence; the hour's sum counts them all, so that no robot fills the log."""

_IPV6_NETWORK_BITS: Final = 64
_IPV6_BITS: Final = 128
"""A household or a server has a whole /64 to ask from (RFC 6177, RFC 4291 2.5.1)."""

_EPOCH: Final = date(1970, 1, 1)


def hour_of(at_ms: int) -> int:
    """Return the hour of a moment, in hours since 1970; Beijing's hours begin when these do."""
    return at_ms // HOUR_MS


def day_of(at_ms: int) -> int:
    """Return the Beijing day of a moment, in days since 1970."""
    return (beijing_day(at_ms) - _EPOCH).days


def network_of(address: str) -> str:
    """Return what a visitor's address is counted as: an IPv4 address, or the /64 of an IPv6 one. "" for what is no address:
    all whose address is not known are counted together.
    """
    try:
        read = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    plain: IPv4Address | IPv6Address = read.ipv4_mapped or read if isinstance(read, IPv6Address) else read
    if isinstance(plain, IPv4Address):
        return str(plain)
    return f"{int(plain) >> (_IPV6_BITS - _IPV6_NETWORK_BITS):x}::/64"


def slot_of(salt: bytes, by: Counted, value: str) -> Slot:
    """Return where a number or a network is counted today."""
    digest = hmac.digest(salt, bytes((by,)) + value.encode("utf-8", "surrogatepass"), "sha256")
    return Slot(by, int.from_bytes(digest[:_SLOT_BYTES], "big") % SLOTS)


def present(counts: Counts, *, hour: int) -> Counts:
    """Return counts as they stand in an hour: the last hour's are over. A clock set back ends no hour."""
    return counts if counts.hour >= hour else Counts(hour, wrong_today=counts.wrong_today)


def closed(counts: Mapping[Slot, Counts], *, day: int) -> Closed | None:
    """Return until when no further try is taken, None where one is."""
    ends = [end for slot, each in counts.items() if (end := _closed_until(each, BOUNDS[slot.by], day=day))]
    return Closed(max(ends)) if ends else None


def one_more(counts: Counts) -> Counts:
    """Return the counts with one more try, which is wrong until the opposite is shown."""
    return counts._replace(tries=counts.tries + 1, wrong=counts.wrong + 1, wrong_today=counts.wrong_today + 1)


def reached(counts: Mapping[Slot, Counts], *, right: bool) -> Iterator[Reached]:
    """Return the bounds that the last try reached: it is the one that closes."""
    for slot, each in counts.items():
        bounds = BOUNDS[slot.by]
        if not right and each.wrong_today == bounds.wrong_a_day:
            yield Reached(slot.by, "day", each.wrong_today)
        elif not right and each.wrong == bounds.wrong_an_hour:
            yield Reached(slot.by, "hour", each.wrong)
        elif each.tries == bounds.tries_an_hour:
            yield Reached(slot.by, "tries", each.wrong - right)


def _closed_until(counts: Counts, bounds: Bounds, *, day: int) -> int:
    if counts.wrong_today >= bounds.wrong_a_day:
        return _day_end_ms(day)
    if counts.wrong >= bounds.wrong_an_hour or counts.tries >= bounds.tries_an_hour:
        return (counts.hour + 1) * HOUR_MS
    return 0


_BEIJING_AHEAD_MS: Final = 8 * HOUR_MS
_DAY_MS: Final = 24 * HOUR_MS


def _day_end_ms(day: int) -> int:
    return (day + 1) * _DAY_MS - _BEIJING_AHEAD_MS
