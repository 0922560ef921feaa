"""The label of an exempt order. Before a batch is written: 1 look whether anything is asked or approved at all; 2 find it by the
orders' marks; 3 a row that still waits is refused, one that is approved gets a second label, which shows its recipient, and is
linted as any other. In the batch's own transaction the approval is used up (`keep_standing`, `use_up`). After it: 4 a waybill has
the label of its own kind, whatever was approved meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yinji.access.exempting.model import DOCUMENT, Exemption, ExemptionState
from yinji.db.work import Reading, Work
from yinji.flows.draft_label import draft_label
from yinji.flows.house import House
from yinji.flows.issue_model import Candidate, ExemptLabel, Look, Outcome, Planned, RowRefused, refused_by
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal
from yinji.label.lints.finding import Finding
from yinji.label.model import LAW, ON_DRAFT, PAPERS, PartyMask
from yinji.label.passed import Passed
from yinji.label.press import Press
from yinji.vault.model import Plan
from yinji.vault.planning import probes_of, whole
from yinji.waybill.model import Waybill, WaybillKind


def any_exempt(house: House, reading: Reading) -> bool:
    """Tell whether anything is asked or approved at all: one look for the whole batch."""
    return house.exemptions.any_open(reading, house.node.org)  # 1


class ExemptLabels:
    """Finds the exemptions of one run's orders and makes their labels. A run of specimens has none, and most runs never ask for one:
    see `any_exempt`.
    """

    def __init__(self, house: House, press: Press, *, merchant: str, look: Look, sender: Plan) -> None:
        """End what has expired: an order's mark stays in the database no longer than its exemption."""
        self._house = house
        self._press = press
        self._merchant = merchant
        self._look = look
        self._sender = sender
        house.exemptions.end_expired(actor=house.actor)

    def among(self, candidates: list[Candidate], outcome: Outcome, *, at_ms: int) -> list[Candidate]:
        """Return the candidates that may be issued, those with an approval with the label it is for."""
        org = self._house.node.org
        if not candidates:
            return candidates
        marks = [self._house.vault.order_mark(org, self._merchant, Private(each.order.number)) for each in candidates]
        tags: dict[Shard, list[bytes]] = {}
        for candidate, mark in zip(candidates, marks, strict=True):
            tags.setdefault(candidate.shard, []).append(mark)
        found = self._house.exemptions.of_orders(org, tags)  # 2
        kept: list[Candidate] = []
        for candidate, mark in zip(candidates, marks, strict=True):
            exemption = found.get(mark)
            if exemption is None:
                kept.append(candidate)
            elif exemption.state is ExemptionState.ASKED:  # 3
                outcome.refused.append(RowRefused(candidate.order.line, Refuse(Refusal.EXEMPTION_WAITS, "order.number")))
            else:
                answer = self._passed(candidate, exemption, at_ms=at_ms)
                if isinstance(answer, Passed):
                    kept.append(replace(candidate, exempt=ExemptLabel(exemption, answer)))
                else:
                    outcome.refused += [refused_by(candidate.order, finding) for finding in answer]
        return kept

    def as_issued(self, candidate: Candidate, bill: Waybill, *, at_ms: int) -> Candidate | list[RowRefused]:
        """Return a candidate with the label that its waybill has: masked, or exempt by the exemption it was issued under."""
        if bill.kind is not WaybillKind.EXEMPT:
            return candidate
        org = self._house.node.org
        with self._house.data.reading() as reading:  # 4
            used = self._house.exemptions.of_parcels(reading, (bill.ref,), org=org, shard=bill.shard).get(bill.ref)
        if used is None:
            return [RowRefused(candidate.order.line, Refuse(Refusal.EXEMPTION_UNKNOWN, "order.number"))]
        mine = candidate.exempt
        if mine is not None and mine.exemption.ref == used.ref:
            return replace(candidate, passed=mine.passed)
        answer = self._passed(candidate, used, at_ms=at_ms)
        if isinstance(answer, Passed):
            return replace(candidate, passed=answer)
        return [refused_by(candidate.order, finding) for finding in answer]

    def _passed(self, candidate: Candidate, exemption: Exemption, *, at_ms: int) -> Passed | tuple[Finding, ...]:
        plan = candidate.plan
        masked = draft_label(
            Planned(candidate.order, plan, candidate.belongings), self._sender, self._look, at_ms=at_ms, specimen=False
        )
        name, phone, address = whole(plan)
        shown = PartyMask(name, "", address, virtual_number=phone) if plan.virtual else PartyMask(name, phone, address)
        draft = replace(masked, recipient=shown, exemption=mark_of(exemption))
        probe = probes_of(plan, self._sender, candidate.belongings)
        (answer,) = self._press.check((draft,), (probe,), on=beijing_day(at_ms))
        return answer


def mark_of(exemption: Exemption) -> str:
    """Return what a label says of its exemption: the kind of its ground, a draft as a draft.

    A document's number is not printed: who carries the parcel need not know whose case it is. The list has it, by waybill number.
    """
    ground = exemption.ground
    if ground.draft:
        return ON_DRAFT
    return PAPERS if ground.code == DOCUMENT else LAW


def keep_standing(house: House, work: Work, candidates: Sequence[Candidate], *, shard: Shard) -> dict[int, RowRefused]:
    """Return, by line, the candidates whose approval no longer stands: refused, expired or used since it was found."""
    asked = {each.exempt.exemption.ref: each for each in candidates if each.exempt is not None}
    if not asked:
        return {}
    standing = house.exemptions.standing(work, list(asked), org=house.node.org, shard=shard)
    ended = Refuse(Refusal.EXEMPTION_ENDED, "order.number")
    return {each.order.line: RowRefused(each.order.line, ended) for ref, each in asked.items() if ref not in standing}


def use_up(house: House, work: Work, written: Sequence[tuple[Candidate, Ref]], *, shard: Shard) -> None:
    """Use up the approvals of what is being written, each for its parcel; raises Clash where another transaction was first."""
    uses = {each.exempt.exemption.ref: (each.exempt.exemption, parcel) for each, parcel in written if each.exempt is not None}
    house.exemptions.use(work, uses, shard=shard, actor=house.actor)
