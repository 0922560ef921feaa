"""Coverage is told from the rows and borne out by the evidence; an edited row is seen."""

from __future__ import annotations

import json
from datetime import date

from typer.testing import CliRunner

from tests.simulators.attacking import by_hand
from tests.simulators.node import World
from yinji.doors.cli.app import build_app
from yinji.doors.cli.context import Rooms
from yinji.flows.tell_coverage import Coverage, tell_coverage
from yinji.law import pack_version
from yinji.waybill.coverage.model import By

TODAY = date(2026, 11, 21)


def told(world: World, by: By = By.DAY) -> Coverage:
    found = tell_coverage(world.house, first=TODAY, last=TODAY, by=by, check=True)
    assert isinstance(found, Coverage)
    return found


def test_coverage_names_the_rule_pack_that_passed_each_label(world: World) -> None:
    world.issue([world.order(f"C{at}") for at in range(3)])
    found = told(world, By.RULES)
    assert [(row.key, row.privacy, row.exempt, row.share) for row in found.rows] == [(pack_version(), 3, 0, 1.0)]
    assert found.agrees is True


def test_a_row_edited_by_hand_is_not_borne_out_by_the_evidence(world: World) -> None:
    world.issue([world.order(f"D{at}") for at in range(2)])
    by_hand(world.house, "UPDATE waybill_waybills SET kind = 2")
    found = told(world)
    assert found.whole.exempt == 2
    assert found.agrees is False


def test_the_command_tells_shares_and_how_they_were_counted(world: World) -> None:
    world.issue([world.order("E1")])
    rooms = Rooms(lambda _: world.again(), _never, _never, _never)  # type: ignore[arg-type] - never called
    app = build_app(rooms, only={"coverage"})
    day = TODAY.isoformat()
    done = CliRunner().invoke(
        app, ["--lang", "en", "coverage", "--from", day, "--to", day, "--by", "outlet", "--check", "--json"]
    )
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert answer["all"] == {"key": "", "privacy": 1, "exempt": 0, "specimen": 0, "share": 1.0}
    assert answer["evidence_agrees"] is True
    assert "voided" in answer["counted"]
    plain = CliRunner().invoke(app, ["--lang", "zh", "coverage", "--from", day, "--to", day])
    assert "100.00%" in plain.stdout


def _never(*_: object) -> None:
    raise AssertionError("not this one")
