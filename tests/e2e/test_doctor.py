"""`yinji doctor` finds each planted sin, names its place, shows no value; and is silent on a healthy node."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.simulators.command import ENTRY, founded, invented, order_file, yinji

pytestmark = pytest.mark.xdist_group("doctor")
"""What all of them share is made once, by one worker."""

PHONE = "17300004821"
EARLIER = """
import time
real = time.time_ns
time.time_ns = lambda: real() - 86_400 * 10**9
"""
MUCH_LATER = EARLIER.replace("- 86_400", "+ 3 * 365 * 86_400")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("doctor")
    home = founded(folder)
    order_file(folder / "orders.csv", invented(30))
    assert yinji(home, "issue", str(folder / "orders.csv"), "--labels", str(folder / "l.pdf")).code == 0
    assert yinji(home, "keys", "recovery-key", str(folder / "recovery")).code == 0
    for words in (("backup", str(folder / "d")), ("keys", "backup", str(folder / "k"))):
        assert yinji(home, *words, "--recovery", str(folder / "recovery")).code == 0
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "place"))


def examined(place: Path, *words: str, entry: str = ENTRY, env: dict[str, str] | None = None) -> tuple[int, dict[str, str]]:
    """Return the exit code, and the place of every finding that is not ok by its code."""
    ended = yinji(place / "node", "doctor", "--json", *words, entry=entry, env=env)
    assert PHONE not in ended.said
    found = json.loads(ended.out)
    assert found["holds"] is (ended.code == 0)
    return ended.code, {each["code"]: each["place"] for each in found["findings"] if each["grade"] != "ok"}


def planted(place: Path, sql: str, *values: object) -> None:
    with sqlite3.connect(place / "node" / "data.db") as rows:
        assert rows.execute(sql, values).rowcount > 0


def test_a_healthy_node_has_no_findings(place: Path) -> None:
    assert examined(place) == (0, {})
    assert examined(place, "--backups", str(place / "d"), "--recovery", str(place / "recovery")) == (0, {})
    spoken = yinji(place / "node", "doctor")
    assert spoken.code == 0
    assert "✗" not in spoken.said
    assert "!" not in spoken.said


def test_a_restored_node_has_no_findings(place: Path) -> None:
    home = place / "again"
    files = {"keys": next((place / "k").glob("*.yjk")), "epochs": next((place / "k").glob("*.yje"))}
    words = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    data = next((place / "d").glob("*.yjd"))
    assert yinji(home, "restore", str(data), "--recovery", str(place / "recovery"), *words).code == 0
    assert yinji(home, "doctor").code == 0


SINS: dict[str, tuple[str, str, tuple[object, ...]]] = {
    "a phone among the merchants": (
        "waybill_waybills.merchant",
        "UPDATE waybill_waybills SET merchant = ? WHERE item = 1",
        (PHONE,),
    ),
    "a phone instead of a number": (
        "waybill_waybills.number",
        "UPDATE waybill_waybills SET number = ? WHERE item = 1",
        (PHONE,),
    ),
    "an address as destination": (
        "waybill_waybills.destination",
        "UPDATE waybill_waybills SET destination = ? WHERE item = 2",
        ("湖南省长沙市岳麓区鹿鸣涧路517号",),
    ),
    "a phone in an organisation's name": ("access_orgs.name", "UPDATE access_orgs SET name = ?", (f"青鸾快递 {PHONE}",)),
    "an identity number as a token": (
        "waybill_waybills.token",
        "UPDATE waybill_waybills SET token = ? WHERE item = 3",
        (b"11010119900307793X",),
    ),
    "a name in a reference": (
        "waybill_waybills.batch",
        "UPDATE waybill_waybills SET batch = ? WHERE item = 3",
        ("钟离望舒先生".encode(),),
    ),
}


@pytest.mark.parametrize("sin", SINS)
def test_what_shows_a_person_in_a_column_is_found(place: Path, sin: str) -> None:
    column, sql, values = SINS[sin]
    planted(place, sql, *values)
    code, found = examined(place)
    assert code == 6
    assert column in found.values()


@pytest.mark.parametrize(
    "blob",
    [
        "钟离望舒，湖南省长沙市岳麓区鹿鸣涧路517号".encode(),
        b"\x01" + bytes(12) + "钟离望舒湖南省长沙市".encode() + bytes(16),
        b"\x01" + bytes(range(200, 230)) + PHONE.encode() + bytes(range(200, 230)),
        b"\x01short",
        b"\x09" + bytes(range(100)),
        b"",
    ],
)
@pytest.mark.parametrize("column", ["sealed_values", "sealed_masks"])
def test_a_blob_that_is_not_sealed_is_found(place: Path, column: str, blob: bytes) -> None:
    planted(place, f"UPDATE vault_parties SET {column} = ? WHERE role = 1", blob)  # noqa: S608 - a column of this list
    code, found = examined(place)
    assert code == 6
    assert found["column_unsealed"] == f"vault_parties.{column}"


def test_blind_tags_that_are_values_are_found(place: Path) -> None:
    planted(
        place, "UPDATE vault_phones SET tag = ? WHERE tag = (SELECT min(tag) FROM vault_phones)", PHONE.encode() + b"\xff" * 5
    )
    code, found = examined(place)
    assert (code, found["column_unsealed"]) == (6, "vault_phones.tag")


def test_a_blob_that_does_not_open_is_found(place: Path) -> None:
    planted(place, "UPDATE vault_parties SET sealed_values = ? WHERE role = 1", b"\x01" + bytes(range(128, 248)))
    code, found = examined(place)
    assert code == 6
    assert "sample_broken" in found


@pytest.mark.parametrize("encoding", ["ascii", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", [0, 4_194_300, 4_194_304 - 5, 4_194_304])
def test_a_phone_in_a_file_is_found_in_any_encoding_at_any_place(place: Path, encoding: str, before: int) -> None:
    note = place / "node" / "notes.bin"
    note.write_bytes(b"\xff" * before + PHONE.encode(encoding) + b"\xff" * 9)
    note.chmod(0o600)
    code, found = examined(place)
    assert (code, found) == (6, {"file_shows_phone": str(note)})


def test_waybill_numbers_and_hotlines_are_no_phones(place: Path) -> None:
    toml = place / "node" / "yinji.toml"
    toml.write_text(f'hotline = "{PHONE}"\n', encoding="utf-8")
    toml.chmod(0o600)
    (place / "node" / "numbers.txt").write_text("QL13800001234 138000012345 1380000123 9138000012345678", encoding="utf-8")
    (place / "node" / "numbers.txt").chmod(0o600)
    ended = yinji(place / "node", "doctor", "--json")
    assert [each for each in json.loads(ended.out)["findings"] if each["grade"] != "ok"] == []


MODES: dict[str, Callable[[Path], None]] = {
    "data.db": lambda home: (home / "data.db").chmod(0o644),
    "disclosures.db": lambda home: (home / "disclosures.db").chmod(0o660),
}


@pytest.mark.parametrize("name", MODES)
def test_a_file_that_others_can_read_is_found(place: Path, name: str) -> None:
    MODES[name](place / "node")
    code, found = examined(place)
    assert (code, set(found)) == (6, {"mode_loose"})
    assert found["mode_loose"].startswith(str(place / "node" / name))  # the files beside it take its mode


def test_a_home_that_others_can_enter_is_a_warning(place: Path) -> None:
    (place / "node").chmod(0o755)
    assert examined(place) == (0, {"mode_open": str(place / "node")})


@pytest.mark.parametrize("mode", [0o755, 0o770])
def test_a_key_folder_that_others_can_enter_is_found(place: Path, mode: int) -> None:
    (place / "node" / "keys").chmod(mode)
    code, found = examined(place)
    assert (code, set(found)) == (6, {"node_closed"})


def test_a_clock_that_went_back_or_far_ahead_is_found(place: Path) -> None:
    assert examined(place, entry=EARLIER + ENTRY) == (6, {"clock_back": ""})
    assert examined(place, entry=MUCH_LATER + ENTRY) == (0, {"clock_ahead": ""})


def test_a_missing_font_is_found(place: Path) -> None:
    code, found = examined(place, env={"YINJI_FONT": str(place / "nothing.otf")})
    assert (code, set(found)) == (6, {"font_missing"})


def test_an_older_schema_or_a_missing_node_is_the_only_finding(place: Path) -> None:
    planted(place, "UPDATE alembic_version SET version_num = '9999'")
    assert examined(place) == (6, {"node_closed": str(place / "node" / "data.db")})


def test_key_backups_past_their_life_are_named_as_to_be_destroyed(place: Path) -> None:
    words = ("--backups", str(place / "k"), "--recovery", str(place / "recovery"))
    assert examined(place, *words) == (0, {})
    late = EARLIER.replace("- 86_400", "+ 8 * 86_400")
    code, found = examined(place, *words, entry=late + ENTRY)
    assert (code, found) == (6, {"backup_expired": str(next((place / "k").glob("*.yje")))})


def test_a_backup_that_is_damaged_is_named_with_its_chunk(place: Path) -> None:
    path = next((place / "d").glob("*.yjd"))
    whole = bytearray(path.read_bytes())
    whole[-100] ^= 1
    path.write_bytes(whole)
    code, found = examined(place, "--backups", str(place / "d"), "--recovery", str(place / "recovery"))
    assert (code, found) == (6, {"backup_unsound": f"{path}: chunk 0"})


def test_keys_and_copies_among_backups_are_found(place: Path) -> None:
    words = ("--backups", str(place / "d"))
    (place / "d" / "recovery").write_bytes((place / "recovery").read_bytes())
    shutil.copy(place / "node" / "data.db", place / "d" / "copy.db")
    shutil.copy(place / "node" / "keys" / "checkpoint.signing", place / "d" / "checkpoint.signing")
    code, found = examined(place, *words)
    assert code == 6
    assert set(found) == {"recovery_key_among_backups", "backup_unsealed", "key_among_backups"}
    code, found = examined(place, "--backups", str(place))
    assert code == 6
    assert "keys_in_backups" in found
