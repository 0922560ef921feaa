"""Verify the evidence of a node: every entry of both logs is read again and compared."""

from __future__ import annotations

from yinji.flows.house import House
from yinji.ledger.model import Report


def verify_evidence(house: House, *, kept: str | None = None) -> tuple[Report, ...]:
    """Return what re-reading showed, for the data log (against ``kept``, a checkpoint from elsewhere) and for disclosures."""
    return house.ledger.verify(house.data, kept=kept), house.ledger.verify(house.disclosures)
