"""Where a node stands: its clock, its disk, its fonts, its rules, its schema, the replicas of its keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Final

from yinji.db.migrate import require_current
from yinji.flows.examine_node_finding import Finding, Patient, ok, warning, wrong
from yinji.kernel.clock import beijing_day, moment
from yinji.kernel.faults import Fault
from yinji.kernel.refusal_words import WORDS
from yinji.label import find_fonts
from yinji.law import pack_version, rules

CLOCK_SLACK_MS: Final = 2_000
"""Two processes of one machine do not read its clock at the same instant."""

CLOCK_AHEAD_MS_MAX: Final = 2 * 365 * 24 * 60 * 60 * 1_000
"""A node that has written nothing for two years is likelier to have a wrong clock; a judgement of ours."""

DISK_BYTES_LOW: Final = 1 << 30
DISK_BYTES_MIN: Final = 100 << 20
"""A batch of a thousand orders takes about half a megabyte: some two hundred batches are left. A judgement of ours."""


def clock_is_right(patient: Patient) -> Iterator[Finding]:
    """Compare the clock with the newest evidence."""
    now, newest = patient.ground.clock.now_ms(), 0
    house = patient.house
    for database in (house.data, house.disclosures):
        size = house.ledger.head(database).size
        newest = max([newest, *(each.recorded.entry.at_ms for each in house.ledger.entries(database, max(size - 1, 0), 1))])
    at = f"{moment(newest):%Y-%m-%d %H:%M:%S}"
    if now + CLOCK_SLACK_MS < newest:
        yield wrong("clock_back", f"时钟早于最近的证据（{at}）", f"the clock is behind the newest evidence ({at})")
    elif now - newest > CLOCK_AHEAD_MS_MAX:
        yield warning(
            "clock_ahead",
            f"时钟比最近的证据（{at}）晚两年以上",
            f"the clock is more than two years after the newest evidence ({at})",
        )
    else:
        yield ok("clock_right", "时钟与证据相合", "the clock agrees with the evidence")


def looks_are_open(patient: Patient) -> Iterator[Finding]:
    """Name every organisation whose looks are refused because a clock once ran ahead, and until when."""
    house, blocked = patient.house, False
    for org in house.access.orgs():
        until_ms = house.access.looks_wait_until_ms(org.ref)
        if until_ms is None:
            continue
        blocked, until = True, f"{moment(until_ms):%Y-%m-%d %H:%M:%S}"
        yield wrong(
            "looks_blocked",
            f"时钟曾经超前，到 {until} 之前不能查看和查找；删除不受影响",
            f"a clock once ran ahead: looks and searches are refused until {until}; erasures are not",
            org.code,
        )
    if not blocked:
        yield ok("looks_open", "时钟不妨碍查看", "the clock stands in no look's way")


def disk_has_space(patient: Patient) -> Iterator[Finding]:
    """Look at the space left for the node's folder."""
    free = shutil.disk_usage(patient.ground.home).free
    megabytes, place = free >> 20, str(patient.ground.home)
    if free < DISK_BYTES_MIN:
        yield wrong("disk_full", f"磁盘只剩 {megabytes:,} MB", f"only {megabytes:,} MB of disk are left", place)
    elif free < DISK_BYTES_LOW:
        yield warning("disk_low", f"磁盘剩 {megabytes:,} MB", f"{megabytes:,} MB of disk are left", place)
    else:
        yield ok("disk_space", f"磁盘剩 {megabytes:,} MB", f"{megabytes:,} MB of disk are left", place)


def fonts_are_found(patient: Patient) -> Iterator[Finding]:
    """Look for the fonts of labels, as issuing does."""
    settings = patient.ground.settings
    try:
        fonts = find_fonts(settings.font or None, settings.font_rare or None)
    except Fault as fault:
        yield _as_finding("font_missing", fault)
        return
    if fonts.rare:
        yield ok("fonts_found", "中文字体在位，生僻字字体也在", "the Chinese fonts are there, the one for rare characters too")
    else:
        yield warning(
            "rare_font_missing",
            "中文字体在位；没有生僻字字体，名字里有生僻字的面单会被拒绝",
            "the Chinese fonts are there, but none for rare characters: labels of names that need it are refused",
        )


def rules_are_in_force(patient: Patient) -> Iterator[Finding]:
    """Read the rule packs; at least one rule must be in force today."""
    today = beijing_day(patient.ground.clock.now_ms())
    try:
        count, version = len(rules(today)), pack_version()
    except Fault as fault:
        yield _as_finding("rules_malformed", fault)
        return
    if not count:
        yield wrong("rules_none", f"{today} 没有生效的规则", f"no rule is in force on {today}")
        return
    yield ok("rules_in_force", f"{count} 条规则生效：{version}", f"{count} rules in force: {version}")


def schema_is_current(patient: Patient) -> Iterator[Finding]:
    """Both databases have this code's schema."""
    for database in (patient.house.data, patient.house.disclosures):
        try:
            require_current(database)
        except Fault as fault:
            yield _as_finding("schema_other", fault)
            return
    yield ok("schema_current", "数据库结构是本版本的", "the databases have this version's schema")


def replicas_agree(patient: Patient) -> Iterator[Finding]:
    """Ask the key store's replicas whether they hold the same."""
    try:
        unlike = [each.place for each in patient.ground.keys.files.compare()]
    except Fault as fault:
        yield _as_finding("replica_unreachable", fault)
        return
    for each in unlike:
        yield wrong("replica_differs", "密钥库的副本不一致", "replicas of the key store differ", each)
    if not unlike:
        yield ok("replicas_agree", "密钥库的副本一致", "the replicas of the key store agree")


def _as_finding(code: str, fault: Fault) -> Finding:
    reason = WORDS[fault.code].reason
    return wrong(code, reason.zh, reason.en, fault.at)
