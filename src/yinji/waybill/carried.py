"""What a label prints that is no person's: as one text that is sealed with the label, and back. Pure."""

from __future__ import annotations

from typing import Final, NamedTuple

from yinji.waybill.model import Carriage, Order, Sorting

_BETWEEN: Final = "\x1f"
"""The unit separator (ISO 646); readers of orders refuse control characters, so no text has one."""


class Carried(NamedTuple):
    """What was agreed about carrying a parcel, as its label prints it."""

    pieces: int
    packages: int
    sorting: Sorting
    carriage: Carriage
    original: str = ""


def carried(order: Order) -> str:
    """Return what is printed of an order beside its persons, contents and remark; the same order gives the same text.

    What carriages have had since the first release stands behind all else, and only where an order says it: an order of before
    keeps its text, and so its digest.
    """
    sorting, carriage = order.sorting, order.carriage
    amounts = (carriage.weight, carriage.collect_goods, carriage.collect_freight, carriage.insured)
    return _BETWEEN.join(
        (
            str(order.pieces),
            str(order.packages),
            sorting.code,
            sorting.mark,
            sorting.centre,
            sorting.door,
            *["" if each is None else str(each) for each in amounts],
            carriage.product,
            carriage.return_outlet,
            order.original,
            *_later(carriage),
        )
    )


def _later(carriage: Carriage) -> tuple[str, ...]:
    """Return the texts that came later, all or none."""
    told = ("" if carriage.freight is None else str(carriage.freight), carriage.agreed_check)
    return told if any(told) else ()


def read_carried(text: str) -> Carried:
    """Return what `carried` wrote; raises ValueError where it is something else."""
    pieces, packages, *rest = text.split(_BETWEEN)
    code, mark, centre, door, weight, goods, collected, insured, product, return_outlet, original, *later = rest
    freight, check = later or ("", "")
    amounts = (_amount(weight), _amount(goods), _amount(collected), _amount(insured))
    carriage = Carriage(*amounts, product, return_outlet, _amount(freight), check)
    return Carried(int(pieces), int(packages), Sorting(code, mark, centre, door), carriage, original)


def _amount(text: str) -> int | None:
    return int(text) if text else None
