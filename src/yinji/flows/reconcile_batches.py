"""Reconcile waybills with the evidence of their batches: 1 what the entries say; 2 what the rows say; 3 where they differ."""

from __future__ import annotations

from dataclasses import dataclass
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
    before, seen = _stated(house, since=0)  # 1
    leaves: dict[Ref, list[tuple[int, bytes]]] = {}
    waybills = 0
    with house.data.reading() as reading:  # 2
        for bill in house.register.every_waybill(reading):
            leaves.setdefault(bill.batch, []).append((bill.item, leaf_hash(evidence_item(bill))))
            waybills += 1
    after, _ = _stated(house, since=seen)
    findings = [  # 3
        said
        for batch in before.keys() | leaves.keys()
        if (said := _compare(batch, before.get(batch) or after.get(batch), leaves.get(batch, [])))
    ]
    findings += _partless(waybills, *house.vault.totals())
    return Reconciled(len(leaves), waybills, len(findings), tuple(findings[:_NAMED_MAX]))


def _stated(house: House, *, since: int) -> tuple[dict[Ref, _Stated], int]:
    place_evidence(house)
    stated: dict[Ref, _Stated] = {}
    while placed := house.ledger.entries(house.data, since, _AT_ONCE):
        for entry in (each.recorded.entry for each in placed):
            if entry.event is Event.WAYBILLS_ISSUED:
                stated[entry.about[0]] = _Stated(entry.count, entry.root)
        since += len(placed)
    return stated, since


def _partless(waybills: int, parties: int, orders: int) -> list[Said]:
    """Return what is missing where not every waybill has its two parties and its order. Totals only, as of their moments."""
    if parties < _PARTIES * waybills or orders < waybills:
        said = f"{waybills}: {parties}, {orders}"
        return [Said(f"运单、当事人、订单的数目不符（{said}）", f"numbers of waybills, parties, orders do not agree ({said})")]
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
