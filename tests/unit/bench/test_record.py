"""A record says which command gave its figures: the same run has the same command, whatever order its options came in."""

from __future__ import annotations

from yinji_bench.record import record


def test_a_command_spells_its_options_out_by_name() -> None:
    one = record("intake", {"rows": 5}, options={"rounds": 3, "rows": 5, "form": ["csv", "xlsx"]})
    other = record("intake", {"rows": 5}, options={"form": ["csv", "xlsx"], "rows": 5, "rounds": 3})
    assert one["command"] == other["command"] == "yinji bench intake --form csv --form xlsx --rounds 3 --rows 5"


def test_a_record_names_the_kind_of_machine_and_what_else_ran() -> None:
    machine = record("ledger", {}, options={})["machine"]
    assert machine["cores_allowed"] <= machine["cores"]
    assert machine["load"] >= 0
    assert machine.keys() == {"processor", "cores", "cores_allowed", "load", "python"}
