"""Labels of waybills that exist, on a printer. 1 reach the printer, before anything is counted; block by block: 2 count and lint as
`print_again` does; 3 send each label; 4 ask what became of the block; 5 say of every number what is known.

Whatever happens, no label goes out a second time unmarked: what was counted once is refused the next time unless it is asked for as
a reprint, and what was not counted was not sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from yinji.flows.house import House
from yinji.flows.issue_model import Look
from yinji.flows.print_again import AgainReason, print_labels
from yinji.kernel.decision import Refuse
from yinji.label.passed import Label
from yinji.label.ports import Printer, Settled
from yinji.label.press import Press
from yinji.label.writers.languages import StreamWriter

BLOCK: Final = 10
"""Waybills that are counted in one transaction and then sent: what a break leaves counted and unprinted is fewer than these."""


class Fate(StrEnum):
    """What is known of one number's labels."""

    CONFIRMED = "confirmed"  # the printer said that everything it was sent is printed
    SENT = "sent"  # handed over; whether it was printed nobody said
    UNSURE = "unsure"  # sent, and then the printer broke off or stopped: look at the paper
    UNSENT = "unsent"  # counted, and not sent any more: comes again only as a reprint
    LEFT = "left"  # not reached: neither counted nor sent
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Printed:
    """One number, what is known of its labels, and why not more."""

    number: str
    fate: Fate
    refusal: Refuse | None = None


@dataclass(frozen=True, slots=True)
class PrintReport:
    """What was really printed: one line a number, in the order asked for; ``stopped`` says why the job ended early."""

    printed: tuple[Printed, ...]
    stopped: Refuse | None

    def count(self, fate: Fate) -> int:
        """Return how many numbers met a fate."""
        return sum(each.fate is fate for each in self.printed)


@dataclass(frozen=True, slots=True)
class Job:
    """What one job prints with: the press and the writer that set its labels, and the printer."""

    press: Press
    writer: StreamWriter
    printer: Printer


def print_out(
    house: House, job: Job, look: Look, *, numbers: Sequence[str], again: AgainReason | None = None, block: int = BLOCK
) -> PrintReport:
    """Print labels of some waybills and say what became of each. ``again`` as in `print_labels`."""
    asked = list(dict.fromkeys(numbers))
    if (stopped := job.printer.begin()) is not None:  # 1
        return PrintReport(tuple(Printed(number, Fate.LEFT) for number in asked), stopped)
    told: list[Printed] = []
    prelude = job.writer.prelude()
    try:
        for at in range(0, len(asked), block):
            some = asked[at : at + block]
            if stopped is not None:
                told += (Printed(number, Fate.LEFT) for number in some)
                continue
            labels, refused = print_labels(house, job.press, look, numbers=some, again=again)  # 2
            why = {each.number: each.refusal for each in refused}
            sent, stopped = _send(job, labels, prelude)  # 3
            prelude = prelude if not labels else b""
            fates, stopped = _settled(job, sent, stopped)  # 4
            told += _told(some, fates, why)  # 5
    finally:
        closed = job.printer.close()
    if closed is not None:  # a file that could not be made whole: nothing of it is there
        told = [Printed(each.number, Fate.UNSENT) if each.fate is Fate.SENT else each for each in told]
    return PrintReport(tuple(told), stopped or closed)


def _send(job: Job, labels: Sequence[Label], prelude: bytes) -> tuple[dict[str, Fate], Refuse | None]:
    """Send labels; return each waybill's fate so far, and what broke off."""
    fates = {_waybill(label): Fate.UNSENT for label in labels}
    stopped: Refuse | None = None
    for label, commands in zip(labels, job.writer.write(labels), strict=True):
        stopped = job.printer.send(prelude + commands)
        prelude = b""
        number = _waybill(label)
        fates[number] = Fate.UNSURE if stopped is not None else Fate.SENT
        if stopped is not None:
            break
    return fates, stopped


def _settled(job: Job, fates: dict[str, Fate], stopped: Refuse | None) -> tuple[dict[str, Fate], Refuse | None]:
    """Ask what became of a block. Where the printer broke off or stopped, all that it was sent of the block is unsure."""
    if Fate.SENT not in fates.values():
        return fates, stopped
    settled = stopped if stopped is not None else job.printer.settle()
    if isinstance(settled, Refuse):
        return {number: Fate.UNSURE if fate is Fate.SENT else fate for number, fate in fates.items()}, settled
    known = Fate.CONFIRMED if settled is Settled.CONFIRMED else Fate.SENT
    return {number: known if fate is Fate.SENT else fate for number, fate in fates.items()}, None


def _told(numbers: Sequence[str], fates: dict[str, Fate], why: dict[str, Refuse]) -> Iterator[Printed]:
    for number in numbers:
        yield Printed(number, fates.get(number, Fate.REFUSED), why.get(number))


def _waybill(label: Label) -> str:
    return label.master or label.number
