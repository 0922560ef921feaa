"""Settings: default, file, environment, bounds."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.settings import FILE, PREFIX, Settings, load_settings

NUMBERS = [each for each in fields(Settings) if isinstance(each.default, int)]
CHOICES = [each for each in fields(Settings) if each.metadata["of"]]


def written(home: Path, text: str | bytes) -> Path:
    (home / FILE).write_bytes(text.encode() if isinstance(text, str) else text)
    return home


def refused(home: Path, environment: dict[str, str] | None = None) -> str:
    with pytest.raises(Fault) as raised:
        load_settings(home, environment or {})
    assert raised.value.code is Refusal.SETTING_MALFORMED
    return raised.value.at


def test_a_node_without_a_file_has_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "nowhere", {}) == Settings()


def test_the_file_stands_over_the_default(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, 'batch_orders = 250\nproduct = "同城急送"\n'), {})
    assert (settings.batch_orders, settings.product, settings.suite) == (250, "同城急送", "sm")


def test_the_environment_stands_over_the_file(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, "batch_orders = 250\n"), {"YINJI_BATCH_ORDERS": "300", "BATCH_ORDERS": "9"})
    assert settings.batch_orders == 300


def test_an_empty_environment_value_is_a_value(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, 'outlet = "一号网点"\n'), {"YINJI_OUTLET": ""}).outlet == ""


def test_settings_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Settings().shards = 2  # type: ignore[misc]  # the wrong use is what is tested


@pytest.mark.parametrize("each", NUMBERS, ids=lambda each: each.name)
def test_a_number_holds_at_its_bounds_and_is_refused_beyond_them(each: object, tmp_path: Path) -> None:
    name, low, high = each.name, each.metadata["low"], each.metadata["high"]  # type: ignore[attr-defined]  # a dataclass field, passed as a parameter
    for right in (low, high):
        assert getattr(load_settings(written(tmp_path, f"{name} = {right}\n"), {}), name) == right
    for wrong in (low - 1, high + 1):
        assert refused(written(tmp_path, f"{name} = {wrong}\n")) == f"{name}: {low}..{high}"


def test_a_guard_is_not_set_by_whoever_runs_a_command(tmp_path: Path) -> None:
    guards = [each.name for each in fields(Settings) if each.metadata["guard"]]
    keys = {"key_backup_days", "key_replicas", "root", "pkcs11_module", "pkcs11_token", "pkcs11_pin_file"}
    doors = {"serve_proxies", "session_minutes", "session_hours", "api_key_days", "upload_days", "require_real_name"}
    retention = {"retention_days", "retention_run"}
    assert (
        set(guards)
        == {"reveals_a_day", "permit_seconds", "exemption_days", "exempt_on_draft", "track_proof"} | keys | doors | retention
    )
    for name in guards:
        variable = PREFIX + name.upper()
        assert refused(tmp_path, {variable: "100"}) == f"{variable}: yinji.toml"


@pytest.mark.parametrize("wrong", ["", "many", "1.5", "0x10", "1e3", "true", "9" * 5_000])
def test_a_number_that_is_none_is_refused_by_name(wrong: str, tmp_path: Path) -> None:
    assert refused(tmp_path, {"YINJI_SHARDS": wrong}) == "shards"


@pytest.mark.parametrize("wrong", ["true", "1.5", "[1]", '"many"', "{ a = 1 }"])
def test_a_number_of_another_type_in_the_file_is_refused_by_name(wrong: str, tmp_path: Path) -> None:
    assert refused(written(tmp_path, f"shards = {wrong}\n")) == "shards"


@pytest.mark.parametrize("wrong", ["[1, 2]", "{ a = 1 }", "true"])
def test_a_text_of_another_type_in_the_file_is_refused_by_name(wrong: str, tmp_path: Path) -> None:
    assert refused(written(tmp_path, f"hotline = {wrong}\n")).startswith("hotline")


@pytest.mark.parametrize("each", CHOICES, ids=lambda each: each.name)
def test_a_choice_outside_its_list_is_refused_and_the_list_is_named(each: object, tmp_path: Path) -> None:
    name, of = each.name, each.metadata["of"]  # type: ignore[attr-defined]  # a dataclass field, passed as a parameter
    for right in of:
        assert getattr(load_settings(written(tmp_path, f'{name} = "{right}"\n'), {}), name) == right
    assert refused(written(tmp_path, f'{name} = "{of[0]}x"\n')) == f"{name}: {' | '.join(of)}"
    if each.metadata["guard"]:  # type: ignore[attr-defined]  # a dataclass field, passed as a parameter
        return
    for right in of:
        assert getattr(load_settings(tmp_path, {PREFIX + name.upper(): right}), name) == right
    assert refused(tmp_path, {PREFIX + name.upper(): of[0] + "x"}) == f"{name}: {' | '.join(of)}"


def test_an_unknown_name_in_the_file_is_refused_by_file_and_name(tmp_path: Path) -> None:
    assert refused(written(tmp_path, "batch_order = 250\n")) == f"{tmp_path / FILE}: batch_order"


@pytest.mark.parametrize("wrong", ["batch_orders =\n", "a = 1\na = 2\n", b'outlet = "\xff"\n', "=\n"])
def test_a_file_that_is_no_toml_is_refused_by_its_path(wrong: str | bytes, tmp_path: Path) -> None:
    assert refused(written(tmp_path, wrong)) == str(tmp_path / FILE)


def test_a_folder_in_the_files_place_is_refused_by_its_path(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert refused(tmp_path) == str(tmp_path / FILE)


@pytest.mark.parametrize("each", fields(Settings), ids=lambda each: each.name)
def test_every_setting_has_a_sentence_in_both_languages_and_a_default_within_its_bounds(each: object) -> None:
    said, default, bounds = each.metadata["said"], each.default, each.metadata  # type: ignore[attr-defined]  # a dataclass field, passed as a parameter
    assert re.search(r"[\u4e00-\u9fff]", said.zh)
    assert said.en.isascii()
    if isinstance(default, int):
        assert bounds["low"] <= default <= bounds["high"]
    elif bounds["of"]:
        assert default in bounds["of"]
