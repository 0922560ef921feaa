"""What goes into issuing waybills and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Shard
from yinji.kernel.said import Said
from yinji.label.passed import Label, Passed
from yinji.vault.model import Belongings, OrderKey, Plan, ToldOrder
from yinji.waybill.model import Order, Waybill


@dataclass(frozen=True, slots=True)
class Look:
    """What stands on every label of a run, whoever the parcel is for."""

    carrier: str
    product: str
    outlet: str
    hotline: str


@dataclass(frozen=True, slots=True)
class RowRefused:
    """A row that got no label: where it stood, why, and which rule said so. ``says`` is a finding's own sentence."""

    line: int
    refusal: Refuse
    says: Said | None = None
    citation: str = ""


@dataclass(slots=True)
class Outcome:
    """What one batch came to: every row is issued, known, repeated or refused.

    ``labels`` are in the rows' order; ``known`` rows had their waybill before this run, ``repeated`` ones stand in it twice.
    """

    labels: list[Label] = field(default_factory=list)
    refused: list[RowRefused] = field(default_factory=list)
    issued: int = 0
    known: int = 0
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """An order that the vault has looked at and found whole."""

    order: Order
    plan: Plan
    belongings: Belongings


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order whose label the lints have passed: it may be issued. ``told`` is what its key is made of."""

    order: Order
    plan: Plan
    belongings: Belongings
    passed: Passed
    told: ToldOrder
    key: OrderKey
    shard: Shard


class Numbered(NamedTuple):
    """What a finished label needs of its waybill: the number's row, and the token of its QR code."""

    bill: Waybill
    token: str
