"""Examine a node: every personal column, file and backup is encrypted; permissions, clock, disk and fonts are sound.

Each check is a function that yields findings; one that fails is a finding too, and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from yinji.flows.examine_node_backups import backups_are_sealed
from yinji.flows.examine_node_files import bytes_show_nobody, keys_stand_apart, log_is_short, modes_are_tight
from yinji.flows.examine_node_finding import Backups, Finding, Patient, wrong
from yinji.flows.examine_node_place import (
    clock_is_right,
    disk_has_space,
    fonts_are_found,
    looks_are_open,
    replicas_agree,
    rules_are_in_force,
    schema_is_current,
)
from yinji.flows.examine_node_rows import (
    indexes_have_no_strays,
    indexes_tell_little,
    intents_are_closed,
    periods_are_sound,
    rows_are_sealed,
    sample_opens,
)
from yinji.flows.restore_node import Ground
from yinji.kernel.faults import Fault
from yinji.kernel.refusal_words import WORDS

CHECKS: Final[tuple[Callable[[Patient], Iterator[Finding]], ...]] = (
    modes_are_tight,
    keys_stand_apart,
    replicas_agree,
    schema_is_current,
    clock_is_right,
    looks_are_open,
    disk_has_space,
    fonts_are_found,
    rules_are_in_force,
    log_is_short,
    intents_are_closed,
    periods_are_sound,
    indexes_tell_little,
    indexes_have_no_strays,
    rows_are_sealed,
    sample_opens,
    bytes_show_nobody,
    backups_are_sealed,
)
"""In the order in which they are told: quick ones first."""


def examine_node(ground: Ground, backups: Backups | None) -> Iterator[Finding]:
    """Yield what every check found. A node that does not open is itself a finding, and then the last one."""
    try:
        house = ground.open_house()
    except Fault as fault:
        yield _told("node_closed", fault)
        return
    try:
        patient = Patient(ground, house, backups)
        for check in CHECKS:
            try:
                yield from check(patient)
            except Fault as fault:
                yield _told("check_failed", fault)
    finally:
        house.close()


def _told(code: str, fault: Fault) -> Finding:
    reason = WORDS[fault.code].reason
    return wrong(code, reason.zh, reason.en, fault.at)
