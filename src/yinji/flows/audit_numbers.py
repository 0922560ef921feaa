"""Audit the register of numbers: 1 ranges, blocks, counters and rows among themselves; 2 rows against the evidence of their batches."""

from __future__ import annotations

from dataclasses import dataclass

from yinji.flows.house import House
from yinji.flows.reconcile_batches import Reconciled, reconcile_batches
from yinji.waybill.examining import Examined


@dataclass(frozen=True, slots=True)
class NumbersAudited:
    """What both comparisons showed."""

    register: Examined
    evidence: Reconciled

    @property
    def holds(self) -> bool:
        """True if every number is where it must be, and every waybill is what the evidence says."""
        return not self.register.findings and self.evidence.holds


def audit_numbers(house: House) -> NumbersAudited:
    """Compare all numbers of the node's organisation with each other, and all waybills with the evidence."""
    examined = house.register.examine(house.node.org)  # 1
    return NumbersAudited(examined, reconcile_batches(house))  # 2
