"""Backups by the command: taken under load, killed, cut off by a full disk, damaged, expired, mixed up; and back."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_kill import COUNTER, KILLER
from tests.leaks.canary import PERSON, leaks_in_file
from tests.simulators.command import ENTRY, Ended, founded, invented, order_file, yinji

pytestmark = pytest.mark.xdist_group("backup")
"""What all of them share is made once, by one worker."""

WATCHED = KILLER.replace('"/yinji/keys/keystore"', '"/yinji/keys/"')
LIMIT = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes}, {bytes}))
"""
LATER = """
import time
real = time.time_ns
time.time_ns = lambda: real() + {days} * 86_400 * 10**9
"""


class Place:
    """A node with waybills of invented people, the canary among them, its backups and its recovery key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "node"
        self.recovery = folder / "safe" / "recovery"
        self.data = next((folder / "d").glob("*.yjd"), folder / "none")
        self.keys = next((folder / "k").glob("*.yjk"), folder / "none")
        self.epochs = next((folder / "k").glob("*.yje"), folder / "none")

    def words(self, **other: Path) -> tuple[str, ...]:
        """The options of a restore; ``other`` files in their place."""
        of = {"recovery": self.recovery, "keys": self.keys, "epochs": self.epochs, **other}
        return tuple(word for name, path in of.items() for word in (f"--{name}", str(path)))

    def restore(self, home: Path, *, entry: str = ENTRY, env: dict[str, str] | None = None, **other: Path) -> Ended:
        """Restore into ``home``."""
        data = other.pop("data", self.data)
        return yinji(home, "restore", str(data), *self.words(**other), entry=entry, env=env)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backup")
    home = founded(folder)
    rows = [*invented(60), *((f"C{at}", "", *PERSON, "茶叶", "1", "") for at in range(5))]
    order_file(folder / "orders.csv", rows)
    assert yinji(home, "issue", str(folder / "orders.csv"), "--labels", str(folder / "l.pdf")).code == 0
    (folder / "orders.csv").unlink()
    (folder / "safe").mkdir()
    taken = [
        yinji(home, "keys", "recovery-key", str(folder / "safe" / "recovery")),
        yinji(home, "backup", str(folder / "d"), "--recovery", str(folder / "safe" / "recovery")),
        yinji(home, "keys", "backup", str(folder / "k"), "--recovery", str(folder / "safe" / "recovery")),
    ]
    assert [each.code for each in taken] == [0, 0, 0], [each.said for each in taken]
    return folder


@pytest.fixture(scope="module")
def calls(made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How many calls of ours a whole backup and a whole restore make."""
    folder = tmp_path_factory.mktemp("calls")
    place = Place(Path(shutil.copytree(made, folder / "place")))
    backup = ("backup", str(folder / "d2"), "--recovery", str(place.recovery))
    restore = ("restore", str(place.data), *place.words())
    return {"backup": _calls(place.home, backup, folder), "restore": _calls(folder / "again", restore, folder)}


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Place:
    return Place(Path(shutil.copytree(made, tmp_path / "place")))


def rows_of(home: Path) -> dict[str, Any]:
    with sqlite3.connect(home / "data.db") as data:
        return {
            table: sorted(data.execute(f"SELECT * FROM {table}"))  # noqa: S608 - table names of this list
            for table in ("waybill_waybills", "vault_parties", "vault_phones", "vault_orders", "access_orgs")
        }


def check_refused(ended: Ended, says: str, home: Path) -> None:
    assert ended.code == 5, ended.said
    assert says in ended.err
    assert "Traceback" not in ended.said
    assert not (home / "data.db").exists()
    assert not (home / "disclosures.db").exists()
    assert not (home / ".restoring").exists()


def test_what_is_restored_is_what_was_there(place: Place, tmp_path: Path) -> None:
    ended = place.restore(tmp_path / "again")
    assert ended.code == 0, ended.said
    assert rows_of(tmp_path / "again") == rows_of(place.home)
    assert yinji(tmp_path / "again", "ledger", "verify").code == 0
    assert yinji(tmp_path / "again", "numbers", "audit").code == 0
    shown = yinji(tmp_path / "again", "ledger", "show").out
    assert "恢复数据" in shown
    assert "恢复密钥库" in shown


def test_keys_that_are_in_place_need_no_key_backup(place: Place, tmp_path: Path) -> None:
    home = tmp_path / "again"
    home.mkdir(mode=0o700)
    shutil.copytree(place.home / "keys", home / "keys")
    ended = yinji(home, "restore", str(place.data), "--recovery", str(place.recovery))
    assert ended.code == 0, ended.said


def test_without_keys_nothing_is_restored(place: Place, tmp_path: Path) -> None:
    home = tmp_path / "again"
    check_refused(yinji(home, "restore", str(place.data), "--recovery", str(place.recovery)), "密钥库", home)


def test_keys_that_were_lost_come_back_over_the_data(place: Place) -> None:
    shutil.rmtree(place.home / "keys")
    ended = yinji(place.home, "keys", "restore", *place.words())
    assert ended.code == 0, ended.said
    assert yinji(place.home, "ledger", "verify").code == 0
    again = yinji(place.home, "keys", "restore", *place.words())
    assert again.code == 0, again.said


def test_no_byte_of_a_backup_shows_the_canary(place: Place) -> None:
    files = [place.data, place.keys, place.epochs]
    assert [leaks_in_file(path) for path in files] == [[], [], []]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)


def test_names_of_backups_carry_node_and_moment_only(place: Place) -> None:
    for path in (place.data, place.keys, place.epochs):
        yinji_, node, day, rest = path.name.split("-")
        assert yinji_ == "yinji"
        assert len(bytes.fromhex(node)) == 6
        assert len(day) == 8
        assert rest[:6].isdigit()


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("which", ["data", "keys", "epochs"])
def test_a_backup_with_a_flipped_byte_is_refused(place: Place, tmp_path: Path, which: str, share: float) -> None:
    path: Path = getattr(place, which)
    whole = bytearray(path.read_bytes())
    whole[int(len(whole) * share)] ^= 0x10
    bad = tmp_path / path.name
    bad.write_bytes(whole)
    check_refused(place.restore(tmp_path / "again", **{which: bad}), "备份文件损坏", tmp_path / "again")


@pytest.mark.parametrize("which", ["data", "keys", "epochs"])
def test_a_backup_that_was_cut_or_added_to_is_refused(place: Place, tmp_path: Path, which: str) -> None:
    path: Path = getattr(place, which)
    whole, bad = path.read_bytes(), tmp_path / path.name
    for changed in (whole[:-1], whole[:100], b"", whole + b"\0"):
        bad.write_bytes(changed)
        check_refused(place.restore(tmp_path / "again", **{which: bad}), "备份文件损坏", tmp_path / "again")


def test_another_recovery_key_is_refused_and_named_so(place: Place, tmp_path: Path) -> None:
    assert yinji(place.home, "keys", "recovery-key", str(tmp_path / "other")).code == 0
    ended = place.restore(tmp_path / "again", recovery=tmp_path / "other")
    check_refused(ended, "恢复密钥打不开这份备份", tmp_path / "again")


def test_a_recovery_key_is_not_made_twice(place: Place) -> None:
    before = place.recovery.read_bytes()
    assert yinji(place.home, "keys", "recovery-key", str(place.recovery)).code == 5
    assert place.recovery.read_bytes() == before


def test_epochs_past_their_life_are_refused(place: Place, tmp_path: Path) -> None:
    within = place.restore(tmp_path / "within", entry=LATER.format(days=6) + ENTRY)
    assert within.code == 0, within.said
    ended = place.restore(tmp_path / "again", entry=LATER.format(days=8) + ENTRY)
    check_refused(ended, "已过有效期", tmp_path / "again")


def test_a_longer_life_is_set_in_the_nodes_file_only(place: Place, tmp_path: Path) -> None:
    words = ("keys", "backup", str(tmp_path / "k2"), "--recovery", str(place.recovery))
    assert yinji(place.home, *words, env={"YINJI_KEY_BACKUP_DAYS": "30"}).code == 5
    (place.home / "yinji.toml").write_text("key_backup_days = 31\n", encoding="utf-8")
    assert yinji(place.home, *words).code == 5


def test_the_evidence_says_until_when_keys_could_undo_an_erasure(place: Place) -> None:
    shown = yinji(place.home, "ledger", "show").out
    assert "备份密钥库" in shown
    assert "until-20" in shown


def test_keys_of_another_node_are_refused(place: Place, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = founded(tmp_path / "other")
    assert yinji(other, "keys", "backup", str(tmp_path / "ok"), "--recovery", str(place.recovery)).code == 0
    strange = {"keys": next((tmp_path / "ok").glob("*.yjk")), "epochs": next((tmp_path / "ok").glob("*.yje"))}
    check_refused(place.restore(tmp_path / "again", **strange), "不属于同一个节点", tmp_path / "again")
    assert not (tmp_path / "again" / "keys").exists()


def test_files_of_two_key_backups_are_no_pair(place: Place, tmp_path: Path) -> None:
    assert yinji(place.home, "keys", "backup", str(tmp_path / "k2"), "--recovery", str(place.recovery)).code == 0
    mixed = next((tmp_path / "k2").glob("*.yje"))
    check_refused(place.restore(tmp_path / "again", epochs=mixed), "不属于同一个节点", tmp_path / "again")


def test_a_home_with_a_node_is_refused_and_stays_as_it_is(place: Place) -> None:
    before = rows_of(place.home)
    ended = place.restore(place.home)
    assert ended.code == 5
    assert "已经有节点" in ended.err
    assert rows_of(place.home) == before


def test_a_disclosures_file_that_no_restore_left_is_never_overwritten(place: Place, tmp_path: Path) -> None:
    home = tmp_path / "again"
    home.mkdir(mode=0o700)
    (home / "disclosures.db").write_bytes(b"somebody's evidence")
    assert place.restore(home).code == 5
    assert (home / "disclosures.db").read_bytes() == b"somebody's evidence"


def test_half_a_pair_is_a_usage_error(place: Place, tmp_path: Path) -> None:
    words = ("restore", str(place.data), "--recovery", str(place.recovery), "--keys", str(place.keys))
    assert yinji(tmp_path / "again", *words).code == 2


def test_a_drill_is_held_written_down_and_leaves_nothing(place: Place, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    env = {"TMPDIR": str(scratch)}
    ended = yinji(place.home, "keys", "drill", "--data", str(place.data), *place.words(), env=env)
    assert ended.code == 0, ended.said
    assert "✓ 抽查" in ended.out
    assert list(scratch.iterdir()) == []
    assert "进行恢复演练" in yinji(place.home, "ledger", "show").out
    alone = yinji(tmp_path / "nowhere", "keys", "drill", "--data", str(place.data), *place.words(), env=env)
    assert alone.code == 0, alone.said
    assert "未记入证据" in alone.err


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.3, 0.8, 0.92, 0.97, 0.99])
def test_killed_while_backing_up_there_is_no_backup_or_a_whole_one(
    place: Place, calls: dict[str, int], tmp_path: Path, share: float
) -> None:
    words = ("backup", str(tmp_path / "d2"), "--recovery", str(place.recovery))
    killed = yinji(place.home, *words, entry=WATCHED + ENTRY, env={"KILL_AT": str(int(calls["backup"] * share))})
    assert killed.code == -signal.SIGKILL
    for file in (tmp_path / "d2").glob("*.yjd") if (tmp_path / "d2").exists() else ():
        assert place.restore(tmp_path / "again", data=file).code == 0
    assert yinji(place.home, "ledger", "verify").code == 0
    assert yinji(place.home, *words).code == 0
    assert not list((tmp_path / "d2").glob(".*"))


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.3, 0.6, 0.8, 0.9, 0.97])
def test_killed_while_restoring_the_next_restore_makes_it_whole(
    place: Place, calls: dict[str, int], tmp_path: Path, share: float
) -> None:
    words = ("restore", str(place.data), *place.words())
    home = tmp_path / "again"
    killed = yinji(home, *words, entry=WATCHED + ENTRY, env={"KILL_AT": str(int(calls["restore"] * share))})
    assert killed.code == -signal.SIGKILL
    if not (home / "data.db").exists():
        assert yinji(home, "numbers", "stock").code == 5
        done = place.restore(home)
        assert done.code == 0, done.said
    assert rows_of(home) == rows_of(place.home)
    assert yinji(home, "ledger", "verify").code == 0
    assert "恢复数据" in yinji(home, "ledger", "show").out


@pytest.mark.parametrize("limit", [2_000, 30_000])
def test_a_full_disk_leaves_no_backup(place: Place, tmp_path: Path, limit: int) -> None:
    words = ("backup", str(tmp_path / "d2"), "--recovery", str(place.recovery))
    ended = yinji(place.home, *words, entry=_limit_late(limit))
    assert ended.code == 5, ended.said
    assert "磁盘已满" in ended.err
    assert list((tmp_path / "d2").iterdir()) == []
    assert yinji(place.home, *words).code == 0


@pytest.mark.parametrize("limit", [20_000, 150_000])
def test_a_full_disk_puts_nothing_in_place(place: Place, tmp_path: Path, limit: int) -> None:
    home = tmp_path / "again"
    ended = place.restore(home, entry=LIMIT.format(bytes=limit) + ENTRY)
    check_refused(ended, "", home)
    assert place.restore(home).code == 0


def _limit_late(limit: int) -> str:
    """Let only the backup's own file meet the full disk."""
    return (
        "import yinji.flows.back_up as b\nreal = b.SealingStream\ndef limited(*a, **k):\n"
        + "".join(f"    {line}\n" for line in LIMIT.format(bytes=limit).strip().splitlines())
        + "    return real(*a, **k)\nb.SealingStream = limited\n"
        + ENTRY
    )


def _calls(home: Path, words: tuple[str, ...], folder: Path) -> int:
    """How many calls a whole run makes."""
    env = {"KILL_AT": "0", "WATCH": WATCHED, "COUNT_TO": str(folder / "calls")}
    ended = yinji(home, *words, entry=COUNTER + ENTRY, env=env)
    assert ended.code == 0, ended.said
    return int((folder / "calls").read_text())
