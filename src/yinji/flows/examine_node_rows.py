"""Every row of every table: what must be sealed is, and nothing else shows a person.

Generated fields (waybill numbers, the node's own name) go by their grammar, free text by `deid`, everything by patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from yinji.db.copying import Rows, blocks
from yinji.db.schema import METADATA
from yinji.deid import FindingKind, scan
from yinji.flows.back_up import databases_of
from yinji.flows.examine_node_finding import Finding, Patient, ok, warning, wrong
from yinji.flows.restore_node_drill import SAMPLE_MAX, try_open
from yinji.kernel.decision import Allow, Refuse
from yinji.kernel.refusal_words import WORDS
from yinji.keys.suites import NONCE_BYTES, TAG_BYTES, SealBroken, suite_of
from yinji.vault.fields import REGISTER, Kept
from yinji.waybill.rules import read_number

SEALED_BYTES_MIN: Final = 1 + NONCE_BYTES + TAG_BYTES + 2
"""Suite code, nonce, tag, and the length of at least one text."""

TAG_BYTES_MIN: Final = 16

_READABLE: Final = re.compile(rb"[\x20-\x7e]{24}|(?:[\xe4-\xe9][\x80-\xbf]{2}){5}")
"""Text where ciphertext should be: 24 ASCII characters, or five Chinese ones in UTF-8. By chance once in 10^10 bytes."""

MOBILE: Final = re.compile(rb"1(?<![0-9]1)[3-9][0-9]{9}(?![0-9])")
"""A mobile number (11 digits, 13 to 19, MIIT numbering plan) between other things than digits: 13 to 15 digits are waybill numbers."""

_IDENTITY: Final = re.compile(rb"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx](?![0-9A-Za-z])")
"""GB 11643: division, year of birth in this or the last century, and the rest."""

_CHINESE: Final = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){5}")
_CODE: Final = re.compile(r"[A-Za-z0-9._:/@+=\-]*")
_DOOR: Final = re.compile(r"[路街道巷弄里村]\s*[0-9]+\s*号|[0-9]+\s*(?:号楼|室|单元|幢|栋)")
"""House, building, room: what an address tells beyond the district."""

_TELLING: Final = frozenset({FindingKind.PHONE, FindingKind.IDENTITY, FindingKind.EMAIL, FindingKind.ROOM})
_SURE_MIN: Final = 0.9
"""Below this a finding is no more than likely; the guard on labels looks closer than this examination of columns."""

_NUMBERS: Final = frozenset({"waybill_waybills.number", "waybill_subs.number"})
_LABEL_MARK: Final = "waybill_waybills.token"
"""Empty once the person behind the label is erased."""

_SEALED: Final = frozenset(field.column for field in REGISTER if field.kept in {Kept.SEALED, Kept.SEALED_MASK})
_BLIND: Final = frozenset(field.column for field in REGISTER if field.kept is Kept.BLIND)

Check = Callable[[Sequence[Any]], list[int]]
"""Which of a column's values (by their place in the block) are not as they should be."""


def rows_are_sealed(patient: Patient) -> Iterator[Finding]:
    """Read every row of the node, and say of every column that is not as it should be which rows those are."""
    own = patient.house.node.ref.hex()[-12:].encode()
    rows = 0
    seen: dict[str, tuple[int, str]] = {}
    for database in databases_of(patient.house):
        with database.reading() as reading:
            for table in METADATA.sorted_tables:
                checks = _checks(table, own)
                for block in blocks(reading, table):
                    rows += len(block)
                    _examine(table, checks, block, seen)
    for column, (count, first) in sorted(seen.items()):
        sealed = column in _SEALED | _BLIND
        code = "column_unsealed" if sealed else "column_shows_person"
        zh = "应加密而像明文" if sealed else "像是个人信息"
        en = "look like plaintext where they must be sealed" if sealed else "look like personal information"
        yield wrong(code, f"{count} 行{zh}，第一行 {first}", f"{count} rows {en}; the first is {first}", column)
    if not seen:
        yield ok("columns_sealed", f"{rows:,} 行：个人信息都已加密", f"{rows:,} rows: what is personal is sealed")


def sample_opens(patient: Patient) -> Iterator[Finding]:
    """Open a sample of sealed parties, counting only."""
    tried, opened = try_open(patient.house, SAMPLE_MAX)
    if tried != opened:
        yield wrong(
            "sample_broken", f"抽查 {tried} 方，只打开 {opened}", f"of {tried} parties tried, {opened} opened", "vault_parties"
        )
        return
    yield ok("sample_opens", f"抽查 {tried} 方，全部能打开", f"{tried} parties tried, all opened")


def indexes_tell_little(patient: Patient) -> Iterator[Finding]:
    """Judge every blind index by its fullest bucket: what the database tells somebody who has no key."""
    weighed = patient.house.vault.weigh_indexes(patient.house.node.org)
    for name, bucket, decision in weighed:
        if isinstance(decision, Refuse):
            words = WORDS[decision.code].reason
            yield warning("index_unfit", f"{words.zh}：{decision.at}", f"{words.en}: {decision.at}", f"{name} {bucket}")
    if all(isinstance(each.decision, Allow) for each in weighed):
        told = "; ".join(
            f"{each.name}: {', '.join(each.decision.because)}" for each in weighed if isinstance(each.decision, Allow)
        )
        yield ok("indexes_fit", f"盲索引不泄露分布（{told}）", f"the blind indexes tell no distribution ({told})")


def indexes_have_no_strays(patient: Patient) -> Iterator[Finding]:
    """Name index rows in months that nobody began: they were written by hand."""
    strays = patient.house.vault.stray_rows(patient.house.node.org)
    for each in strays:
        zh = f"盲索引 {each.name} 有 {each.rows:,} 行在从未使用过的时间段，不是本程序写入的"
        en = f"{each.rows:,} rows of the blind index {each.name} stand in a time that was never begun: not written by this program"
        yield wrong("index_strays", zh, en, f"{each.name} {each.bucket}")
    if not strays:
        yield ok(
            "indexes_in_time",
            "盲索引的每一行都在用过的时间段里",
            "every row of the blind indexes stands in a time that was begun",
        )


def periods_are_sound(patient: Patient) -> Iterator[Finding]:
    """Compare every period's keys with what the database states of them."""
    unsound = [each for each in patient.house.vault.periods_seen(patient.house.node.org) if not each.sound]
    for each in unsound:
        yield wrong("period_unsound", each.state.zh, each.state.en, str(each.period))
    if not unsound:
        yield ok("periods_sound", "每个月份的密钥都在，且与数据相合", "every period's keys are there and of the data's moment")


def intents_are_closed(patient: Patient) -> Iterator[Finding]:
    """Count looks that were permitted and never ended: they count as disclosed."""
    count = len(patient.house.access.open_intents(patient.house.node.org))
    if count:
        yield warning(
            "intents_open",
            f"{count} 次查看有意图而无结果，按已披露计",
            f"{count} looks have an intent and no outcome: they count as disclosed",
        )
        return
    yield ok("intents_closed", "每次查看都有结果", "every look has its outcome")


def prefixes_of(patient: Patient) -> frozenset[bytes]:
    """Return the letters with which this node's waybill numbers begin."""
    table = METADATA.tables["waybill_ranges"]
    at = [column.name for column in table.columns].index("prefix")
    with patient.house.data.reading() as reading:
        return frozenset(str(row[at]).encode() for block in blocks(reading, table) for row in block)


def _checks(table: Any, own: bytes) -> dict[int, tuple[str, Check]]:  # noqa: ANN401 - a table of SQLAlchemy, which flows do not import
    checks: dict[int, tuple[str, Check]] = {}
    for at, column in enumerate(table.columns):
        name = f"{table.name}.{column.name}"
        if name in _SEALED:
            checks[at] = name, _unsealed
        elif name in _BLIND:
            checks[at] = name, _untagged_or_empty if name == _LABEL_MARK else _untagged
        elif column.type.python_type in {str, bytes}:
            checks[at] = name, _showing(own, numbers=name in _NUMBERS)
    return checks


def _examine(table: Any, checks: dict[int, tuple[str, Check]], block: Rows, seen: dict[str, tuple[int, str]]) -> None:  # noqa: ANN401 - as above
    columns = list(zip(*block, strict=True))
    for at, (name, check) in checks.items():
        bad = check(columns[at])
        if bad:
            count, first = seen.get(name, (0, ""))
            seen[name] = count + len(bad), first or _named(table, block[bad[0]])


def _named(table: Any, row: tuple[Any, ...]) -> str:  # noqa: ANN401 - as above
    """Name a row by the parts of its key that say nothing: references and numbers, no text."""
    places = {column.name: at for at, column in enumerate(table.columns)}
    parts = [row[places[column.name]] for column in table.primary_key.columns]
    return "/".join(part.hex() if isinstance(part, bytes) else str(part) for part in parts if not isinstance(part, str))


def _unsealed(values: Sequence[Any]) -> list[int]:
    return [at for at, value in enumerate(values) if not _is_sealed(value)]


def _is_sealed(value: object) -> bool:
    if not isinstance(value, bytes) or len(value) < SEALED_BYTES_MIN:
        return False
    try:
        suite_of(value)
    except SealBroken:
        return False
    return _READABLE.search(value) is None and MOBILE.search(value) is None


def _untagged(values: Sequence[Any]) -> list[int]:
    return [
        at
        for at, value in enumerate(values)
        if not isinstance(value, bytes) or len(value) < TAG_BYTES_MIN or _tells(value) or _CHINESE.search(value)
    ]


def _untagged_or_empty(values: Sequence[Any]) -> list[int]:
    return [at for at in _untagged(values) if values[at]]


def _showing(own: bytes, *, numbers: bool) -> Check:
    """Return the check of a column that is not sealed."""

    def check(values: Sequence[Any]) -> list[int]:
        known: dict[object, bool] = {}
        for value in values:
            if value not in known:
                known[value] = value is not None and _shows(value, own, number=numbers)
        return [at for at, value in enumerate(values) if known[value]]

    return check


def _shows(value: object, own: bytes, *, number: bool) -> bool:
    if isinstance(value, bytes):
        return _tells(value.replace(own, b"")) or _CHINESE.search(value) is not None
    text = str(value)
    if number and not isinstance(read_number(text), Refuse):
        return False
    if _tells(text.encode("utf-8", "replace").replace(own, b"")):
        return True
    if _CODE.fullmatch(text) or "\n" in text:  # a code, or a signed note: patterns have read it
        return False
    return _DOOR.search(text) is not None or any(
        each.kind in _TELLING and each.confidence >= _SURE_MIN for each in _found(text)
    )


def _found(text: str) -> Iterable[Any]:
    return scan(text)


def _tells(data: bytes) -> bool:
    return MOBILE.search(data) is not None or _IDENTITY.search(data) is not None
