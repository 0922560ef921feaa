"""Warnings about numbers: stock that runs low, numbers used oddly. Facts in, warnings out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from yinji.kernel.said import Said
from yinji.waybill.model import NumberLimits, NumberRange
from yinji.waybill.numbering.stock import Stock
from yinji.waybill.numbering.tiling import Places
from yinji.waybill.rules import printed, serial_in


class Oddity(Enum):
    """What there is to warn of."""

    EMERGENCY = Said("单号即将用尽", "numbers are nearly used up")
    LOW = Said("单号存量偏低", "numbers run low")
    UNACCEPTED = Said("运单已制作多日，快件未收寄", "a waybill was issued days ago and its parcel was never accepted")
    JUMP = Said("单号尚未取用，已在外出现", "a number that nobody has taken yet is used outside")
    GHOST = Said("单号已取用，却没有运单而在外出现", "a number is used outside that has no waybill")
    VOIDED = Said("已作废的单号在外出现", "a voided number is used outside")


class Warned(NamedTuple):
    """One warning: of what, about whom or which number, and its figure (a count, a share in percent, a distance)."""

    oddity: Oddity
    at: str
    figure: int


def low_stock(stocks: Iterable[Stock], limits: NumberLimits) -> list[Warned]:
    """Return a warning for each owner whose share of numbers left is at or below the limits, percent as its figure.

    The share is of the ranges that it has numbers left in; who has used everything up has none left of all it used.
    """
    found: list[Warned] = []
    for each in stocks:
        whole = each.of if each.left else each.used
        if not whole:
            continue
        percent = 100 * each.left // whole
        if percent <= limits.low_percent:
            oddity = Oddity.EMERGENCY if percent <= limits.emergency_percent else Oddity.LOW
            found.append(Warned(oddity, each.owner, percent))
    return found


def used_outside(numbers: Iterable[str], ranges: Sequence[NumberRange], places: Places, voided: frozenset[str]) -> list[Warned]:
    """Return a warning for each number that events named and that is ours without being in use.

    A jump's figure is how many numbers lie between it and the front of where numbers are taken from; the others' is one.
    """
    found: list[Warned] = []
    for number in dict.fromkeys(numbers):
        if number in voided:
            found.append(Warned(Oddity.VOIDED, number, 1))
            continue
        for own in ranges:
            serial = serial_in(own, number)
            if serial is not None and printed(own, serial) == number:
                found.append(_outside(number, own, serial, places))
                break
    return found


def _outside(number: str, own: NumberRange, serial: int, places: Places) -> Warned:
    block = places.block_of(own, serial)
    if block is not None and serial < block.next:
        return Warned(Oddity.GHOST, number, 1)
    front = block.next if block is not None else places.front(own)
    return Warned(Oddity.JUMP, number, abs(serial - front) + 1)
