"""Real kills: the command is killed with SIGKILL at the n-th call of one of our functions, then run again to its end."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from tests.simulators.command import ENTRY, founded, invented, order_file, yinji

ORDERS = 60

# Counts calls into our own rooms and kills the process, unannounced, at the n-th: no hook in the product knows of it.
KILLER = """
import os, signal, sys
wanted, seen = int(os.environ["KILL_AT"]), 0
ROOMS = ("/yinji/flows/", "/yinji/db/", "/yinji/vault/", "/yinji/waybill/", "/yinji/ledger/", "/yinji/doors/intake/",
         "/yinji/keys/keystore", "/yinji/adapters/", "/yinji/label/writers/")
def watch(frame, event, arg):
    global seen
    if event == "call" and any(room in frame.f_code.co_filename for room in ROOMS):
        seen += 1
        if seen == wanted:
            os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(watch)
"""
COUNTER = """
import atexit, os, sys
exec(os.environ["WATCH"].replace("seen == wanted", "False"))
atexit.register(lambda: open(os.environ["COUNT_TO"], "w").write(str(seen)))
"""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A founded node with small batches, to be copied; an orders file beside it."""
    folder = tmp_path_factory.mktemp("kill")
    founded(folder)
    (folder / "node" / "yinji.toml").write_text("batch_orders = 20\n", encoding="utf-8")
    order_file(folder / "orders.csv", invented(ORDERS))
    return folder


@pytest.fixture(scope="module")
def calls(node: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many calls a whole run makes."""
    folder = tmp_path_factory.mktemp("calls")
    home = Path(shutil.copytree(node / "node", folder / "node"))
    env = {"KILL_AT": "0", "WATCH": KILLER, "COUNT_TO": str(folder / "calls")}
    assert _issue(home, node, folder, entry=COUNTER + ENTRY, env=env) == 0
    return int((folder / "calls").read_text())


def _issue(home: Path, node: Path, folder: Path, *, entry: str = ENTRY, env: dict[str, str] | None = None) -> int:
    words = ("issue", str(node / "orders.csv"), "--labels", str(folder / "l.pdf"), "--report", str(folder / "r.json"))
    return yinji(home, *words, entry=entry, env=env).code


@pytest.mark.parametrize("share", [0.02, 0.33, 0.61, 0.90, 0.995])
def test_killed_anywhere_and_run_again_no_number_is_lost_or_doubled(
    node: Path, calls: int, tmp_path: Path, share: float
) -> None:
    home = Path(shutil.copytree(node / "node", tmp_path / "node"))
    killed = _issue(home, node, tmp_path, entry=KILLER + ENTRY, env={"KILL_AT": str(max(1, int(calls * share)))})
    assert killed == -signal.SIGKILL
    check_whole(home, finished=False)
    assert not (tmp_path / "l.pdf").exists() or _numbers_on(tmp_path / "l.pdf") == _numbers_in(home)
    assert _issue(home, node, tmp_path) == 0
    check_whole(home, finished=True)
    assert _numbers_on(tmp_path / "l.pdf") == _numbers_in(home)
    assert not list(tmp_path.glob(".*.part"))


def test_killed_three_times_over_it_still_comes_out_whole(node: Path, calls: int, tmp_path: Path) -> None:
    home = Path(shutil.copytree(node / "node", tmp_path / "node"))
    for share in (0.9, 0.5, 0.3):
        assert _issue(home, node, tmp_path, entry=KILLER + ENTRY, env={"KILL_AT": str(int(calls * share))}) == -signal.SIGKILL
    assert _issue(home, node, tmp_path) == 0
    check_whole(home, finished=True)


@pytest.fixture(scope="module")
def founding_calls(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many calls a whole founding makes."""
    folder = tmp_path_factory.mktemp("founding")
    env = {"KILL_AT": "0", "WATCH": KILLER, "COUNT_TO": str(folder / "calls")}
    assert yinji(folder / "node", "init", entry=COUNTER + ENTRY, env=env).code == 0
    return int((folder / "calls").read_text())


@pytest.mark.parametrize("share", [0.05, 0.28, 0.61, 0.98])
def test_killed_while_founding_the_next_init_makes_it_whole(founding_calls: int, tmp_path: Path, share: float) -> None:
    killed = yinji(tmp_path / "node", "init", entry=KILLER + ENTRY, env={"KILL_AT": str(int(founding_calls * share))})
    assert killed.code == -signal.SIGKILL
    again = yinji(tmp_path / "node", "init")
    assert again.code in {0, 5}, again.said
    if again.code == 5:
        assert "已经有节点" in again.said
    order_file(tmp_path / "orders.csv", invented(3))
    yinji(tmp_path / "node", "numbers", "add", "QL:10000000-10009999")
    issued = yinji(tmp_path / "node", "issue", str(tmp_path / "orders.csv"), "--labels", str(tmp_path / "l.pdf"))
    assert issued.code == 0, issued.said


def check_whole(home: Path, *, finished: bool) -> None:
    """Every waybill has its two parties, its order and its number once; every number taken is a waybill's; evidence verifies."""
    with sqlite3.connect(home / "data.db") as rows:
        numbers = [number for (number,) in rows.execute("SELECT number FROM waybill_waybills")]
        parcels = Counter(parcel for (parcel,) in rows.execute("SELECT parcel FROM vault_parties WHERE period > 0"))
        orders = rows.execute("SELECT count(*), count(DISTINCT parcel) FROM vault_orders").fetchone()
        (taken,) = rows.execute("SELECT coalesce(sum(next - first), 0) FROM waybill_blocks").fetchone()
    assert len(numbers) == len(set(numbers)) == len(parcels) == orders[0] == orders[1] == taken
    assert set(parcels.values()) <= {2}
    assert len(numbers) == ORDERS if finished else len(numbers) % 20 == 0
    verified = yinji(home, "ledger", "verify")
    assert verified.code == 0, verified.said


def _numbers_in(home: Path) -> set[str]:
    with sqlite3.connect(home / "data.db") as rows:
        return {number for (number,) in rows.execute("SELECT number FROM waybill_waybills")}


def _numbers_on(labels: Path) -> set[str]:
    found = set()
    document = pypdfium2.PdfDocument(labels)
    for page in document:
        codes = zxingcpp.read_barcodes(
            page.render(scale=203 / 72, grayscale=True).to_pil(), formats=zxingcpp.BarcodeFormat.Code128
        )
        found |= {code.text for code in codes}
        page.close()
    document.close()
    return found
