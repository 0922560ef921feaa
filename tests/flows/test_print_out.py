"""Labels on a printer: what was counted, what was sent, what was confirmed; and nothing comes out twice unmarked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulators.node import LOOK, World, make_world, press
from tests.simulators.printer import FakePrinter, closed_port, numbers_on
from yinji.adapters.printers.network import NetworkPrinter, Patience
from yinji.flows.print_again import AgainReason
from yinji.flows.print_out import Fate, Job, PrintReport, print_out
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.label.languages import PrinterLanguage

QUICK = Patience(connect_s=0.5, answer_s=0.15, label_s=0.5, calls_max=1, pause_s=0.01)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def printed(world: World, port: int, numbers: list[str], *, again: AgainReason | None = None, block: int = 2) -> PrintReport:
    own = press()
    printer = NetworkPrinter("127.0.0.1", port, PrinterLanguage.ZPL, patience=QUICK)
    job = Job(own, own.writer(PrinterLanguage.ZPL, font="E:SIMSUN.TTF"), printer)
    return print_out(world.house, job, LOOK, numbers=numbers, again=again, block=block)


def fates(report: PrintReport) -> list[Fate]:
    return [each.fate for each in report.printed]


def prints(world: World, numbers: list[str]) -> list[int]:
    bills = world.house.register.find_all(world.house.node.org, numbers)
    return [0 if isinstance(bill, Refuse) else bill.prints for bill in bills]


def issued(world: World, count: int) -> list[str]:
    """Waybills that were issued and not yet counted as printed."""
    outcome = world.issue([world.order(f"P-{at}") for at in range(count)])
    return [label.number for label in outcome.labels]


def test_every_number_is_confirmed_and_counted_once(world: World) -> None:
    numbers = issued(world, 3)
    with FakePrinter() as fake:
        report = printed(world, fake.port, [*numbers, "YJ0000000000000"])
    assert fates(report) == [Fate.CONFIRMED] * 3 + [Fate.REFUSED]
    assert numbers_on(fake.printed) == numbers
    assert prints(world, numbers) == [1, 1, 1]
    assert report.stopped is None


def test_a_printer_that_cannot_be_reached_counts_nothing(world: World) -> None:
    numbers = issued(world, 2)
    with closed_port() as port:
        report = printed(world, port, numbers)
    assert fates(report) == [Fate.LEFT, Fate.LEFT]
    assert report.stopped is not None
    assert report.stopped.code is Refusal.PRINTER_UNREACHABLE
    assert prints(world, numbers) == [0, 0]


def test_a_job_that_broke_off_goes_on_where_it_stopped_and_prints_nothing_twice_unmarked(world: World) -> None:
    numbers = issued(world, 5)
    with FakePrinter(breaks_at=4) as fake:
        report = printed(world, fake.port, numbers)
        assert fates(report)[:2] == [Fate.CONFIRMED, Fate.CONFIRMED]
        assert set(fates(report)[2:4]) <= {Fate.UNSURE, Fate.UNSENT}
        assert fates(report)[4] is Fate.LEFT
        assert prints(world, numbers) == [1, 1, 1, 1, 0]
    with FakePrinter() as second:
        report = printed(world, second.port, numbers)
        assert fates(report) == [Fate.REFUSED] * 4 + [Fate.CONFIRMED]
        assert {each.refusal.code for each in report.printed if each.refusal} == {Refusal.PRINTED_BEFORE}
        report = printed(world, second.port, numbers[2:4], again=AgainReason.PRINTER)
        assert fates(report) == [Fate.CONFIRMED, Fate.CONFIRMED]
    assert all("补打 1".encode() in each for each in second.printed[1:])
    once = numbers_on(fake.printed) + numbers_on([each for each in second.printed if "补打".encode() not in each])
    assert len(once) == len(set(once))


def test_a_printer_that_ran_out_of_paper_confirms_nothing_of_the_block(world: World) -> None:
    numbers = issued(world, 4)
    with FakePrinter(paper_max=3) as fake:
        report = printed(world, fake.port, numbers)
    assert fates(report) == [Fate.CONFIRMED, Fate.CONFIRMED, Fate.UNSURE, Fate.UNSURE]
    assert report.stopped is not None
    assert report.stopped.code is Refusal.PRINTER_STOPPED


def test_a_mute_printer_has_only_been_sent_labels(world: World) -> None:
    numbers = issued(world, 1)
    with FakePrinter(mute=True) as fake:
        assert fates(printed(world, fake.port, numbers)) == [Fate.SENT]
