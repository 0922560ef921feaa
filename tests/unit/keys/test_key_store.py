"""The key store over its folder: agreed on once, refused when loose, named when damaged."""

from __future__ import annotations

import shutil
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from tests.unit.keys.deeds import ORG, PERIOD
from tests.unit.keys.stores import end, made, opened, refusal, refused, start

from yinji.adapters.keys.file_root import FileRoot
from yinji.kernel.ids import Ref
from yinji.kernel.refusals import Refusal
from yinji.keys.keystore import epoch_name, period_name, period_of
from yinji.keys.signing import NodeSigner
from yinji.keys.suites import AES_256, SM

OTHER_ORG = Ref(bytes(16))
NODE = Ref(b"n" * 16)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made(tmp_path / "keys")


def test_two_stores_over_one_folder_agree_on_a_period(folder: Path) -> None:
    assert opened(folder).period(ORG, 202612) == opened(folder).period(ORG, 202612)


def test_periods_and_organisations_have_secrets_of_their_own(folder: Path) -> None:
    store = opened(folder)
    every = [store.period(ORG, PERIOD), store.period(ORG, 202612), store.period(OTHER_ORG, PERIOD)]
    secrets = {one for keys in every for one in (keys.identity, keys.records.leaf(0), keys.index.to_write(0))}
    assert len(secrets) == 9
    assert {len(each) for each in secrets if each} == {32}


def test_looking_for_a_period_makes_none(folder: Path) -> None:
    assert opened(folder).existing_period(ORG, 202612) is opened(folder).reread(ORG, 202612) is None
    assert not list(folder.glob("*202612*"))
    assert opened(folder).periods() == [(ORG, PERIOD)]


def test_a_period_is_read_once_and_anew_when_asked(folder: Path) -> None:
    store = opened(folder)
    first = store.existing_period(ORG, PERIOD)
    assert store.existing_period(ORG, PERIOD) is first
    again = store.reread(ORG, PERIOD)
    assert again == first
    assert store.existing_period(ORG, PERIOD) is again


def test_two_processes_that_race_for_periods_agree(folder: Path) -> None:
    racers = [start(folder, "race", "202701", "12") for _ in range(2)]
    found = [end(racer) for racer in racers]
    kept = [opened(folder).period(ORG, period).check.hex() for period in range(202701, 202713)]
    assert found == [kept, kept]


def test_threads_of_one_store_and_of_two_agree_with_what_is_kept(folder: Path) -> None:
    """Doors run rooms in threads: a secret that only one thread knows would lose what it seals."""
    stores, gate = [opened(folder), opened(folder)], threading.Barrier(4)

    def race(at: int, period: int) -> bytes:
        gate.wait(10)
        return stores[at % 2].period(ORG, period).identity

    with ThreadPoolExecutor(4) as four:
        for period in range(202701, 202721):
            found = {each.result() for each in [four.submit(race, at, period) for at in range(4)]}
            assert found == {opened(folder).period(ORG, period).identity}


def test_a_signing_seed_is_made_once(folder: Path) -> None:
    for name in ("checkpoint", "other", "checkpoint"):
        opened(folder).make_signing_seed(name)
    seed = opened(folder).signing_seed("checkpoint")
    assert seed == opened(folder).signing_seed("checkpoint") != opened(folder).signing_seed("other")


def test_a_node_knows_its_own_keys_and_refuses_anothers(folder: Path, tmp_path: Path) -> None:
    check = opened(folder).check_value(NODE)
    opened(folder).require_node(NODE, check)
    made(tmp_path / "foreign")
    assert refused(opened(tmp_path / "foreign").require_node, NODE, check) is Refusal.KEYS_FOREIGN
    assert refused(opened(folder).require_node, Ref(b"m" * 16), check) is Refusal.KEYS_FOREIGN


def test_making_a_node_twice_changes_nothing(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    opened(folder).make_node()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


# What is damaged, foreign or loose


def files() -> list[str]:
    return ["node.key", "checkpoint.signing", f"{ORG.hex()}.org", epoch_name(ORG, PERIOD, 1), period_name(ORG, PERIOD)]


def use(folder: Path) -> None:
    store = opened(folder)
    store.check_value(NODE)
    store.signing_seed("checkpoint")
    store.existing_period(ORG, PERIOD)


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("keep", [0, 1, 5, 6, 30, -1])
def test_a_truncated_file_is_named_as_damaged(folder: Path, at: int, keep: int) -> None:
    file = folder / files()[at]
    file.write_bytes(file.read_bytes()[:keep])
    assert refusal(use, folder) == (Refusal.KEYS_DAMAGED, str(file))


@pytest.mark.parametrize("at", range(5))
def test_a_missing_file_is_missed_and_not_made_anew(folder: Path, at: int) -> None:
    file = folder / files()[at]
    file.unlink()
    if file.suffix == ".period":
        assert opened(folder).existing_period(ORG, PERIOD) is None
    else:
        code, place = refusal(use, folder)
        assert code is Refusal.KEYS_MISSING
        assert place == str(file).replace("-1.epoch", "-*.epoch")
    assert not file.exists()


@pytest.mark.parametrize("suffix", [".period", ".epoch", ".org", ".signing", ".key"])
def test_a_file_from_another_key_store_is_damaged(folder: Path, tmp_path: Path, suffix: str) -> None:
    made(tmp_path / "foreign")
    (name,) = [name for name in files() if name.endswith(suffix)]
    shutil.copy2(tmp_path / "foreign" / name, folder / name)
    code, place = refusal(use, folder)
    assert code is Refusal.KEYS_DAMAGED
    assert place.startswith(f"{folder}/")


def test_files_of_two_periods_that_were_swapped_are_damaged(folder: Path) -> None:
    opened(folder).period(ORG, 202612)
    for swap in (lambda period: period_name(ORG, period), lambda period: epoch_name(ORG, period, 1)):
        one, other = folder / swap(PERIOD), folder / swap(202612)
        held = one.read_bytes(), other.read_bytes()
        one.write_bytes(held[1])
        other.write_bytes(held[0])
        assert refused(opened(folder).existing_period, ORG, PERIOD) is Refusal.KEYS_DAMAGED
        one.write_bytes(held[0])
        other.write_bytes(held[1])
    use(folder)


def test_a_period_renamed_to_another_month_opens_nothing(folder: Path) -> None:
    for name in (period_name, lambda org, period: epoch_name(org, period, 1)):
        (folder / name(ORG, PERIOD)).rename(folder / name(ORG, 202612))
    assert refused(opened(folder).existing_period, ORG, 202612) is Refusal.KEYS_DAMAGED


@pytest.mark.parametrize("text", ["", "yinji-root-1", "yinji-root-1 zz", "yinji-root-2 " + "00" * 32, "密钥"])
def test_a_root_that_is_not_whole_is_damaged(folder: Path, text: str) -> None:
    (folder / "root-1.key").write_text(text, encoding="utf-8")
    assert refusal(use, folder) == (Refusal.KEYS_DAMAGED, str(folder / "root-1.key"))


def test_another_root_opens_nothing(folder: Path) -> None:
    (folder / "root-1.key").write_text("yinji-root-1 " + "00" * 32, encoding="utf-8")
    assert refused(use, folder) is Refusal.KEYS_DAMAGED


def test_a_missing_root_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "root-1.key").unlink()
    assert refusal(use, folder) == (Refusal.KEYS_MISSING, str(folder / "root-1.key"))
    assert refused(use, tmp_path / "nowhere") is Refusal.KEYS_MISSING


@pytest.mark.parametrize("at", range(5))
def test_a_file_that_others_can_read_is_refused(folder: Path, at: int) -> None:
    (folder / files()[at]).chmod(0o640)
    assert refused(use, folder) is Refusal.KEYS_LOOSE


def test_the_folder_and_its_files_are_their_owners_alone(folder: Path) -> None:
    use(folder)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}
    assert modes.pop("keys") == 0o700
    assert set(modes.values()) == {0o600}
    assert modes.keys() == {*files(), "root-1.key"}, "no draft is left behind"


# Secrets


def test_sealed_files_hold_no_secret_in_clear(folder: Path) -> None:
    store = opened(folder)
    keys = store.period(ORG, PERIOD)
    secrets = [
        keys.identity,
        *keys.records.nodes.values(),
        *keys.index.now.tree.nodes.values(),
        store.signing_seed("checkpoint"),
    ]
    for file in (each for each in folder.iterdir() if each.name != "root-1.key"):
        whole = file.read_bytes()
        assert not any(secret in whole or secret.hex().encode() in whole for secret in secrets)


def test_nothing_that_holds_a_key_shows_it(folder: Path) -> None:
    store = opened(folder)
    keys = store.period(ORG, PERIOD)
    seed = store.signing_seed("checkpoint")
    for shown in (repr(store), repr(keys), str(keys), repr(FileRoot(folder)), repr(NodeSigner("node.example", seed))):
        for secret in (keys.identity, keys.records.nodes[0, 0], keys.index.to_write(0), seed):
            assert secret.hex() not in shown
            assert repr(secret)[2:12] not in shown


def test_a_new_suite_for_new_data_still_opens_the_old_keys(folder: Path) -> None:
    """The setting ``suite`` is the suite for new data: what was sealed before it changed stays readable, and goes on being so."""
    before, check = opened(folder).period(ORG, PERIOD), opened(folder).check_value(NODE)
    later = opened(folder, AES_256)
    later.require_node(NODE, check)
    assert later.period(ORG, PERIOD) == before
    assert later.period(ORG, 202612).suite is AES_256
    with later.alone():
        later.rewrite(ORG, PERIOD, before.punctured([3], stamp=bytes(16)))
    again = opened(folder).period(ORG, PERIOD)
    assert (again.suite, again.revision, again.records.leaf(3)) == (SM, 2, None)


@pytest.mark.parametrize(
    ("day", "period"), [(date(2026, 11, 1), 202611), (date(2026, 12, 31), 202612), (date(2027, 1, 1), 202701)]
)
def test_a_period_is_a_month(day: date, period: int) -> None:
    assert period_of(day) == period
