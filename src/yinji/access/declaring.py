"""T1 of a disclosure: what was asked is decided, debited, and durable as an intent before anybody sees anything.

Many asks are one transaction, each decided by itself: 1 post, purpose, view; 2 the approval it brings; then, in the
transaction: 3 the clock; 4 the approval's one use; 5 the day's quota; 6 permits and intents, refusals with their sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from yinji.access import rules, store
from yinji.access.model import Ask
from yinji.access.sentences import INTENDED
from yinji.db.database import Database
from yinji.db.trouble import Clash
from yinji.db.work import Work, forbid_open_work
from yinji.kernel.clock import Clock, beijing_day
from yinji.kernel.decision import Allow, CannotTell, Decision, Refuse, as_refusal
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.facts import ApprovalFact, ApprovalUse
from yinji.kernel.ids import FIRST_SHARD, RandomBytes, Ref, mint_refs
from yinji.kernel.permit import Permit
from yinji.kernel.purpose import Deed
from yinji.kernel.refusals import Refusal

_EPOCH: Final = date(1970, 1, 1)

Answers = list[Refuse | None]
"""What is known of each ask so far: its refusal, or None while nothing speaks against it."""


class Declaring:
    """Declares what is asked, in the database of disclosures."""

    def __init__(self, *, disclosures: Database, clock: Clock, random: RandomBytes, permit_ms: int, daily_max: int) -> None:
        """``permit_ms`` is how long a permit lives; ``daily_max`` how many disclosures an account has a day."""
        self._disclosures = disclosures
        self._clock = clock
        self._random = random
        self._permit_ms = permit_ms
        self._daily_max = daily_max
        self.approvals: ApprovalFact | None = None

    def declare_all(self, asks: Sequence[Ask], *, closed: Collection[Ref] = ()) -> list[Permit | Refuse]:
        """Commit every intent and every refusal; return permits and refusals in the order of ``asks``.

        ``closed`` are accounts that were closed: whatever they ask is refused.
        """
        forbid_open_work("access.declare")
        if not asks:
            return []
        now = self._clock.now_ms()
        answers = self._judge(asks, closed)
        self._judge_approvals(asks, answers)
        try:
            return self._commit(asks, answers.copy(), now)
        except Clash:  # PostgreSQL: another transaction used one of these approvals meanwhile; now its use is seen
            if not any(ask.approval for ask in asks):
                raise
            return self._commit(asks, answers.copy(), now)

    def _judge(self, asks: Sequence[Ask], closed: Collection[Ref]) -> Answers:
        left = Refuse(Refusal.ACCOUNT_CLOSED)
        decisions = (left if ask.actor.account in closed else self._decide(ask, used_today=0) for ask in asks)  # 1
        return [None if isinstance(decision, Allow) else as_refusal(decision) for decision in decisions]

    def _judge_approvals(self, asks: Sequence[Ask], answers: Answers) -> None:
        uses = {
            at: ApprovalUse(ask.approval, ask.actor, ask.purpose, ask.deed, ask.party, ask.view, ask.about)
            for at, ask in enumerate(asks)
            if ask.approval and answers[at] is None
        }
        if not uses:
            return
        given: Sequence[Decision] = [CannotTell("approval")] * len(uses)
        if self.approvals is not None:
            given = self.approvals.may_use(list(uses.values()))  # 2
        for at, decision in zip(uses, given, strict=True):
            answers[at] = None if isinstance(decision, Allow) else as_refusal(decision)

    def _commit(self, asks: Sequence[Ask], answers: Answers, now: int) -> list[Permit | Refuse]:
        with self._disclosures.work() as work:
            _refuse_old_clock(work, asks, answers, now)  # 3
            _refuse_used_approvals(work, asks, answers)  # 4
            self._debit(work, asks, answers, now)  # 5
            granted = iter(self._grant(work, asks, answers, now))  # 6
            for ask, refused in zip(asks, answers, strict=True):
                if refused:
                    work.append(_refused(ask, refused, now))
        return [refused or next(granted) for refused in answers]

    def _debit(self, work: Work, asks: Sequence[Ask], answers: Answers, now: int) -> None:
        """Count first, then decide with what the count says: two batches of one account cannot both see the last look."""
        today = (beijing_day(now) - _EPOCH).days
        counted: dict[tuple[Ref, Ref], list[int]] = {}
        for at in _left(answers):
            if asks[at].deed in rules.COUNTED:
                counted.setdefault((asks[at].actor.org, asks[at].actor.account), []).append(at)
        for (org, account), places in sorted(counted.items()):  # all in one order: no two batches wait for each other
            used = store.add_uses(work, org=org, account=account, today=today, more=len(places))
            if used <= self._daily_max:
                continue  # with the last of them within the quota, so is each
            for turn, at in enumerate(places, start=used - len(places)):
                decision = self._decide(asks[at], used_today=turn)
                answers[at] = None if isinstance(decision, Allow) else as_refusal(decision)
            spent = sum(answers[at] is not None for at in places)
            store.add_uses(work, org=org, account=account, today=today, more=-spent)

    def _decide(self, ask: Ask, *, used_today: int) -> Decision:
        return rules.may_disclose(
            actor=ask.actor,
            purpose=ask.purpose,
            deed=ask.deed,
            view=ask.view,
            used_today=used_today,
            daily_max=self._daily_max,
        )

    def _grant(self, work: Work, asks: Sequence[Ask], answers: Answers, now: int) -> list[Permit]:
        allowed = [asks[at] for at in _left(answers)]
        refs = mint_refs(len(allowed), shard=FIRST_SHARD, at_ms=now, random=self._random)
        ends = now + self._permit_ms
        permits = [
            Permit(ref, ask.deed, ask.actor, ask.purpose, ask.about or ref, ask.party, ask.view, ends)
            for ref, ask in zip(refs, allowed, strict=True)
        ]
        used = [(permit, ask.approval) for permit, ask in zip(permits, allowed, strict=True)]
        store.add_permits(work, used, made_ms=now, entry=[_intent(permit, approval, now) for permit, approval in used])
        return permits


def _left(answers: Answers) -> list[int]:
    return [at for at, refused in enumerate(answers) if refused is None]


def _refuse_old_clock(work: Work, asks: Sequence[Ask], answers: Answers, now: int) -> None:
    """Refuse looks while the clock is behind the newest permit. Erasures show nobody: they are not made to wait for it."""
    newest: dict[Ref, int] = {}
    for at in (each for each in _left(answers) if asks[each].deed is not Deed.ERASE):
        org = asks[at].actor.org
        if org not in newest:
            newest[org] = store.newest_permit_ms(work, org=org)
        decision = rules.clock_holds(now_ms=now, newest_ms=newest[org])
        answers[at] = None if isinstance(decision, Allow) else as_refusal(decision)


def _refuse_used_approvals(work: Work, asks: Sequence[Ask], answers: Answers) -> None:
    brought = [(at, (asks[at].actor.org, approval)) for at in _left(answers) if (approval := asks[at].approval)]
    if not brought:
        return
    used = store.used_approvals(work, [key for _, key in brought])
    for at, key in brought:
        if key in used:
            answers[at] = Refuse(Refusal.APPROVAL_USED)
        used.add(key)  # the next ask of this batch that brings it comes second


def _intent(permit: Permit, approval: Ref | None, now: int) -> Entry:
    about = (permit.ref, permit.about, approval) if approval else (permit.ref, permit.about)
    return Entry(INTENDED[permit.deed], permit.actor, permit.purpose, now, about=about, ground=permit.view.value)


def _refused(ask: Ask, refused: Refuse, now: int) -> Entry:
    about = (ask.about,) if ask.about else ()
    return Entry(Event.REVEAL_REFUSED, ask.actor, ask.purpose, now, about=about, ground=refused.code.name)
