"""The clock passes midnight while a run goes on, from the last day of a month into the next: nothing is lost between them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.simulators.clock import StandingClock
from tests.simulators.issued import in_packages, numbers_of, rows_of, shipped, write_orders
from tests.simulators.node import LOOK, make_world
from yinji.doors.intake.file_report import FileReport
from yinji.doors.intake.file_run import Job, run_file
from yinji.flows.audit_numbers import audit_numbers
from yinji.flows.find_parcels import find_parcels
from yinji.flows.house import House
from yinji.flows.verify_evidence import verify_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private
from yinji.kernel.purpose import Purpose
from yinji.main import open_house

ORDERS = 60


class RunningClock(StandingClock):
    """Goes on by itself, some milliseconds whenever somebody looks at it."""

    def now_ms(self) -> int:
        self.pass_ms(20)
        return super().now_ms()


def run(house: House, orders: Path, name: str) -> FileReport:
    folder = orders.parent
    job = Job(orders, folder / f"{name}.pdf", merchant="M", shipped=folder / f"{name}.csv")
    found = run_file(house, job, look=LOOK, progress=lambda *_: None, hear=lambda _: None)
    assert isinstance(found, FileReport), found
    return found


@pytest.mark.parametrize("shards", [1, 3])
@pytest.mark.parametrize("dated", ["", "2026-11-30 23:59:58"])
def test_a_run_over_the_end_of_a_month_is_one_run(tmp_path: Path, shards: int, dated: str) -> None:
    home = make_world(tmp_path / "node", settings=f"batch_orders = 6\nshards = {shards}\n").home
    rows = [(row[0], dated, *row[2:]) for row in in_packages(ORDERS)]
    orders = write_orders(tmp_path / "orders.csv", rows)
    house = open_house(home, clock=RunningClock("2026-11-30T23:59:59.8+08:00"))
    first = run(house, orders, "first")
    assert (first.issued, first.refused_rows) == (ORDERS, 0)
    periods = Counter(period for (period,) in rows_of(home, "SELECT period FROM vault_parties WHERE period > 0"))
    assert set(periods) == {202611, 202612}
    assert periods.total() == 2 * ORDERS
    again = run(house, orders, "again")
    assert (again.issued, again.known) == (0, ORDERS)
    assert shipped(tmp_path / "again.csv") == shipped(tmp_path / "first.csv")
    assert len(numbers_of(home)) == len(set(numbers_of(home))) == ORDERS + 2 * (ORDERS // 10)
    assert audit_numbers(house).holds
    assert all(each.holds for each in verify_evidence(house))
    for at in (1, ORDERS):  # of either day, by the index of its bucket
        found = find_parcels(house, Private(f"1380000{at:04d}"), purpose=Purpose.SOLVE_DELIVERY)
        assert not isinstance(found, Refuse), found
        assert [hit.waybill.number for hit in found] == shipped(tmp_path / "first.csv")[f"E{at:08d}"][:1]
    house.close()
