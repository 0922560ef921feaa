"""How orders gather for a group, and how a busy program's key is read again: once, for all of its requests."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import event

from tests.web.conftest import Site
from tests.web.test_orders import Shop, order
from yinji.access.api_keys.model import Scope
from yinji.access.api_keys.service import REMEMBERED_MS
from yinji.doors.http.api import grouping
from yinji.doors.http.api.grouping import GATHER_LOOKS_MAX, GATHER_SECONDS, Gathering

_READING_SECONDS = 0.2
"""How long the one look lasts in the test: all others ask meanwhile."""


def waiting(number: int) -> Any:
    return grouping._Waiting(Numbered(str(number)), asyncio.get_running_loop().create_future())  # type: ignore[arg-type]  # its number is all that is read


class Numbered:
    def __init__(self, number: str) -> None:
        self.number = number


def test_whoever_is_alone_waits_for_nobody() -> None:
    async def story() -> float:
        queue = Gathering(1)
        queue.put(waiting(1))
        began = time.perf_counter()
        await queue.gathered()
        return time.perf_counter() - began

    assert asyncio.run(story()) < GATHER_SECONDS


def test_a_group_begins_when_as_many_are_there_as_last_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "GATHER_SECONDS", 60)

    async def story() -> list[int]:
        queue = Gathering(3)
        gathered = asyncio.create_task(queue.gathered())
        seen = []
        for number in range(3):
            queue.put(waiting(number))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            seen.append(int(gathered.done()))
        await asyncio.wait_for(gathered, 1)
        return [*seen[:2], len(queue.next_group()), queue.company]

    assert asyncio.run(story()) == [0, 0, 3, 3]


def test_a_group_does_not_wait_for_who_does_not_come_again() -> None:
    async def story() -> tuple[float, int]:
        queue = Gathering(64)
        queue.put(waiting(1))
        began = time.perf_counter()
        await asyncio.wait_for(queue.gathered(), GATHER_SECONDS * GATHER_LOOKS_MAX * 100)
        queue.next_group()
        return time.perf_counter() - began, queue.company

    seconds, company = asyncio.run(story())
    assert seconds >= GATHER_SECONDS * 0.9
    assert company == 1  # next time it waits for nobody


def test_a_key_is_read_again_once_for_all_requests_that_came_with_it(site: Site) -> None:
    shop = Shop(site, site.key(Scope.WAYBILLS_ISSUE).text.open())
    shop.told(order("R-0"))
    site.world.clock.pass_ms(REMEMBERED_MS)
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT") and "access_api_keys" in statement:
            asked.append(statement)
            time.sleep(_READING_SECONDS)

    event.listen(site.world.house.data.engine, "before_cursor_execute", note)
    with ThreadPoolExecutor(16) as pool:
        told = [each[0]["status"] for each in pool.map(lambda n: shop.told(order(f"R-{n + 1}")), range(16))]
    event.remove(site.world.house.data.engine, "before_cursor_execute", note)
    assert told == ["issued"] * 16
    assert len(asked) == 1


def test_a_key_that_was_revoked_elsewhere_is_refused_by_the_short_way_too(site: Site) -> None:
    issued = site.key(Scope.WAYBILLS_ISSUE)
    shop = Shop(site, issued.text.open())
    shop.told(order("V-1"))
    house = site.world.house
    known = house.api_keys._known  # another process revokes: this one goes on believing what it read
    assert house.api_keys.revoke(issued.key.ref, actor=house.actor) is None
    house.api_keys._known = known
    site.world.clock.pass_ms(REMEMBERED_MS)
    answer = shop.post(order("V-2"))
    assert (answer.status_code, answer.json()["name"]) == (401, "API_KEY_REVOKED")
