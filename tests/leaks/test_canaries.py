"""A canary goes through every command; then every byte that is left anywhere is searched for it."""

from __future__ import annotations

import csv
import shutil
import signal
from pathlib import Path

import pytest

from tests.e2e.test_kill import KILLER
from tests.leaks.canary import ADDRESS, NAME, PERSON, PHONE, ROOM, leaks_in, leaks_in_file
from tests.simulators.command import ENTRY, Ended, founded, order_file, yinji

pytestmark = pytest.mark.xdist_group("canaries")
"""What all of them share is made once, by one worker."""

ROWS = [
    ("C1", "", *PERSON, "茶叶礼盒", "1", ""),
    ("C2", "", *PERSON, f"给{NAME}的礼物", "1", f"收件人{NAME}，电话{PHONE}，{ROOM}"),
    ("C3", "", NAME, "12345", ADDRESS, "茶叶", "1", ""),  # refused: no phone
    ("C4", "", NAME, PHONE, ADDRESS, "", "1", f"{NAME} {PHONE}"),  # refused: nothing inside
    (NAME, "", NAME, PHONE, ADDRESS, "茶叶", "x", ADDRESS),  # refused, the name even in the order number
    ("C6", "", NAME + "\u202e", PHONE, ADDRESS, "茶叶", "1", ""),  # refused: turned text
    ("C7", "", "李思远", "13800001234", f"浙江省杭州市西湖区望云路8号3幢501室{NAME}{PHONE}", "茶叶", "1", ""),
    ("C1", "", NAME, PHONE, ADDRESS + "旁", "茶叶礼盒", "1", ""),  # refused: the order changed
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a node is and every command has been; the orders file itself lies elsewhere."""
    folder = tmp_path_factory.mktemp("canary")
    founded(folder)
    return folder


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return order_file(tmp_path_factory.mktemp("orders") / "orders.csv", ROWS)


@pytest.fixture(scope="module")
def said(place: Path, orders: Path) -> list[Ended]:
    """Everything that every command said that is not the answer to a reveal."""
    node = place / "node"
    errors = orders.parent / "e.csv"  # beside the orders: it gives rows back to whoever brought them (decision 0027)
    files = ("--labels", str(place / "l.pdf"), "--errors", str(errors), "--report", str(place / "r.json"))
    everything = [
        yinji(node, "issue", str(orders), *files),
        yinji(node, "--lang", "en", "issue", str(orders), *files),
        yinji(node, "find", "--phone", PHONE),
        yinji(node, "find", "--json", "--phone", "-", typed=f"{PHONE}\n"),
        yinji(node, "reveal", "QL10000000000003", "--purpose", "deliver"),
        yinji(node, "ledger", "show"),
        yinji(node, "ledger", "show", "--log", "disclosures"),
        yinji(node, "ledger", "verify"),
        yinji(node, "ledger", "checkpoint", "--to", str(place / "checkpoints")),
        yinji(node, "ledger", "export", str(place / "evidence")),
        yinji(node, "numbers", "stock"),
        yinji(node, "reveal", "QL1", "--purpose", "solve"),
        yinji(node, "find", "--phone", NAME),
        yinji(node, "keys", "recovery-key", str(place / "recovery")),
        yinji(node, "keys", "backup", str(place / "backups"), "--recovery", str(place / "recovery")),
        yinji(node, "backup", str(place / "backups"), "--recovery", str(place / "recovery")),
    ]
    assert [ended.code for ended in everything[-3:]] == [0] * 3, [ended.said for ended in everything[-3:]]
    failing = "import yinji.vault.sealer as v\ndef fail(*a, **k): raise ValueError(repr(a) + str(a) + v.__name__)\nv.Sealer.seal = fail\n"
    broken = order_file(orders.parent / "broken.csv", [("C9", "", *PERSON, "茶叶", "1", "")])
    everything.append(yinji(node, "issue", str(broken), "--labels", str(place / "x.pdf"), entry=failing + ENTRY))
    return everything


def test_the_canary_was_really_sealed_and_comes_out_for_a_purpose(place: Path, said: list[Ended]) -> None:
    assert said[0].code == 3, said[0].said
    seen = yinji(place / "node", "reveal", "QL10000000000003", "--purpose", "solve", "--view", "all")
    assert NAME in seen.out
    assert PHONE in seen.out
    assert ADDRESS in seen.out


def test_no_command_says_the_canary_but_a_reveal(said: list[Ended]) -> None:
    for ended in said:
        assert leaks_in(ended.said.encode()) == [], ended.said


def test_an_error_of_ours_does_not_say_the_canary(said: list[Ended]) -> None:
    assert said[-1].code == 70
    assert leaks_in(said[-1].said.encode()) == []


def test_the_error_file_gives_back_what_was_refused_and_nobody_else(orders: Path, said: list[Ended]) -> None:
    assert said
    errors = orders.parent / "e.csv"
    assert errors.stat().st_mode & 0o777 == 0o600
    with errors.open(encoding="utf-8-sig", newline="") as file:
        returned = [row[0] for row in csv.reader(file)][1:]
    assert returned == ["C4", NAME, "C6", "C1"]


def test_no_file_holds_the_canary(place: Path, said: list[Ended]) -> None:
    assert said
    files = [path for path in place.rglob("*") if path.is_file()]
    names = {path.name for path in files}
    assert {"data.db", "disclosures.db", "l.pdf", "r.json", "data.checkpoint"} <= names
    assert {"root-1.key", "node.key", "backed-up-until"} <= names
    kinds = {path.suffix for path in (place / "node" / "keys").iterdir()}
    assert {".signing", ".org", ".epoch", ".period", ".key"} <= kinds
    assert len([path for path in (place / "backups").iterdir() if path.suffix in {".yjk", ".yjd"}]) == 2
    found = {str(path.relative_to(place)): leaks for path in files if (leaks := leaks_in_file(path))}
    assert found == {}


@pytest.mark.parametrize("at", [2_500, 5_000, 7_000])
def test_what_a_killed_command_leaves_behind_holds_no_canary(place: Path, orders: Path, tmp_path: Path, at: int) -> None:
    home = Path(shutil.copytree(place / "node", tmp_path / "node"))
    rows = [(f"K{row}", "", *PERSON, "茶叶", "1", f"{NAME}{PHONE}") for row in range(40)]
    more = order_file(orders.parent / f"more-{at}.csv", rows)
    words = ("issue", str(more), "--labels", str(tmp_path / "k.pdf"))
    assert yinji(home, *words, entry=KILLER + ENTRY, env={"KILL_AT": str(at)}).code == -signal.SIGKILL
    found = {path.name: leaks for path in tmp_path.rglob("*") if path.is_file() and (leaks := leaks_in_file(path))}
    assert found == {}


def test_the_search_finds_a_canary_that_is_there(tmp_path: Path) -> None:
    for at, form in enumerate((NAME.encode(), PHONE.encode("utf-16-le"), ROOM.encode("gb18030"), NAME.encode().hex().encode())):
        path = tmp_path / str(at)
        path.write_bytes(b"\0" * 999 + form + b"\0" * 999)
        assert leaks_in_file(path) != []
