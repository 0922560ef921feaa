"""Group commit: single orders that arrive together are issued as one batch, and each is answered after that batch's commit.

Orders of one account, under one kind of key and for one merchant make a group, because a batch has one actor in the evidence. While a
group is being issued the next one gathers; an order number that is in the gathering group already waits for the one after, so that two
requests for one order are answered as if they had come one after the other.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, Final, NamedTuple

from yinji.doors.http.problems import Refused
from yinji.doors.http.threads import Threads
from yinji.doors.http.visitor import Visitor
from yinji.flows.house import House
from yinji.flows.issue_model import Look
from yinji.flows.issue_orders import Answer, Answered, KeptRun, check_orders, issue_orders
from yinji.flows.node_look import look_of
from yinji.flows.set_press import press_of
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.label.press import Press
from yinji.waybill.model import Order

GROUP_MAX: Final = 64
"""Orders of one group. Larger ones gain little and make everybody in them wait longer (measured)."""

GATHER_SECONDS: Final = 0.002
"""How long a group waits for somebody more while fewer are there than last time: a commit that is shared costs each a part of it."""

GATHER_LOOKS_MAX: Final = 5
"""How often it waits so long again because somebody did come: ten milliseconds in all."""

_COMPANIES_MAX: Final = 1_000
"""Accounts and merchants of which it is remembered how many came together."""

WAITING_MAX: Final = 2_048
"""Orders that may wait in one process; beyond it the answer is 503 with Retry-After."""

_GROUPING: Final = "yinji_grouping"
_Key = tuple[bytes, bool, str]


class _Waiting(NamedTuple):
    order: Order
    answer: asyncio.Future[tuple[Answer, bool]]


class Gathering:
    """Orders that wait for the next group of their kind."""

    def __init__(self, company: int) -> None:
        """``company`` is how many came together last time."""
        self.waiting: deque[_Waiting] = deque()
        self._company = company
        self._all_there: asyncio.Future[None] | None = None

    def put(self, mine: _Waiting) -> None:
        """Let one more wait."""
        self.waiting.append(mine)
        if self._all_there is not None and len(self.waiting) >= self._company and not self._all_there.done():
            self._all_there.set_result(None)

    async def gathered(self) -> None:
        """Return when as many wait as came together last time, or when nobody more comes.

        Who is answered together asks together again: programs keep so many connections, each with one request after the other. Whoever is
        alone waits for nobody.
        """
        for _ in range(GATHER_LOOKS_MAX):
            here = len(self.waiting)
            if here >= self._company:
                return
            self._all_there = asyncio.get_running_loop().create_future()
            await asyncio.wait((self._all_there,), timeout=GATHER_SECONDS)
            if len(self.waiting) == here:
                return

    def next_group(self) -> list[_Waiting]:
        """Take the next group; whoever it leaves here keeps it company next time."""
        group = _next_group(self.waiting)
        self._company = min(len(group) + len(self.waiting), GROUP_MAX)
        return group

    @property
    def company(self) -> int:
        """How many came together the last time that anybody did."""
        return self._company


class Grouping:
    """The groups of one process. Used on its event loop only."""

    def __init__(self) -> None:
        """Nobody waits."""
        self._queues: dict[_Key, Gathering] = {}
        self._companies: dict[_Key, int] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._waiting = 0

    async def issue(self, visitor: Visitor, merchant: str, order: Order) -> tuple[Answer, bool]:
        """Return what became of one order, and whether its number is a specimen's, after the commit of its group.

        Orders are told apart by their ``line``: `read_orders` gives no two of a process the same.
        """
        if self._waiting >= WAITING_MAX:
            raise Refused(Refuse(Refusal.NODE_CROWDED))
        house = visitor.house
        key = (house.account.ref, house.specimens_only, merchant)
        mine = _Waiting(order, asyncio.get_running_loop().create_future())
        queue = self._queues.get(key)
        if queue is None:
            queue = self._queues[key] = Gathering(self._companies.get(key, 1))
            worker = asyncio.create_task(self._work(key, queue, visitor, merchant))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        queue.put(mine)
        self._waiting += 1
        try:
            return await mine.answer
        finally:
            self._waiting -= 1

    async def _work(self, key: _Key, queue: Gathering, visitor: Visitor, merchant: str) -> None:
        """Issue group after group until nobody waits."""
        try:
            while True:
                await queue.gathered()
                company = queue.company
                group = queue.next_group()
                if not group:
                    self._remember(key, company)
                    return
                await _answer(group, visitor, merchant)
        finally:
            del self._queues[key]

    def _remember(self, key: _Key, company: int) -> None:
        if len(self._companies) >= _COMPANIES_MAX:
            self._companies.clear()
        self._companies[key] = company


def grouping_of(app_state: Any) -> Grouping:  # noqa: ANN401 - the framework's state is a bag
    """Return the grouping of an application, made when it is first asked for."""
    found = app_state.get(_GROUPING)
    if not isinstance(found, Grouping):
        found = app_state[_GROUPING] = Grouping()
    return found


def issue_here(house: House, threads: Threads, *, merchant: str, orders: list[Order]) -> Answered:
    """Issue orders in this thread, with its own press. Call it inside `Threads.run`."""
    press, look, kept = press_here(house, threads), look_here(house, threads), threads.own("run", KeptRun)
    return issue_orders(house, press, look, merchant=merchant, orders=orders, kept=kept)


def check_here(house: House, threads: Threads, *, merchant: str, orders: list[Order]) -> Answered:
    """Check orders in this thread, with its own press."""
    return check_orders(house, press_here(house, threads), look_here(house, threads), merchant=merchant, orders=orders)


def press_here(house: House, threads: Threads, size: str = "") -> Press:
    """Return this thread's press for a size; empty for the node's own."""
    return threads.own(f"press {size}", lambda: press_of(house.settings, size))


def look_here(house: House, threads: Threads) -> Look:
    """Return the node's look, read once a thread."""
    return threads.own("look", lambda: look_of(house))


def _next_group(queue: deque[_Waiting], most: int = GROUP_MAX) -> list[_Waiting]:
    """Take the next group: each order number once. Who has gone away meanwhile is passed over: nothing was begun for them."""
    group: dict[str, _Waiting] = {}
    again: list[_Waiting] = []
    while queue and len(group) < most:
        each = queue.popleft()
        if each.answer.done():
            continue
        if each.order.number in group:
            again.append(each)
        else:
            group[each.order.number] = each
    queue.extendleft(reversed(again))
    return list(group.values())


async def _answer(group: list[_Waiting], visitor: Visitor, merchant: str) -> None:
    try:
        answered = await visitor.ask(issue_here, visitor.threads, merchant=merchant, orders=[each.order for each in group])
    except Exception as error:  # noqa: BLE001 - whatever stopped the group is answered to everyone in it
        for each in group:
            if not each.answer.done():
                each.answer.set_exception(error)
        return
    for each, answer in zip(group, answered.answers, strict=True):
        if not each.answer.done():
            each.answer.set_result((answer, answered.specimen))
