"""What a run of `yinji issue` left: waybills, labels, shipping form; looked at from outside, without a line of ours."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp

from tests.simulators.command import HEADINGS, invented, yinji

MORE_HEADINGS = (*HEADINGS, "包裹数")


def in_packages(count: int, *, first: int = 1, every: int = 10, packages: int = 3) -> list[tuple[str, ...]]:
    """Rows of invented people for `MORE_HEADINGS`; every tenth order is sent in three packages."""
    rows = invented(count, first=first)
    return [(*row, str(packages) if at % every == 0 else "1") for at, row in enumerate(rows, first)]


def write_orders(path: Path, rows: list[tuple[str, ...]]) -> Path:
    """Write an orders file with the number of packages in it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([MORE_HEADINGS, *rows])
    return path


def rows_of(home: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(home / "data.db")) as rows:
        return rows.execute(query).fetchall()


def numbers_of(home: Path) -> list[str]:
    """Every number that a waybill or a further package has, as often as it is there."""
    query = "SELECT number FROM waybill_waybills UNION ALL SELECT number FROM waybill_subs"
    return [number for (number,) in rows_of(home, query)]


def shipped(form: Path) -> dict[str, list[str]]:
    """The numbers of each order on a shipping form."""
    told: dict[str, list[str]] = {}
    with form.open(encoding="utf-8-sig", newline="") as file:
        for order, _, number in list(csv.reader(file))[1:]:
            told.setdefault(order.strip(), []).append(number.strip())
    return told


def pages(labels: Path) -> int:
    with closing(pypdfium2.PdfDocument(labels)) as document:
        return len(document)


def read_labels(labels: Path, places: range) -> list[str]:
    """The number that the bar codes of each of some labels say."""
    found = []
    with closing(pypdfium2.PdfDocument(labels)) as document:
        for at in places:
            image = document[at].render(scale=203 / 72, grayscale=True).to_pil()
            (number,) = {code.text for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.Code128)}
            found.append(number)
    return found


def check_kept(home: Path, *, used: int, left: int, printed: int) -> None:
    """No number is lost, doubled or held by nobody; what was taken is a waybill's; the evidence verifies."""
    numbers = numbers_of(home)
    assert len(numbers) == len(set(numbers)) == used
    for words in (("numbers", "audit"), ("ledger", "verify")):
        ended = yinji(home, *words)
        assert ended.code == 0, ended.said
    stock = json.loads(yinji(home, "numbers", "stock", "--json").out)
    told = {name: stock[name] for name in ("used", "left", "reserved", "resting", "printed")}
    assert told == {"used": used, "left": left, "reserved": 0, "resting": 0, "printed": printed}
