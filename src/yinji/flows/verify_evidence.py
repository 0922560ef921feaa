"""Verify the evidence of a node: every entry of both logs is read again and compared."""

from __future__ import annotations

from collections.abc import Mapping

from yinji.flows.house import House
from yinji.flows.sign_evidence import place_evidence
from yinji.ledger.model import Report


def verify_evidence(house: House, *, kept: Mapping[str, str] | None = None) -> tuple[Report, ...]:
    """Return what re-reading showed, log by log, against the checkpoints ``kept`` elsewhere (by the name of their log)."""
    place_evidence(house)
    notes = kept or {}
    return tuple(house.ledger.verify(each, kept=notes.get(each.log)) for each in (house.data, house.disclosures))
