"""`yinji inspect` as pipelines and people use it: exit codes, JSON, SARIF, marked pictures, a watched folder, a signature."""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from tests.simulators.node import World
from tests.unit.adapters.sheets.inspecting import TODAY, inspected
from yinji.adapters.sheets.opening import OpenedSheets
from yinji.doors.cli import inspect as command
from yinji.doors.cli.app import build_app
from yinji.doors.cli.arriving import ArrivingFiles
from yinji.doors.cli.context import Door, Rooms
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.speak import Voice
from yinji.doors.cli.stopping import Stopped
from yinji.flows.sign_report import sign_report
from yinji.kernel.said import Language
from yinji.keys.signing import signed_by
from yinji.label.inspection.sarif import sarif_of
from yinji.ledger.notes import parted, signature_parts
from yinji_bench.inspected.as_pdf import as_pdf
from yinji_bench.inspected.layouts import drawn

GOOD, BAD = as_pdf(drawn("chinese")), as_pdf(drawn("wordless", name="赵知遥", phone="13800001234"))
VIRTUAL = as_pdf(drawn("chinese", phone="18400913965-7576"))

SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "$schema": {"type": "string", "format": "uri"},
        "runs": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/run"}},
    },
    "additionalProperties": False,
    "$defs": {
        "message": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}},
        "run": {
            "type": "object",
            "required": ["tool"],
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "properties": {
                        "driver": {
                            "type": "object",
                            "required": ["name"],
                            "properties": {
                                "rules": {
                                    "type": "array",
                                    "uniqueItems": True,
                                    "items": {
                                        "type": "object",
                                        "required": ["id"],
                                        "properties": {
                                            "shortDescription": {"$ref": "#/$defs/message"},
                                            "help": {"$ref": "#/$defs/message"},
                                        },
                                    },
                                }
                            },
                        }
                    },
                },
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["message"],
                        "properties": {
                            "ruleId": {"type": "string"},
                            "kind": {"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
                            "level": {"enum": ["none", "note", "warning", "error"]},
                            "message": {"$ref": "#/$defs/message"},
                            "locations": {"type": "array"},
                        },
                    },
                },
            },
        },
    },
}
"""What of the schema of SARIF 2.1.0 (OASIS, errata 01) our log uses: required members, closed lists, types."""


def _never(*_: object) -> Any:
    raise AssertionError("an inspection needs no node")


def run(*arguments: str | Path) -> Result:
    app = build_app(Rooms(_never, _never, _never, _never, OpenedSheets()), only={"inspect"})
    return CliRunner().invoke(app, ["--lang", "en", "inspect", "--on", "2026-11-22", *map(str, arguments)])


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, content in (("good.pdf", GOOD), ("bad.pdf", BAD), ("virtual.pdf", VIRTUAL), ("notes.txt", b"hello")):
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("good.pdf", (), Exit.DONE),
        ("bad.pdf", (), Exit.FOUND),
        ("virtual.pdf", (), Exit.UNTOLD),
        ("virtual.pdf", ("--strict",), Exit.FOUND),
        ("notes.txt", (), Exit.UNTOLD),
    ],
)
def test_the_exit_code_says_what_was_found(files: Path, name: str, options: tuple[str, ...], code: Exit) -> None:
    assert run(files / name, *options).exit_code == code


def test_wrong_options_are_refused(files: Path) -> None:
    for wrong in (
        (),
        (files / "good.pdf", "--watch", files),
        (files / "good.pdf", "--sign"),
        ("--watch", files, "--out", files / "r"),
    ):
        assert run(*wrong).exit_code == Exit.USAGE


def test_a_folder_is_judged_and_files_of_other_kinds_are_passed_over(files: Path) -> None:
    done = run(files, "--json")
    report = json.loads(done.stdout)
    assert done.exit_code == Exit.FOUND
    assert {Path(each["name"]).name: each["outcome"] for each in report["files"]} == {
        "bad.pdf": "fails",
        "good.pdf": "passes",
        "virtual.pdf": "cannot_tell",
    }


def test_the_report_says_rule_weight_citation_and_remedy_and_nobody(files: Path) -> None:
    done = run(files / "bad.pdf", "--json")
    (file,) = json.loads(done.stdout)["files"]
    found = file["labels"][0]["findings"]
    assert {each["rule"] for each in found} == {"gbt-41833-name", "gbt-41833-phone"}
    assert all(each["supports_order"] and each["weight"] == "recommended" and each["citation"] for each in found)
    assert file["sha256"] == sha256(BAD).hexdigest()
    assert not [each for each in ("赵知遥", "13800001234") if each in done.stdout]


def test_the_terminal_says_what_to_do(files: Path) -> None:
    told = run(files / "bad.pdf").stdout
    assert "1. a name is shown whole [gbt-41833-name]" in told
    assert "may support an order" in told
    assert "files 1, labels 1: 0 pass, 1 fail" in told


def test_the_sarif_log_keeps_to_its_schema(files: Path) -> None:
    out = files / "out.sarif"
    run(files / "bad.pdf", files / "virtual.pdf", files / "notes.txt", "--sarif", out)
    log = json.loads(out.read_text(encoding="utf-8"))
    jsonschema_rs.validator_for(SARIF).validate(log)
    results = log["runs"][0]["results"]
    assert {(each["ruleId"], each["kind"], each["level"]) for each in results} == {
        ("gbt-41833-name", "fail", "error"),
        ("gbt-41833-phone", "fail", "error"),
        ("gbt-41833-phone", "open", "none"),
        ("not-inspected", "open", "none"),
    }
    assert {each["ruleId"] for each in results} <= {each["id"] for each in log["runs"][0]["tool"]["driver"]["rules"]}


def test_a_file_with_a_name_of_its_own_is_a_uri_in_sarif() -> None:
    file = inspected(GOOD)
    named = file.__class__("面单 1.pdf", file.digest, file.labels)
    log = sarif_of([named], on=TODAY, language=Language.EN)
    assert log["runs"][0]["artifacts"][0]["location"]["uri"] == "%E9%9D%A2%E5%8D%95%201.pdf"


def test_marked_pictures_are_kept_for_labels_with_findings_and_nothing_can_be_read_on_them(files: Path) -> None:
    run(files, "--marked", files / "marked")
    assert sorted(each.name for each in (files / "marked").iterdir()) == ["bad.pdf.1.png", "virtual.pdf.1.png"]
    picture = Image.open(BytesIO((files / "marked" / "bad.pdf.1.png").read_bytes()))
    assert picture.info.keys() <= {"transparency"}
    again = inspected((files / "marked" / "bad.pdf.1.png").read_bytes())
    shown = {each.rule for label in again.labels for each in label.shown}
    assert not shown & {"gbt-41833-name", "gbt-41833-phone", "gbt-41833-address", "house-code-content"}


def test_a_file_that_still_grows_waits(tmp_path: Path) -> None:
    arriving = ArrivingFiles(tmp_path, at_once=2)
    (tmp_path / "a.pdf").write_bytes(b"1")
    assert arriving.look() == []
    (tmp_path / "a.pdf").write_bytes(b"12")
    assert arriving.look() == []
    assert arriving.look() == [tmp_path / "a.pdf"]
    assert arriving.look() == []
    for name in ("b", "c", "d", ".hidden"):
        (tmp_path / name).write_bytes(b"1")
    (tmp_path / "link").symlink_to(tmp_path / "a.pdf")
    arriving.look()
    assert [each.name for each in arriving.look()] == ["b", "c"]
    assert [each.name for each in arriving.look()] == ["d"]


def test_a_watched_folder_is_judged_until_somebody_stops_it(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rooms = Rooms(_never, _never, _never, _never, OpenedSheets())
    desk = command._Desk(Door(files, Voice(Language.EN), rooms), TODAY, None, None, json=True)
    looks: list[float] = []

    def wait(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            raise Stopped

    assert command._watched(desk, files, strict=False, wait=wait) is Exit.FOUND
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [Path(each["files"][0]["name"]).name for each in reports] == ["bad.pdf", "good.pdf", "virtual.pdf"]


def test_a_report_is_signed_with_the_nodes_key(world: World) -> None:
    note = sign_report(world.house, "{}\n")
    text, (line,) = parted(note)
    name, signed = signature_parts(line)
    key = world.house.ledger.key
    digest = base64.b64encode(sha256(b"{}\n").digest()).decode()
    assert text == f"yinji.inspection/1\n{digest}\n"
    assert (name, signed[:4]) == (key.name, key.key_id)
    assert signed_by(key.raw, signed[4:], text.encode())
