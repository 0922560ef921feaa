"""Issue waybills: orders in, labels out.

For each batch: 1 plan every order in the vault; 2 draft its label and lint it; 3 make its order key, drop repeats; 4 look up the
orders that have a waybill already; 5 seal the new ones. Then one transaction a shard: 6 look again, 7 take numbers, 8 write
waybills, parties, indexes, and one evidence entry over all of them. Only after it has committed: 9 finish the labels.

A row that is refused costs no number. A crash before 8 has committed leaves nothing; after it everything but the paper, which
the same command makes again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from typing import Final

from yinji.flows.draft_label import draft_label
from yinji.flows.exempt_label import ExemptLabels, any_exempt
from yinji.flows.house import House
from yinji.flows.issue_batch import ShardBatch
from yinji.flows.issue_model import Candidate, Look, Numbered, Outcome, Planned, RowRefused, refused_by
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.ids import Shard, mint_ref, shard_for
from yinji.kernel.party import Party, PartyKind
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.kernel.refusals import Refusal
from yinji.label.passed import Label, Passed
from yinji.label.press import Press
from yinji.vault.model import Belongings, Plan, ToldOrder
from yinji.vault.planning import plan_party, probes_of
from yinji.waybill.carried import carried
from yinji.waybill.model import Order, WaybillKind
from yinji.waybill.rules import is_merchant, is_outlet

_SPECIMEN_SENDER: Final = Party(Private("样张寄件人"), Private("01088880000"), Private("北京市海淀区样张路1号"))
_SEEN_BYTES: Final = 8
"""Of an order number's hash and its digest, to recognise a repeat within a run, whatever its date."""


class IssueRun:
    """One run over a file or a request: many batches, one sender, one look."""

    def __init__(self, house: House, press: Press, *, merchant: str, look: Look, sender: Party | None = None) -> None:
        """Load the sender, unless ``sender`` is another. Without a real sender and a real number range every label of the run is a
        specimen.

        Specimens have order keys of their own: trying a file out does not use its orders up.
        """
        self._house = house
        self._press = press
        self._look = look
        own = sender or house.vault.standing_sender(house.node.org)
        if isinstance(own, Refuse):
            raise Fault(own.code, own.at)
        if not is_merchant(merchant):
            raise Fault(Refusal.MERCHANT_MALFORMED)
        if not is_outlet(look.outlet_code):
            raise Fault(Refusal.OUTLET_MALFORMED, "outlet_code")
        self.specimen: Final = house.specimens_only or own is None or house.register.specimen_only(house.node.org)
        self._merchant = merchant
        self._sender = plan_party(PartyRole.SENDER, own or _SPECIMEN_SENDER)
        if self._sender.refused:
            raise Fault(self._sender.refused[0].code, self._sender.refused[0].at)
        self._seen: dict[bytes, bytes] = {}

    @cached_property
    def _exempt(self) -> ExemptLabels:
        """Found when something is issued: it ends what has expired, and a check changes nothing."""
        return ExemptLabels(self._house, self._press, merchant=self._merchant, look=self._look, sender=self._sender)

    def begin_anew(self) -> None:
        """Forget which orders this run has seen: the next batch is of another request, and repeats nothing."""
        self._seen.clear()

    def check(self, orders: Sequence[Order]) -> list[RowRefused]:
        """Return what plan and label would refuse of one batch. Nothing is written and no number taken; what depends on other orders,
        on numbers or on exemptions shows only when they are issued.
        """
        outcome = Outcome()
        at_ms = self._house.clock.now_ms()
        self._linted(self._plan(orders, outcome, at_ms=at_ms), outcome, at_ms=at_ms)
        return outcome.refused

    def issue(self, orders: Sequence[Order]) -> Outcome:
        """Issue one batch; every row ends in exactly one place of the outcome."""
        outcome = Outcome()
        at_ms = self._house.clock.now_ms()
        linted = self._linted(self._plan(orders, outcome, at_ms=at_ms), outcome, at_ms=at_ms)
        exempt = self._look_around()
        fresh = self._without_repeats(self._keyed(linted), outcome)
        if exempt:
            fresh = self._exempt.among(fresh, outcome, at_ms=at_ms)
        by_shard: dict[Shard, list[Candidate]] = {}
        for candidate in fresh:
            by_shard.setdefault(candidate.shard, []).append(candidate)
        numbered: dict[int, Numbered] = {}
        for shard, some in by_shard.items():
            numbered |= self._batch(shard, at_ms).write(some, outcome)
        for candidate in fresh:
            found = numbered.get(candidate.order.line)
            if found is not None:
                if found.bill.specimen is not self.specimen:
                    raise Misuse("a specimen's number is never on a real label, nor the other way round")
                plain = found.bill.kind is WaybillKind.PRIVACY
                shown = candidate if plain else self._exempt.as_issued(candidate, found.bill, at_ms=at_ms)
                if isinstance(shown, list):
                    outcome.refused += shown
                    outcome.known -= 1  # only a label made again can still be refused
                    continue
                outcome.labels += self._labels(shown, found, at_ms)  # 9
                outcome.numbers[candidate.order.line] = (found.bill.number, *found.bill.subs)
        return outcome

    def _labels(self, candidate: Candidate, found: Numbered, at_ms: int) -> list[Label]:
        """Return a label for each package: the first carries the waybill's number, the others their own, and name it."""
        bill, first = found.bill, candidate.passed
        labels = [first.numbered(bill.number, found.token)]
        if bill.subs:
            drafts = [replace(first.draft, package=place) for place in range(2, 2 + len(bill.subs))]
            probes = [probes_of(candidate.plan, self._sender, candidate.belongings)] * len(drafts)
            for sub, passed in zip(bill.subs, self._press.check(drafts, probes, on=beijing_day(at_ms)), strict=True):
                if isinstance(passed, tuple):
                    raise Misuse("the label of a further package differs by its place alone")
                labels.append(passed.numbered(sub, found.token, master=bill.number))
        return labels

    def _batch(self, shard: Shard, at_ms: int) -> ShardBatch:
        ref = mint_ref(shard=shard, at_ms=at_ms, random=self._house.random)
        return ShardBatch(
            self._house,
            ref,
            shard,
            self._sender,
            self._merchant,
            self._look.outlet,
            self.specimen,
            at_ms,
            self._look.outlet_code,
        )

    def _plan(self, orders: Sequence[Order], outcome: Outcome, *, at_ms: int) -> list[Planned]:
        today = beijing_day(at_ms)
        planned: list[Planned] = []
        for order in orders:
            plan = plan_party(PartyRole.RECIPIENT, order.recipient, on=today)  # 1
            if order.recipient.kind is PartyKind.HANDLE:  # only the platform can tell whom it stands for
                outcome.refused.append(RowRefused(order.line, Refuse(Refusal.HANDLE_WAITS, "recipient.name")))
            elif plan.refused:
                outcome.refused += [RowRefused(order.line, refusal) for refusal in plan.refused]
            else:
                belongings = Belongings(
                    Private(order.number), order.contents, order.remark, order.collected_at, order.handed_by
                )
                planned.append(Planned(order, plan, belongings))
        return planned

    def _linted(self, planned: Sequence[Planned], outcome: Outcome, *, at_ms: int) -> list[tuple[Planned, Passed]]:
        drafts = [draft_label(each, self._sender, self._look, at_ms=at_ms, specimen=self.specimen) for each in planned]  # 2
        probes = [probes_of(each.plan, self._sender, each.belongings) for each in planned]
        passed: list[tuple[Planned, Passed]] = []
        for each, answer in zip(planned, self._press.check(drafts, probes, on=beijing_day(at_ms)), strict=True):
            if isinstance(answer, tuple):
                outcome.refused += [refused_by(each.order, finding) for finding in answer]
            else:
                passed.append((each, answer))
        return passed

    def _look_around(self) -> bool:
        """Look, in one transaction, at what holds for a whole batch: whether any order came undated, whether any may be exempt."""
        with self._house.data.reading() as reading:
            self._house.vault.look_for_undated(reading, self._house.node.org)
            return not self.specimen and any_exempt(self._house, reading)

    def _keyed(self, linted: Sequence[tuple[Planned, Passed]]) -> list[Candidate]:
        org, shards = self._house.node.org, self._house.settings.shards
        every = [self._told(each.order, each.plan, each.belongings) for each, _ in linted]
        keys = self._house.vault.order_keys(org, every)  # 3
        passed: list[Candidate] = []
        for (each, answer), told, key in zip(linted, every, keys, strict=True):
            # By what never changes: keys are rotated, and an order that once came without its date is the same order.
            shard = shard_for(org=org, merchant=self._merchant, order_key=each.order.number, shards=shards)
            passed.append(Candidate(each.order, each.plan, each.belongings, answer, told, key, shard))
        return passed

    def _told(self, order: Order, plan: Plan, belongings: Belongings) -> ToldOrder:
        return ToldOrder(
            merchant=self._merchant,
            specimen=self.specimen,
            ordered=order.ordered,
            recipient=plan.party,
            sender=self._sender.party,
            belongings=belongings,
            printed=(carried(order),),
        )

    def _without_repeats(self, candidates: Sequence[Candidate], outcome: Outcome) -> list[Candidate]:
        fresh: list[Candidate] = []
        for candidate in candidates:
            number = blake2b(candidate.order.number.encode(), digest_size=_SEEN_BYTES).digest()
            digest = candidate.key.digests.recipient[:_SEEN_BYTES]  # a run has one sender
            first = self._seen.setdefault(number, digest)
            if first is digest:
                fresh.append(candidate)
            elif first == digest:
                outcome.repeated += 1
            else:
                outcome.refused.append(RowRefused(candidate.order.line, Refuse(Refusal.ORDER_TWICE_IN_FILE, "order.number")))
        return fresh
