"""Kill a long run again and again, at random moments, and let it finish: is every order there exactly once?

python scripts/kill_a_run.py [--orders 100000] [--kills 5] [--seed N] [--shards 1]

Founds a node in a folder of its own, issues a file of invented orders (every tenth in three packages) under SIGKILL, looks after each
kill, runs it to its end, and tells figures. Ends with 1 where anything is lost, doubled or left behind.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pypdfium2
import zxingcpp

HEADINGS: Final = ("订单号", "收件人", "收件人电话", "收件地址", "物品名称", "包裹数")
PACKAGES: Final = 3
EVERY: Final = 10
"""One order in so many is sent in `PACKAGES` packages."""
HOUSES: Final = 9_973
"""Houses in the street: a number as long as the end of a phone would be a person's phone on the label, and the row refused."""
SAMPLE: Final = 60
"""Labels whose bar code is read, spread over the document."""
SECONDS_AN_ORDER: Final = 1 / 1_500
"""How long a run may take, for choosing the moments of kills: longer than most machines need."""
PATIENCE_SECONDS: Final = 3_600
DPI: Final = 203 / 72


def main() -> int:
    """Return 0 where everything held."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--orders", type=int, default=100_000)
    asked.add_argument("--kills", type=int, default=5)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    asked.add_argument("--shards", type=int, default=1)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="yinji-kills-") as folder:
        run = Run(Path(folder), orders=given.orders, shards=given.shards)
        run.found()
        run.kill_often(given.kills, random.Random(given.seed))  # noqa: S311 - moments to kill at, no secret
        run.finish()
        wrong = run.look()
    print(f"seed {given.seed}", *(wrong or ["nothing is lost, doubled or left behind"]), sep="\n")
    return 1 if wrong else 0


class Run:
    """A node, its orders file, and what a run of it must write."""

    def __init__(self, folder: Path, *, orders: int, shards: int) -> None:
        """Write the orders file."""
        self.orders = orders
        self.labels = orders + (PACKAGES - 1) * (orders // EVERY)
        self._folder = folder
        self._home = folder / "node"
        self._shards = shards
        with (folder / "orders.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADINGS, *map(invented, range(1, orders + 1))])

    def found(self) -> None:
        """Found a node with half as many numbers again as the file needs."""
        (self._folder / "sender.toml").write_text(
            'name = "茶与山商行"\nphone = "021-50000000"\naddress = "上海市浦东新区张江镇示例路88号2栋301室"\n',
            encoding="utf-8",
        )
        self._home.mkdir()
        (self._home / "yinji.toml").write_text(f"shards = {self._shards}\n", encoding="utf-8")
        last = 1_000_000_000_000 + self.labels * 3 // 2 - 1
        self._command("init", "--range", f"QL:1000000000000-{last}", "--sender", str(self._folder / "sender.toml"))

    def kill_often(self, kills: int, moments: random.Random) -> None:
        """Kill the run at random moments; a run that was too quick to be killed is told, and counts for nothing more."""
        for at in range(1, kills + 1):
            moment = moments.uniform(0.3, self.orders * SECONDS_AN_ORDER)
            before, began = self._stored(), time.monotonic()
            with self._running() as run:
                try:
                    run.wait(moment)
                except subprocess.TimeoutExpired:
                    run.send_signal(signal.SIGKILL)
                ended = run.wait()
            took = time.monotonic() - began
            print(f"kill {at}: after {took:.1f} s, ended {ended}, {before:,} -> {self._stored():,} orders", flush=True)

    def finish(self) -> None:
        """Run to the end; tell how long it took and how much memory."""
        before, began = self._stored(), time.monotonic()
        with self._running() as run:
            _, status, used = os.wait4(run.pid, 0)
            run.returncode = os.waitstatus_to_exitcode(status)
        if run.returncode:
            report = self._folder / "r.json"
            raise SystemExit(f"the last run ended with {run.returncode} {report.read_text() if report.exists() else ''}")
        took = time.monotonic() - began
        print(f"last run: {before:,} known, {self.orders - before:,} new, {took:.1f} s, peak {used.ru_maxrss / 1024:.0f} MB")

    def look(self) -> list[str]:
        """Return everything that is not as it must be."""
        report = json.loads((self._folder / "r.json").read_text(encoding="utf-8"))
        stock = json.loads(self._command("numbers", "stock", "--json"))
        self._command("numbers", "audit")
        self._command("ledger", "verify")
        numbers, orders = self._numbers()
        sent = self._sent()
        entered = self.labels * 3 // 2
        pages, read = self._read(random.Random(0))  # noqa: S311 - a sample
        return [
            f"{what}: {found} instead of {wanted}"
            for what, found, wanted in (
                ("orders", orders, self.orders),
                ("numbers of waybills", len(numbers), self.labels),
                ("of them different", len(set(numbers)), self.labels),
                ("issued and known", report["issued"] + report["known"], self.orders),
                ("pages", pages, self.labels),
                ("orders on the shipping form", len(sent), self.orders),
                ("their numbers", sum(map(len, sent.values())), self.labels),
                (
                    "numbers told to two orders or to nobody",
                    len({each for some in sent.values() for each in some} ^ set(numbers)),
                    0,
                ),
                ("sampled labels whose number is not the register's", len(read - set(numbers)), 0),
                ("sampled labels read", len(read), min(SAMPLE, self.labels)),
                ("numbers used", stock["used"], self.labels),
                ("numbers left", stock["left"], entered - self.labels),
                ("numbers printed", stock["printed"], self.orders),
                ("parts left behind", len(list(self._folder.glob(".*"))), 0),
            )
            if found != wanted
        ]

    def _running(self) -> subprocess.Popen[bytes]:
        outputs = (("--labels", "l.pdf"), ("--errors", "e.csv"), ("--report", "r.json"), ("--shipped", "s.csv"))
        places = [word for option, name in outputs for word in (option, str(self._folder / name))]
        words = self._words("issue", str(self._folder / "orders.csv"), *places)
        return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command

    def _words(self, *words: str) -> list[str]:
        return [sys.executable, "-c", "from yinji.main import run; run()", "--home", str(self._home), *words]

    def _command(self, *words: str) -> str:
        done = subprocess.run(  # noqa: S603 - our own command
            self._words(*words), capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
        )
        if done.returncode:
            raise SystemExit(f"{words[0]} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def _stored(self) -> int:
        return int(self._rows("SELECT count(*) FROM waybill_waybills")[0][0])

    def _numbers(self) -> tuple[list[str], int]:
        rows = self._rows("SELECT number FROM waybill_waybills UNION ALL SELECT number FROM waybill_subs")
        return [number for (number,) in rows], int(self._rows("SELECT count(DISTINCT parcel) FROM vault_orders")[0][0])

    def _rows(self, query: str) -> Sequence[Any]:
        with closing(sqlite3.connect(self._home / "data.db")) as rows:
            return rows.execute(query).fetchall()

    def _sent(self) -> dict[str, list[str]]:
        sent: dict[str, list[str]] = {}
        with (self._folder / "s.csv").open(encoding="utf-8-sig", newline="") as file:
            for order, _, number in list(csv.reader(file))[1:]:
                sent.setdefault(order.strip(), []).append(number.strip())
        return sent

    def _read(self, chance: random.Random) -> tuple[int, set[str]]:
        found: set[str] = set()
        with closing(pypdfium2.PdfDocument(self._folder / "l.pdf")) as document:
            pages = len(document)
            for at in chance.sample(range(pages), min(SAMPLE, pages)):
                image = document[at].render(scale=DPI, grayscale=True).to_pil()
                found |= {code.text for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.Code128)}
        return pages, found


def invented(at: int) -> tuple[str, ...]:
    """Return the row of an invented order."""
    name = "李王张刘陈"[at % 5] + "思远静怡浩然"[at % 6]
    address = f"浙江省杭州市西湖区望云路{at % HOUSES}号听雨轩{at % 30 + 1}幢{at % 3 + 1}单元{at % 20 + 1}01室"
    return (f"K{at:08d}", name, f"138{at % 100_000_000:08d}", address, "茶叶礼盒", "1" if at % EVERY else str(PACKAGES))


if __name__ == "__main__":
    sys.exit(main())
