"""The key store and its folder: agreed on once, refused when loose, named when damaged."""

from __future__ import annotations

import multiprocessing
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

import pytest

from yinji.adapters.keys.file_keyring import FileKeyring
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref
from yinji.kernel.refusals import Refusal
from yinji.keys.keystore import KeyStore, period_of
from yinji.keys.signing import NodeSigner
from yinji.keys.suites import AES_256, SM, Suite

ORG = Ref(bytes(range(16)))
OTHER_ORG = Ref(bytes(16))
NODE = Ref(b"n" * 16)
NOVEMBER = 202611


def keyring(folder: Path, root: bytes = b"r" * 32) -> FileKeyring:
    ring = FileKeyring(folder)
    ring.make(root)
    return ring


def opened(folder: Path, suite: Suite = SM) -> KeyStore:
    ring = FileKeyring(folder)
    return KeyStore(root=ring, files=ring, suite=suite, random=os.urandom)


def secrets_of(store: KeyStore, period: int = NOVEMBER) -> tuple[bytes, bytes]:
    found = store.period(ORG, period)
    return found.tree, found.index


def refused(act: Any, *given: Any) -> Refusal:
    with pytest.raises(Fault) as raised:
        act(*given)
    return raised.value.code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keyring(tmp_path / "keys")
    return tmp_path / "keys"


def test_two_stores_over_one_folder_agree_on_a_period(folder: Path) -> None:
    assert secrets_of(opened(folder)) == secrets_of(opened(folder))


def test_periods_organisations_and_uses_have_secrets_of_their_own(folder: Path) -> None:
    store = opened(folder)
    found = {*secrets_of(store), *secrets_of(store, 202612), store.period(OTHER_ORG, NOVEMBER).tree}
    assert len(found) == 5
    assert {len(secret) for secret in found} == {32}


def test_index_keys_differ_by_use_and_bucket_and_stay_the_same(folder: Path) -> None:
    def tag(use: str, bucket: int, period: int = NOVEMBER) -> bytes:
        store = opened(folder)
        return store.index_key(store.period(ORG, period), use=use, bucket=bucket).tag(b"value")

    assert tag("phone", 24) == tag("phone", 24)
    assert len({tag("phone", 24), tag("phone", 48), tag("order", 24), tag("phone", 24, 202612)}) == 4


def test_looking_for_a_period_makes_none(folder: Path) -> None:
    assert opened(folder).existing_period(ORG, NOVEMBER) is None
    assert list(folder.glob("*.period")) == []
    made = secrets_of(opened(folder))
    found = opened(folder).existing_period(ORG, NOVEMBER)
    assert found is not None
    assert (found.tree, found.index) == made


def _race(folder: str, gate: Any, answers: Queue[list[tuple[bytes, bytes]]], periods: range) -> None:
    store = opened(Path(folder))
    gate.wait(20)
    answers.put([secrets_of(store, period) for period in periods])


def test_two_processes_that_race_for_a_period_agree(folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    gate, answers = context.Barrier(2), context.Queue()
    periods = range(20)
    racers = [context.Process(target=_race, args=(str(folder), gate, answers, periods)) for _ in range(2)]
    for racer in racers:
        racer.start()
    found = [answers.get(timeout=30) for _ in racers]
    for racer in racers:
        racer.join(30)
    assert found[0] == found[1] == [secrets_of(opened(folder), period) for period in periods]


def test_two_threads_that_race_for_a_period_agree_with_what_is_kept(folder: Path) -> None:
    """Doors run rooms in threads: a secret that only one thread knows would lose what it seals."""
    gate = threading.Barrier(2)

    def race(period: int) -> tuple[bytes, bytes]:
        store = opened(folder)
        gate.wait(10)
        return secrets_of(store, period)

    with ThreadPoolExecutor(2) as two:
        for period in range(60):
            one, other = two.submit(race, period), two.submit(race, period)
            assert one.result() == other.result() == secrets_of(opened(folder), period)


def test_threads_of_one_store_agree_with_what_is_kept(folder: Path) -> None:
    store = opened(folder)
    gate = threading.Barrier(4)

    def race(period: int) -> tuple[bytes, bytes]:
        gate.wait(10)
        return secrets_of(store, period)

    with ThreadPoolExecutor(4) as four:
        for period in range(40):
            found = {race.result() for race in [four.submit(race, period) for _ in range(4)]}
            assert found == {secrets_of(opened(folder), period)}


def test_a_signing_seed_is_made_once(folder: Path) -> None:
    for name in ("checkpoint", "other", "checkpoint"):
        opened(folder).make_signing_seed(name)
    seed = opened(folder).signing_seed("checkpoint")
    assert seed == opened(folder).signing_seed("checkpoint") != opened(folder).signing_seed("other")


def test_a_signing_key_that_is_gone_is_missed_and_not_made_anew(folder: Path) -> None:
    with pytest.raises(Fault) as fault:
        opened(folder).signing_seed("checkpoint")
    assert fault.value.code is Refusal.KEYS_MISSING


def test_a_node_knows_its_own_keys_and_refuses_anothers(folder: Path, tmp_path: Path) -> None:
    check = opened(folder).check_value(NODE)
    opened(folder).require_node(NODE, check)
    keyring(tmp_path / "foreign", b"f" * 32)
    assert refused(opened(tmp_path / "foreign").require_node, NODE, check) is Refusal.KEYS_FOREIGN
    assert refused(opened(folder).require_node, Ref(b"m" * 16), check) is Refusal.KEYS_FOREIGN


def test_the_check_value_says_nothing_of_the_root(folder: Path) -> None:
    assert b"rrr" not in opened(folder).check_value(NODE)


def test_a_wrong_root_does_not_open_a_period(folder: Path) -> None:
    secrets_of(opened(folder))
    (folder / "root.key").unlink()
    keyring(folder, b"w" * 32)
    assert refused(secrets_of, opened(folder)) is Refusal.KEYS_DAMAGED


@pytest.mark.parametrize("keep", [0, 1, 12, 30, -1])
def test_a_truncated_period_is_named_as_damaged(folder: Path, keep: int) -> None:
    secrets_of(opened(folder))
    (file,) = folder.glob("*.period")
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(Fault) as raised:
        secrets_of(opened(folder))
    assert raised.value.code is Refusal.KEYS_DAMAGED
    assert raised.value.at == f"{folder}/{file.name}"


def test_a_period_file_under_another_name_is_damaged(folder: Path) -> None:
    secrets_of(opened(folder))
    (file,) = folder.glob("*.period")
    file.rename(file.with_name(file.name.replace("202611", "202612")))
    assert refused(secrets_of, opened(folder), 202612) is Refusal.KEYS_DAMAGED


@pytest.mark.parametrize(
    "text", ["", "yinji-root-1", "yinji-root-1 zz", "yinji-root-2 " + "00" * 32, "yinji-root-1 00\n", "密钥"]
)
def test_a_root_that_is_not_whole_is_damaged(folder: Path, text: str) -> None:
    (folder / "root.key").write_text(text, encoding="utf-8")
    assert refused(secrets_of, opened(folder)) is Refusal.KEYS_DAMAGED


def test_a_missing_root_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "root.key").unlink()
    assert refused(secrets_of, opened(folder)) is Refusal.KEYS_MISSING
    assert refused(secrets_of, opened(tmp_path / "nowhere")) is Refusal.KEYS_MISSING


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o601, 0o620, 0o602, 0o610])
def test_a_root_that_others_can_touch_is_refused(folder: Path, mode: int) -> None:
    (folder / "root.key").chmod(mode)
    assert refused(secrets_of, opened(folder)) is Refusal.KEYS_LOOSE


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o701, 0o720])
def test_a_folder_that_others_can_enter_is_refused(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    assert refused(secrets_of, opened(folder)) is Refusal.KEYS_LOOSE


def test_a_period_that_others_can_read_is_refused(folder: Path) -> None:
    secrets_of(opened(folder))
    (file,) = folder.glob("*.period")
    file.chmod(0o644)
    assert refused(secrets_of, opened(folder)) is Refusal.KEYS_LOOSE


def test_the_folder_and_its_files_are_their_owners_alone(folder: Path) -> None:
    secrets_of(opened(folder))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}
    assert modes.pop("keys") == 0o700
    assert set(modes.values()) == {0o600}
    assert len(modes) == 2, "no draft is left behind"


def test_a_keyring_is_not_made_twice(folder: Path) -> None:
    assert refused(keyring, folder, b"x" * 32) is Refusal.NODE_EXISTS
    assert FileKeyring(folder).root() == b"r" * 32


def test_create_never_replaces(folder: Path) -> None:
    ring = FileKeyring(folder)
    assert ring.create("one.period", b"first")
    assert not ring.create("one.period", b"second")
    assert ring.read("one.period") == b"first"


def test_create_never_replaces_even_after_a_crash_between_link_and_unlink(folder: Path) -> None:
    """The draft is then a second name of the file, and a later process may have the same number."""
    ring = FileKeyring(folder)
    ring.create("one.period", b"first")
    os.link(folder / "one.period", folder / f".one.period.{os.getpid()}")
    assert not ring.create("one.period", b"second")
    assert ring.read("one.period") == b"first"


def test_a_file_that_is_not_there_is_none(folder: Path) -> None:
    assert FileKeyring(folder).read("nothing") is None


def test_sealed_files_hold_no_secret_in_clear(folder: Path) -> None:
    tree, index = secrets_of(opened(folder))
    opened(folder).make_signing_seed("checkpoint")
    seed = opened(folder).signing_seed("checkpoint")
    for file in (each for each in folder.iterdir() if each.name != "root.key"):
        whole = file.read_bytes()
        assert not any(secret in whole or secret.hex().encode() in whole for secret in (tree, index, seed, b"r" * 32))


def test_nothing_that_holds_a_key_shows_it(folder: Path) -> None:
    store = opened(folder)
    found = store.period(ORG, NOVEMBER)
    store.make_signing_seed("checkpoint")
    signer = NodeSigner("node.example", store.signing_seed("checkpoint"))
    FileKeyring(folder).root()
    for shown in (repr(store), repr(found), str(found), repr(FileKeyring(folder)), repr(signer)):
        for secret in (found.tree, found.index, store.signing_seed("checkpoint"), b"r" * 32):
            assert secret.hex() not in shown
            assert repr(secret)[2:12] not in shown


def test_a_new_suite_for_new_data_still_opens_the_old_keys(folder: Path) -> None:
    """The setting ``suite`` is the suite for new data: what was sealed before it changed stays readable."""
    before, check = secrets_of(opened(folder, SM)), opened(folder, SM).check_value(NODE)
    opened(folder, AES_256).require_node(NODE, check)
    assert secrets_of(opened(folder, AES_256)) == before


@pytest.mark.parametrize(
    ("day", "period"), [(date(2026, 11, 1), 202611), (date(2026, 12, 31), 202612), (date(2027, 1, 1), 202701)]
)
def test_a_period_is_a_month(day: date, period: int) -> None:
    assert period_of(day) == period
