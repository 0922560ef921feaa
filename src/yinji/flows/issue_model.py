"""What goes into issuing waybills and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from yinji.access.exempting.model import Exemption
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding
from yinji.label.passed import Label, Passed
from yinji.law import Confidence, Weight
from yinji.vault.model import Belongings, OrderKey, Plan, ToldOrder
from yinji.waybill.model import Order, Waybill
from yinji.waybill.ports import SortingSource
from yinji.waybill.sorting.sources import OWN_COLUMNS


@dataclass(frozen=True, slots=True)
class Look:
    """What stands on every label of a run, whoever the parcel is for. ``outlet_code`` says whose numbers are used first, ``sorting``
    where a code comes from that the order does not have.
    """

    carrier: str
    product: str
    outlet: str
    hotline: str
    outlet_code: str = ""
    courier: str = ""
    return_outlet: str = ""
    clause: str = ""
    sorting: SortingSource = OWN_COLUMNS


@dataclass(frozen=True, slots=True)
class RowRefused:
    """A row that got no label: where it stood, why, and which rule said so. ``says`` and ``remedy`` are a finding's own sentences,
    ``citation`` its rule's, ``weight`` what stands behind that rule: law, a standard, the trade or the house; ``confidence`` how
    sure we are of what it says.
    """

    line: int
    refusal: Refuse
    says: Said | None = None
    citation: str = ""
    remedy: Said | None = None
    weight: Weight | None = None
    confidence: Confidence | None = None


@dataclass(slots=True)
class Outcome:
    """What one batch came to: every row is issued, known, repeated or refused.

    ``labels`` are in the rows' order; ``known`` rows had their waybill before this run, ``repeated`` ones stand in it twice.
    ``numbers`` are the waybill numbers of each order that has its labels, by its line. ``batches`` were written, ``known_bills`` met
    again (the rows at ``known_lines``): once the labels are on paper both count a print.
    """

    labels: list[Label] = field(default_factory=list)
    refused: list[RowRefused] = field(default_factory=list)
    issued: int = 0
    known: int = 0
    repeated: int = 0
    numbers: dict[int, tuple[str, ...]] = field(default_factory=dict)
    batches: list[Ref] = field(default_factory=list)
    known_bills: list[Ref] = field(default_factory=list)
    known_lines: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Planned:
    """An order that the vault has looked at and found whole."""

    order: Order
    plan: Plan
    belongings: Belongings


class ExemptLabel(NamedTuple):
    """An approved exemption of one order, and the label that shows its recipient by it."""

    exemption: Exemption
    passed: Passed


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order whose label the lints have passed: it may be issued. ``told`` is what its key is made of; ``exempt`` its other
    label, where it is issued as an exempt one.
    """

    order: Order
    plan: Plan
    belongings: Belongings
    passed: Passed
    told: ToldOrder
    key: OrderKey
    shard: Shard
    exempt: ExemptLabel | None = None


class Numbered(NamedTuple):
    """What a finished label needs of its waybill: the number's row, and the token of its QR code."""

    bill: Waybill
    token: str


def refused_by(order: Order, finding: Finding) -> RowRefused:
    """Return the refusal of a row whose label a lint found something on."""
    refused = Refuse(finding.refusal, finding.where)
    return RowRefused(order.line, refused, finding.says, finding.citation, finding.remedy, finding.weight, finding.confidence)
