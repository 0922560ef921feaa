"""From scans to the state of a parcel. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Final

from yinji.kernel.ids import Ref
from yinji.waybill.parcel.model import PARCEL_MOVES, REACHED, ParcelState, Reported, Scan, Seen, Way

KEY_BYTES: Final = 16

_ENDS: Final = frozenset({ParcelState.DELIVERED, ParcelState.RETURNED})


def as_seen(report: Reported) -> Seen:
    """Return a report as it is kept. Its key is over the source's own mark, or over all it says where there is none."""
    told = (
        (report.source, report.mark) if report.mark else ("", report.scan.name, str(report.at_ms), report.place, report.source)
    )
    key = blake2b("\0".join(told).encode(), digest_size=KEY_BYTES).digest()
    return Seen(report.at_ms, key, report.scan, report.place, report.source, report.proof)


def way_of(parcel: Ref, scans: Iterable[Seen]) -> Way:
    """Return what follows from all scans of a parcel, in whatever order they were reported.

    Scans of one moment stand in the order of a parcel's way: who types times by the minute accepts and sends off at once.
    """
    way = Way(parcel)
    for seen in sorted(scans, key=lambda each: (each.at_ms, each.scan, each.key)):
        way = _after(way, seen)
    return way


def _after(way: Way, seen: Seen) -> Way:
    way = replace(way, scans=way.scans + 1, last_ms=seen.at_ms)
    if seen.scan is Scan.INSPECTED:
        return replace(way, inspected=True)
    if seen.scan is Scan.SCREENED:
        return replace(way, screened=True)
    state = REACHED[seen.scan]
    if way.state in _ENDS:  # delivered is delivered: a stray scan behind it does not open it again
        return replace(way, odd=way.odd + 1)
    return replace(
        way,
        state=state,
        odd=way.odd + (state not in PARCEL_MOVES[way.state]),
        accepted_ms=way.accepted_ms or (seen.at_ms if seen.scan is Scan.ACCEPTED else 0),
        ended_ms=seen.at_ms if state in _ENDS else 0,
    )


def fresh_scans(known: Iterable[Seen], reports: Sequence[Seen]) -> list[Seen]:
    """Return those of ``reports`` that are not known yet, each once."""
    keys = {each.key for each in known}
    fresh: list[Seen] = []
    for each in reports:
        if each.key not in keys:
            keys.add(each.key)
            fresh.append(each)
    return fresh


def evidence_scan(parcel: Ref, seen: Seen) -> bytes:
    """Return what the evidence of a batch of scans says of one: version, reference, moment (ms, big-endian), scan, key.

    Version 1 ends there; version 2, of a scan that brought a real-name token, says the token's hash (32 bytes) too.
    """
    version = b"\x02" if seen.proof else b"\x01"
    return version + parcel + seen.at_ms.to_bytes(8, "big") + bytes((seen.scan,)) + seen.key + seen.proof
