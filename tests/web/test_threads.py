"""Threads of the rooms: the one that worked last works next, no more than so many, and nobody is left waiting at the end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from yinji.doors.http.threads import Threads


@pytest.fixture
def threads() -> Iterator[Threads]:
    made = Threads(3)
    yield made
    made.close()


def run(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(story(), 10))


def test_the_thread_that_worked_last_works_next(threads: Threads) -> None:
    async def story() -> None:
        both = threading.Barrier(2)
        await asyncio.gather(threads.run(both.wait), threads.run(both.wait))
        first = await threads.run(threading.get_ident)
        assert {await threads.run(threading.get_ident) for _ in range(20)} == {first}

    run(story)


def test_no_more_threads_work_than_there_may_be_and_everything_is_done(threads: Threads) -> None:
    busy, most, lock = 0, 0, threading.Lock()

    def work(number: int) -> int:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        threading.Event().wait(0.002)
        with lock:
            busy -= 1
        return number

    async def story() -> None:
        assert await asyncio.gather(*(threads.run(work, at) for at in range(20))) == list(range(20))

    run(story)
    assert most == 3


def test_what_a_verb_raises_is_raised_where_it_was_asked_for(threads: Threads) -> None:
    async def story() -> None:
        with pytest.raises(ZeroDivisionError):
            await threads.run(divmod, 1, 0)
        assert await threads.run(divmod, 7, 2) == (3, 1)

    run(story)


def test_who_went_away_before_a_thread_was_free_begins_nothing_and_keeps_nobody_waiting(threads: Threads) -> None:
    begun: list[str] = []

    async def story() -> None:
        go_on = threading.Event()
        held = [asyncio.ensure_future(threads.run(go_on.wait)) for _ in range(3)]
        gone = asyncio.ensure_future(threads.run(begun.append, "gone"))
        stays = asyncio.ensure_future(threads.run(begun.append, "stays"))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(*held, stays)

    run(story)
    assert begun == ["stays"]


def test_each_thread_has_its_own_things_and_keeps_them(threads: Threads) -> None:
    async def story() -> None:
        both = threading.Barrier(2)

        def mine() -> object:
            both.wait()
            return threads.own("thing", object)

        one, other = await asyncio.gather(threads.run(mine), threads.run(mine))
        assert one is not other
        assert await threads.run(threads.own, "thing", object) in {one, other}

    run(story)


def test_closing_waits_for_what_is_being_done_and_takes_nothing_more(threads: Threads) -> None:
    done: list[str] = []

    async def story() -> None:
        go_on = threading.Event()
        held = [asyncio.ensure_future(threads.run(lambda: done.append("held") if go_on.wait() else None)) for _ in range(3)]
        waits = asyncio.ensure_future(threads.run(done.append, "waits"))
        await asyncio.sleep(0.01)
        closing = asyncio.get_running_loop().run_in_executor(None, threads.close)
        with pytest.raises(asyncio.CancelledError):
            await waits
        go_on.set()
        await asyncio.gather(*held, closing)
        with pytest.raises(RuntimeError):
            await threads.run(done.append, "late")

    run(story)
    assert done == ["held"] * 3
