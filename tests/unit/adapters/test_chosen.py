"""The adapters that settings ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from yinji.adapters.keys.chosen import chosen_files, chosen_root
from yinji.adapters.keys.file_root import FileRoot
from yinji.adapters.keys.pkcs11_root import Pkcs11Root
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.settings import Settings

TOKEN = {"root": "pkcs11", "pkcs11_module": "/m.so", "pkcs11_token": "yinji", "pkcs11_pin_file": "/pin"}


def test_a_node_without_settings_has_its_root_in_a_file_and_no_replicas(tmp_path: Path) -> None:
    assert isinstance(chosen_root(Settings(), tmp_path), FileRoot)
    files = chosen_files(Settings(), tmp_path / "keys")
    files.create("a", b"")
    assert (files.place, files.compare()) == (str(tmp_path / "keys"), ())


def test_a_token_is_chosen_without_being_opened(tmp_path: Path) -> None:
    root = chosen_root(Settings(**TOKEN), tmp_path)  # type: ignore[arg-type]  # texts for settings that are texts
    assert isinstance(root, Pkcs11Root)
    assert root.place == "pkcs11:token=yinji"


@pytest.mark.parametrize("name", ["pkcs11_module", "pkcs11_token", "pkcs11_pin_file"])
def test_what_a_token_lacks_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(Fault) as raised:
        chosen_root(Settings(**TOKEN | {name: ""}), tmp_path)  # type: ignore[arg-type]  # as above
    assert (raised.value.code, raised.value.at) == (Refusal.SETTING_MALFORMED, name)


def test_replicas_are_the_folders_between_colons(tmp_path: Path) -> None:
    files = chosen_files(Settings(key_replicas=f"{tmp_path}/near:{tmp_path}/far"), tmp_path / "keys")
    files.create("a", b"x")
    assert {each.parent.name for each in tmp_path.glob("*/a")} == {"keys", "near", "far"}


@pytest.mark.parametrize("wrong", ["near", "{0}/keys", "{0}/near:{0}/x/../near", "{0}/near:far"])
def test_a_replica_that_is_no_place_of_its_own_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(Fault) as raised:
        chosen_files(Settings(key_replicas=wrong.format(tmp_path)), tmp_path / "keys")
    assert (raised.value.code, raised.value.at) == (Refusal.SETTING_MALFORMED, "key_replicas")
