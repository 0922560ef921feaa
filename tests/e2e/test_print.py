"""`yinji print` as a command: addresses, languages, what it says and how it ends."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.simulators.command import invented, order_file, yinji
from tests.simulators.printer import FakePrinter
from yinji.label.languages import PrinterLanguage


@pytest.fixture
def home(founded_once: Path, tmp_path: Path) -> Path:
    home = Path(shutil.copytree(founded_once, tmp_path / "node"))
    orders = order_file(tmp_path / "orders.csv", invented(2))
    assert yinji(home, "issue", str(orders), "--labels", str(tmp_path / "l.pdf")).code == 0
    return home


def numbers(home: Path) -> list[str]:
    with sqlite3.connect(home / "data.db") as rows:
        return [str(row[0]) for row in rows.execute("SELECT number FROM waybill_waybills ORDER BY number")]


def test_labels_are_printed_again_into_a_file_and_on_a_printer(home: Path, tmp_path: Path) -> None:
    own = numbers(home)
    first = yinji(home, "print", *own, "--to", f"file:{tmp_path}/job", "--language", "tspl")
    assert first.code == 4, first.said
    assert "已打印过" in first.said or "印过" in first.said
    assert not (tmp_path / "job").exists()
    again = ("--again", "--reason", "printer")
    done = yinji(home, "print", *own, "--to", f"file:{tmp_path}/job", "--language", "tspl", *again)
    assert done.code == 0, done.said
    assert (tmp_path / "job").read_bytes().count(b"PRINT 1,1\r\n") == 2
    with FakePrinter(PrinterLanguage.CPCL) as fake:
        ended = yinji(home, "print", own[0], "--to", f"socket://127.0.0.1:{fake.port}", "--language", "cpcl", *again, "--json")
    assert ended.code == 0, ended.said
    assert json.loads(ended.out)["counts"]["confirmed"] == 1
    assert len(fake.printed) == 1


def test_what_names_no_printer_is_refused_before_anything(home: Path) -> None:
    (one, _) = numbers(home)
    assert "socket://" in yinji(home, "print", one, "--to", "lpt1", "--again").said
    assert yinji(home, "print", one, "--to", "file:x", "--language", "tspl", "--printer-font", "E:A.TTF", "--again").code == 2
    assert yinji(home, "print", one, "--to", "file:x", "--tag-bits", "97").code == 2
