"""Real kills of `yinji work`: in the middle of erasing months that are over. Whoever works next ends it; everything is done once."""

from __future__ import annotations

import shutil
import signal
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.test_kill import COUNTER, KILLER
from tests.simulators.clock import StandingClock
from tests.simulators.command import ENTRY, yinji
from tests.simulators.erasing import check_evidence, issue, people, seen
from tests.simulators.node import World, make_world
from yinji.flows.tend_node import tend_node
from yinji.kernel.clock import BEIJING
from yinji.kernel.events import Event
from yinji.kernel.refusals import Refusal
from yinji.main import open_house

SETTINGS = 'retention_days = 30\nretention_run = "on"\nreveals_a_day = 1000\nfind_days = 60\n'
HOUR_MS = 3_600_000
OLD, RECENT = 12, 3


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[str]]:
    """A closed node with twelve people of two months that are long over, and three of today; their numbers."""
    world = make_world(tmp_path_factory.mktemp("worker") / "node", settings=SETTINGS)
    today, numbers, crowd = datetime.now(BEIJING), list[str](), people(OLD + RECENT)
    for days, some, first in ((200, crowd[:6], 0), (150, crowd[6:OLD], 6), (0, crowd[OLD:], OLD)):
        world.house.close()
        world.clock.set_to((today - timedelta(days=days)).isoformat())
        world.house = world.again()
        numbers += issue(world, some, first=first)
    world.house.close()
    return world.home, numbers[:OLD], numbers[OLD:]


@pytest.fixture(scope="module")
def calls(node: tuple[Path, list[str], list[str]], tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many calls a worker makes that does all that is due."""
    folder = tmp_path_factory.mktemp("calls")
    home = Path(shutil.copytree(node[0], folder / "node"))
    env = {"KILL_AT": "0", "WATCH": KILLER, "COUNT_TO": str(folder / "calls")}
    done = yinji(home, "work", "--once", entry=COUNTER + ENTRY, env=env)
    assert done.code == 0, done.said
    return int((folder / "calls").read_text())


def worked(home: Path) -> World:
    """The node some hours later, when its chores were due again and done by somebody else."""
    clock = StandingClock(datetime.now(BEIJING).isoformat())
    world = World(home, clock, open_house(home, clock=clock))
    for _ in range(3):
        clock.pass_ms(HOUR_MS + 1)
        assert [each for each in tend_node(world.house) if each.refused] == []
    return world


@pytest.mark.parametrize("share", [0.45, 0.7, 0.9])
def test_a_worker_killed_while_it_erases_is_followed_by_one_that_ends_it(
    node: tuple[Path, list[str], list[str]], calls: int, tmp_path: Path, share: float
) -> None:
    home = Path(shutil.copytree(node[0], tmp_path / "node"))
    killed = yinji(home, "work", "--once", entry=KILLER + ENTRY, env={"KILL_AT": str(int(calls * share))})
    assert killed.code == -signal.SIGKILL, killed.said
    world = worked(home)
    assert len(world.house.vault.months(world.house.node.org)) == 1
    assert {seen(world.house, number) for number in node[1]} == {Refusal.PERSON_FORGOTTEN}
    assert [seen(world.house, number) for number in node[2]] == [who[0] for who in people(OLD + RECENT)[OLD:]]
    entries = [each.recorded.entry for each in world.house.ledger.entries(world.house.data, limit=10_000)]
    dropped = Counter(each.ground for each in entries if each.event is Event.PERIOD_DROPPED)
    assert set(dropped.values()) == {1}
    assert len(dropped) == 2
    check_evidence(world.house)
    world.house.close()
