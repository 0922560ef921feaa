"""`yinji numbers` from the shell: forms, allocation in two steps, voiding, audit."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

from tests.simulators.command import founded, invented, order_file, yinji


def told(home: Path, *words: str) -> dict[str, object]:
    ended = yinji(home, "numbers", *words, "--json")
    assert ended.code == 0, ended.said
    answer = json.loads(ended.out)
    assert isinstance(answer, dict)
    return answer


def test_numbers_are_handed_out_used_voided_and_agree(tmp_path: Path) -> None:
    home = founded(tmp_path)
    (home / "yinji.toml").write_text('outlet_code = "PD-1"\n', encoding="utf-8")
    assert yinji(home, "numbers", "add", "EE:00000000-00000099:CN", "--format", "s10", "--brand", "ems").code == 0
    assert yinji(home, "numbers", "add", "EE:00000000-00000099", "--format", "s10").code == 4
    assert {each["id"] for each in told(home, "formats")["formats"]} >= {"own", "s10"}  # type: ignore[attr-defined]  # a list of objects
    first = told(home, "reserve", "5", "--owner", "PD-1", "--key", "2026-11")
    assert (first["got"], first["partial"], first["confirmed"]) == (5, False, False)
    assert told(home, "confirm", "--key", "2026-11")["confirmed"] is True
    orders = order_file(tmp_path / "orders.csv", invented(3))
    report = tmp_path / "report.json"
    issued = yinji(home, "issue", str(orders), "--labels", str(tmp_path / "labels.pdf"), "--report", str(report))
    assert issued.code == 0, issued.said
    stock = told(home, "stock")
    (mine,) = [each for each in stock["owners"] if each["owner"] == "PD-1"]  # type: ignore[attr-defined]  # a list of objects
    assert (mine["used"], mine["left"]) == (3, 2)
    number = str(first["numbers"][0]["first"])  # type: ignore[index]  # a list of objects
    assert told(home, "show", number)["owner"] == "PD-1"
    drawn = yinji(home, "labels", number, "--out", str(tmp_path / "labels.zip"), "--format", "png", "--again")
    assert drawn.code == 0, drawn.said
    with ZipFile(tmp_path / "labels.zip") as archive:
        assert [archive.read(name)[:4] for name in archive.namelist()] == [b"\x89PNG"]
    assert told(home, "void", number, "--reason", "typo")["voided"] is True
    assert yinji(home, "numbers", "void", number, "--reason", "typo").code == 4
    assert told(home, "hand-back", "--owner", "PD-1")["handed_back"] == 2
    assert told(home, "quarantine", "QL:1000000000500-1000000000509", "--reason", "copied")["quarantined"] == 10
    assert told(home, "warnings")["warnings"] == [{"warning": "EMERGENCY", "at": "PD-1", "figure": 0}]
    assert told(home, "audit")["agree"] is True
