"""Reconcile waybills with the evidence of their batches: 1 what the entries say; 2 what the rows say; 3 where they differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from yinji.flows.house import House
from yinji.flows.sign_evidence import place_evidence
from yinji.kernel.events import Event
from yinji.kernel.ids import Ref, show_ref
from yinji.kernel.said import Said
from yinji.ledger.tree import leaf_hash, root_of
from yinji.waybill.rules import evidence_item

_AT_ONCE: Final = 1_000
_PARTIES: Final = 2
_NAMED_MAX: Final = 20
"""Batches a report names; it counts all of them."""


@dataclass(frozen=True, slots=True)
class _Stated:
    """What an entry says of its batch."""

    count: int
    root: bytes


@dataclass(slots=True)
class _Told:
    """What the entries say: of each batch, and how many parties' rows were deleted."""

    batches: dict[Ref, _Stated] = field(default_factory=dict)
    deleted: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What reconciling showed: how many batches and waybills, and what does not agree, batch by batch."""

    batches: int
    waybills: int
    wrong: int
    findings: tuple[Said, ...]

    @property
    def holds(self) -> bool:
        """True if every row is what the evidence says, and nothing else is there."""
        return not self.wrong


def reconcile_batches(house: House) -> Reconciled:
    """Read every waybill again and compare with the count and root that the entry of its batch states.

    Batches stated before the rows are read must be there whole; one that commits meanwhile is stated afterwards.
    """
    told = _Told()
    _read_on(house, told)  # 1
    before = dict(told.batches)
    leaves: dict[Ref, list[tuple[int, bytes]]] = {}
    waybills = forgotten = 0
    with house.data.reading() as reading:  # 2
        for bill in house.register.every_waybill(reading):
            leaves.setdefault(bill.batch, []).append((bill.item, leaf_hash(evidence_item(bill))))
            waybills += 1
            forgotten += not bill.token
    totals = house.vault.totals()
    _read_on(house, told)
    findings = [  # 3
        said
        for batch in before.keys() | leaves.keys()
        if (said := _compare(batch, told.batches.get(batch), leaves.get(batch, [])))
    ]
    findings += _partless(waybills, forgotten, told.deleted, *totals)
    return Reconciled(len(leaves), waybills, len(findings), tuple(findings[:_NAMED_MAX]))


def _read_on(house: House, told: _Told) -> None:
    place_evidence(house)
    while placed := house.ledger.entries(house.data, told.seen, _AT_ONCE):
        for entry in (each.recorded.entry for each in placed):
            if entry.event is Event.WAYBILLS_ISSUED:
                told.batches[entry.about[0]] = _Stated(entry.count, entry.root)
            elif entry.event is Event.ROWS_DELETED:
                told.deleted += entry.count
        told.seen += len(placed)


def _partless(waybills: int, forgotten: int, deleted: int, parties: int, orders: int) -> list[Said]:
    """Return what is missing where not every waybill has its two parties and its order, but for those whose deletion is evidence.

    Totals only, as of their moments: what is issued meanwhile makes them larger, never smaller.
    """
    if parties + deleted < _PARTIES * waybills or orders + deleted + forgotten < waybills:
        said = f"{waybills}: {parties}, {orders}, {deleted}"
        return [
            Said(
                f"运单、当事人、订单与已删除的数目不符（{said}）",
                f"numbers of waybills, parties, orders and deletions do not agree ({said})",
            )
        ]
    return []


def _compare(batch: Ref, stated: _Stated | None, leaves: list[tuple[int, bytes]]) -> Said | None:
    name = show_ref(batch)
    if stated is None:
        return Said(f"批次 {name} 没有证据", f"batch {name} has no evidence")
    if len(leaves) != stated.count:
        return Said(
            f"批次 {name}：证据说 {stated.count} 张，现有 {len(leaves)} 张",
            f"batch {name}: the evidence says {stated.count} waybills, {len(leaves)} are there",
        )
    if root_of([leaf for _, leaf in sorted(leaves)]) != stated.root:
        return Said(f"批次 {name} 的运单被改动", f"waybills of batch {name} were edited")
    return None
