"""Take in what was seen of parcels. 1 whose numbers they are, and whether an acceptance was answered for; 2 one transaction a shard:
which scans are new, the ways that follow, the life of the numbers, one entry; 3 numbers that nobody here issued.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from yinji.db.trouble import Clash
from yinji.flows.house import House
from yinji.kernel.decision import Allow, Refuse, as_refusal
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref, Shard, shard_of
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.ledger.batch import batch_root
from yinji.waybill.model import NumberState, Waybill
from yinji.waybill.parcel.model import Reported, Seen, Stray
from yinji.waybill.parcel.real_name import may_take
from yinji.waybill.parcel.rules import as_seen, evidence_scan

TRIES_MAX: Final = 10
"""How often a batch is tried again after another process was first with one of its scans."""

_STRAY: Final = frozenset({Refusal.NUMBER_UNKNOWN, Refusal.WAYBILL_VOIDED})
"""Numbers that should be on no parcel, and were seen on one."""


@dataclass(slots=True)
class Taken:
    """What a batch of reports came to. ``refused`` pairs a report's place in the batch with why it was not taken, ``new`` are the
    places of those that nobody had reported before.
    """

    fresh: int = 0
    known: int = 0
    strays: int = 0
    refused: list[tuple[int, Refuse]] = field(default_factory=list)
    new: set[int] = field(default_factory=set)


def take_scans(house: House, reports: Sequence[Reported]) -> Taken:
    """Take a batch of reports in; each is new, known, or refused. A number in good form that nobody
    issued, or that was voided, is kept as a stray. Under a test key only specimens are reported on, and no stray is kept.
    """
    taken = Taken()
    places: dict[tuple[Ref, bytes], int] = {}
    by_shard: dict[Shard, list[tuple[Ref, Seen]]] = {}
    strays: list[Reported] = []
    required = house.settings.require_real_name == "yes"
    for place, (report, parcel) in enumerate(zip(reports, _parcels(house, reports), strict=True)):  # 1
        answered = may_take(report, require_real_name=required)
        if isinstance(parcel, Refuse):
            taken.refused.append((place, parcel))
            if parcel.code in _STRAY and not house.specimens_only:
                strays.append(report)
        elif not isinstance(answered, Allow):
            taken.refused.append((place, as_refusal(answered)))
        else:
            seen = as_seen(report)
            by_shard.setdefault(shard_of(parcel), []).append((parcel, seen))
            places.setdefault((parcel, seen.key), place)
    for shard, some in by_shard.items():  # 2
        fresh = _take(house, shard, some)
        taken.new |= {places[parcel, seen.key] for parcel, seen in fresh}
        taken.fresh += len(fresh)
        taken.known += len(some) - len(fresh)
    if strays:  # 3
        taken.strays = _keep_strays(house, strays)
    return taken


def _parcels(house: House, reports: Sequence[Reported]) -> list[Ref | Refuse]:
    found = house.register.find_all(house.node.org, [report.number for report in reports])
    return [_parcel(each, specimens_only=house.specimens_only) for each in found]


def _parcel(found: Waybill | Refuse, *, specimens_only: bool) -> Ref | Refuse:
    if isinstance(found, Refuse):
        return found
    if specimens_only and not found.specimen:
        return Refuse(Refusal.API_KEY_NARROW, found.number)
    return Refuse(Refusal.WAYBILL_VOIDED, found.number) if found.state is NumberState.VOIDED else found.ref


def _take(house: House, shard: Shard, reports: Sequence[tuple[Ref, Seen]]) -> list[tuple[Ref, Seen]]:
    for _ in range(TRIES_MAX):
        try:
            return _take_once(house, shard, reports)
        except Clash:  # another process was first with one of these parcels
            continue
    raise Fault(Refusal.DATABASE_BUSY, "waybill_scans")


def _take_once(house: House, shard: Shard, reports: Sequence[tuple[Ref, Seen]]) -> list[tuple[Ref, Seen]]:
    org = house.node.org
    with house.data.work() as work:
        fresh, ways, known = house.parcels.fresh(work, org=org, shard=shard, reports=reports)
        if not fresh:
            return []
        entry = Entry(
            Event.SCANS_TAKEN,
            house.actor,
            Purpose.DELIVER,
            house.clock.now_ms(),
            shard=shard,
            count=len(fresh),
            root=batch_root([evidence_scan(parcel, seen) for parcel, seen in fresh]),
        )
        house.parcels.write(work, fresh, ways, known=known, org=org, shard=shard, entry=entry)
        if ended := [way.parcel for way in ways if way.ended_ms]:
            house.register.life.complete(work, org=org, refs=ended, actor=house.actor)
    return fresh


def _keep_strays(house: House, reports: Sequence[Reported]) -> int:
    seen = Counter(report.number for report in reports)
    moments = {number: [each.at_ms for each in reports if each.number == number] for number in seen}
    entry = Entry(Event.STRAY_SEEN, house.actor, Purpose.TEND_NODE, house.clock.now_ms(), count=len(seen))
    with house.data.work() as work:
        for number, times in moments.items():
            stray = Stray("".join(number.split()).upper(), seen[number], min(times), max(times))
            house.parcels.stray(work, stray, org=house.node.org, entry=entry)
    return len(seen)
