"""Verify the evidence of a node: every entry of both logs is read again and compared. This is no reading: it shows no entry."""

from __future__ import annotations

from collections.abc import Mapping

from yinji.flows.house import House
from yinji.flows.sign_evidence import place_evidence
from yinji.ledger.cosignatures import NO_POLICY, Policy
from yinji.ledger.model import Report


def verify_evidence(house: House, *, kept: Mapping[str, str] | None = None, policy: Policy = NO_POLICY) -> tuple[Report, ...]:
    """Return what re-reading showed, log by log, against the checkpoints ``kept`` elsewhere (by the name of their log).

    ``policy`` asks for cosignatures under them.
    """
    place_evidence(house)
    notes, witnesses = kept or {}, house.witnesses.known()
    return tuple(
        house.ledger.verify(each, kept=notes.get(each.log), witnesses=witnesses, policy=policy)
        for each in (house.data, house.disclosures)
    )
