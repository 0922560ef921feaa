"""An API key as lists show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yinji.access.model import Account
from yinji.kernel.ids import Ref


class Scope(StrEnum):
    """What a key may be used for, beside what its account may. A closed list; one operation of the API names one of them."""

    WAYBILLS_ISSUE = "waybills:issue"  # hand orders in, issue waybills
    WAYBILLS_READ = "waybills:read"  # numbers, states and masks of waybills
    LABELS_PRINT = "labels:print"  # labels of waybills that are issued
    SCANS_WRITE = "scans:write"  # parcel events in
    NUMBERS_MANAGE = "numbers:manage"  # ranges, reservations, voiding
    PERSONS_REVEAL = "persons:reveal"  # looks at a person, each under a permit
    EVIDENCE_READ = "evidence:read"  # entries, checkpoints, proofs


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key. ``test``: what it issues is a specimen. Moments in milliseconds since 1970; ``revoked_ms`` is 0 while it is not."""

    ref: Ref
    account: Account
    name: str
    scopes: frozenset[Scope]
    test: bool
    made_ms: int
    until_ms: int
    revoked_ms: int
    account_closed: bool
