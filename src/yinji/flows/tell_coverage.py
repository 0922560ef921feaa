"""Tell how many labels hid their persons: 1 count the waybills; 2 where it is asked for, count again from what the evidence states.

2 reads every waybill as its batch's evidence states it, compares the batches with their entries, and counts the items: an
authority that holds the items and the log comes to the same figures without this node.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from yinji.flows.house import House
from yinji.flows.reconcile_batches import reconcile_batches
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.said import Said
from yinji.waybill.coverage.model import By, Group, Share, Tally
from yinji.waybill.coverage.rules import counted, read_item, shares, total
from yinji.waybill.coverage.service import count_coverage
from yinji.waybill.rules import evidence_item

HOW: Final = Said(
    "按签发时刻（北京时间）计运单；样张另计，不在分母；已作废的计入；多件只计一张运单。占比 = 隐私面单 ÷（隐私面单 + 豁免面单）。",
    "Waybills by moment of issue (Beijing time); specimens apart, never in the denominator; voided ones included; a parcel of several "
    "packages is one waybill. Share = privacy ÷ (privacy + exempt).",
)
"""How the figures were counted: it stands beside them wherever they are told."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts from ``first`` to ``last``, their shares, and whether the evidence gives the same (None where nobody asked)."""

    first: date
    last: date
    tallies: tuple[Tally, ...]
    rows: tuple[Share, ...]
    whole: Share
    agrees: bool | None = None


def tell_coverage(house: House, *, first: date, last: date, by: By, check: bool = False) -> Coverage | Refuse:
    """Return coverage over Beijing days, both included; refuses a range that is empty or too long."""
    org = house.node.org
    with house.data.reading() as reading:  # 1
        tallies = count_coverage(reading, org=org, shards=house.settings.shards, first=first, last=last)
    if isinstance(tallies, Refuse):
        return tallies
    agrees = _evidence_says(house, first, last) == tallies if check else None  # 2
    return Coverage(first, last, tallies, shares(tallies, by=by), total(tallies), agrees)


def _evidence_says(house: House, first: date, last: date) -> tuple[Tally, ...] | None:
    """Return the same counts from the items of the evidence; None where the evidence does not bear the items out."""
    if not reconcile_batches(house).holds:
        return None
    return counted(_stated(house, first, last))


def _stated(house: House, first: date, last: date) -> Iterator[Group]:
    with house.data.reading() as reading:
        for bill in house.register.every_waybill(reading):
            if first <= beijing_day(bill.made_ms) <= last:
                yield read_item(evidence_item(bill))
