"""The loop: inside `yinji serve`, or alone as `yinji work`."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Final

from yinji.flows.house import House
from yinji.flows.tend_node import Done, tend_node

BREATH_SECONDS: Final = 1.0
"""How long the loop rests between two looks at what is due."""


def work_once(house: House, told: Callable[[Done], None]) -> bool:
    """Do what is due, say it, write down how often keys were used; tell whether nothing was refused."""
    done = list(tend_node(house))
    for each in done:
        told(each)
    house.key_book.keep()
    return all(each.refused is None for each in done)


def work_on(house: House, told: Callable[[Done], None], stop: Event, failed: Callable[[Exception], None]) -> None:
    """Do what is due until ``stop`` is set. ``failed`` hears of what nobody foresaw, and the loop goes on."""
    while not stop.is_set():
        try:
            work_once(house, told)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next chore is due all the same
            failed(error)
        stop.wait(BREATH_SECONDS)
