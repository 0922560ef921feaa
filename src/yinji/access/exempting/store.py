"""SQL of exemptions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Index, bindparam, select, text, update

from yinji.access.exempting.model import OPEN, Exemption, ExemptionState, Ground
from yinji.db.schema import BINARY, MOMENT, SMALL, TEXT, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref, Shard

_KNOWS: Final = text("order_tag IS NOT NULL")  # in words, or neither engine would use the index
_USED: Final = text("parcel IS NOT NULL")

EXEMPTIONS: Final = table(
    "access_exemptions",
    *place(),
    Column("ref", BINARY, primary_key=True, nullable=False),
    Column("order_tag", BINARY, nullable=True),
    Column("merchant", TEXT, nullable=False),
    Column("ground", TEXT, nullable=False),
    Column("document", TEXT, nullable=False),
    Column("draft", SMALL, nullable=False),
    Column("asked_by", BINARY, nullable=False),
    Column("asked_ms", MOMENT, nullable=False),
    Column("until_ms", MOMENT, nullable=False),
    Column("state", SMALL, nullable=False),
    Column("approved_by", BINARY, nullable=True),
    Column("parcel", BINARY, nullable=True),
    Index(
        "ux_access_exemptions_order", "org_id", "shard", "order_tag", unique=True, sqlite_where=_KNOWS, postgresql_where=_KNOWS
    ),
    Index("ix_access_exemptions_parcel", "org_id", "shard", "parcel", sqlite_where=_USED, postgresql_where=_USED),
)
"""An order has one open exemption: its tag stands here only while that is open."""

_T: Final = EXEMPTIONS.c
_ANY: Final = select(_T.ref).where(_T.org_id == bindparam("of_org"), _KNOWS).limit(1)
_COLUMNS: Final = tuple(EXEMPTIONS.columns)
_TAG_AT: Final = [each.name for each in _COLUMNS].index("order_tag")
_PARCEL_AT: Final = [each.name for each in _COLUMNS].index("parcel")
_OPEN: Final = sorted(OPEN)
_GONE: Final[dict[str, Any]] = {"order_tag": None, "document": ""}
"""What an exemption that ends unused forgets."""


def add(work: Work, asked: Exemption, *, org: Ref, tag: bytes, entry: Entry) -> None:
    """Write an exemption that was asked for; the work ends as a Clash where its order has an open one."""
    ground = asked.ground
    row = (
        org, asked.shard, asked.ref, tag, asked.merchant, ground.code, ground.document, int(ground.draft), asked.asked_by,
        asked.asked_ms, asked.until_ms, asked.state, asked.approved_by, asked.parcel,
    )  # fmt: skip
    work.add_rows(EXEMPTIONS, [row])
    work.append(entry)


def every(reading: Reading, org: Ref) -> list[Exemption]:
    """Return an organisation's exemptions, oldest first."""
    return [_read(row) for row in reading.rows(select(EXEMPTIONS).where(_T.org_id == org).order_by(_T.asked_ms, _T.ref))]


def one(work: Work, *, org: Ref, shard: Shard, ref: Ref) -> Exemption | None:
    """Return an exemption, and keep it as it is until the work ends."""
    row = work.first(select(EXEMPTIONS).where(*_place(org, shard), _T.ref == ref).with_for_update())
    return _read(row) if row else None


def any_open(reading: Reading, org: Ref) -> bool:
    """Tell whether an organisation has any exemption that knows its order: most have none, and ask no further."""
    return reading.first(_ANY, {"of_org": org}) is not None


def by_tag(reading: Reading, tags: Collection[bytes], *, org: Ref, shard: Shard) -> dict[bytes, Exemption]:
    """Return the exemptions that know one of these orders."""
    found = reading.rows_among(
        _COLUMNS,
        fixed=((_T.org_id, org), (_T.shard, shard)),
        key=(_T.order_tag,),
        values=[(tag,) for tag in tags],
    )
    return {bytes(row[_TAG_AT]): _read(row) for row in found}


def of_parcels(reading: Reading, parcels: Sequence[Ref], *, org: Ref, shard: Shard) -> dict[Ref, Exemption]:
    """Return the exemptions that were used for some parcels."""
    found = reading.rows_among(
        _COLUMNS,
        fixed=((_T.org_id, org), (_T.shard, shard)),
        key=(_T.parcel,),
        values=[(parcel,) for parcel in parcels],
    )
    return {Ref(bytes(row[_PARCEL_AT])): _read(row) for row in found}


def standing(work: Work, refs: Collection[Ref], *, org: Ref, shard: Shard, now_ms: int) -> set[Ref]:
    """Return those of some exemptions that are approved and have not expired."""
    approved = (_T.ref.in_(refs), _T.state == ExemptionState.APPROVED, _T.until_ms >= now_ms)
    return {Ref(bytes(row.ref)) for row in work.rows(select(_T.ref).where(*_place(org, shard), *approved))}


def approve(work: Work, ref: Ref, *, org: Ref, shard: Shard, by: Ref, until_ms: int, entry: Entry) -> None:
    """Approve what waits."""
    waits = (_T.ref == ref, _T.state == ExemptionState.ASKED)
    work.change(
        update(EXEMPTIONS)
        .where(*_place(org, shard), *waits)
        .values(state=ExemptionState.APPROVED, approved_by=by, until_ms=until_ms)
    )
    work.append(entry)


def refuse(work: Work, ref: Ref, *, org: Ref, shard: Shard, by: Ref, entry: Entry) -> None:
    """Refuse or withdraw what is open; it forgets its order and its document."""
    still = (_T.ref == ref, _T.state.in_(_OPEN))
    ended = update(EXEMPTIONS).where(*_place(org, shard), *still)
    work.change(ended.values(state=ExemptionState.REFUSED, approved_by=by, **_GONE))
    work.append(entry)


def use(work: Work, uses: Mapping[Ref, Ref], *, org: Ref, shard: Shard, now_ms: int, entry: Sequence[Entry]) -> bool:
    """Use exemptions up, each for its parcel; False where one of them no longer stands: then this work must not commit.

    Each is moved by one conditional statement: on every engine a row is moved by one transaction only.
    """
    for ref, parcel in uses.items():
        approved = (_T.ref == ref, _T.state == ExemptionState.APPROVED, _T.until_ms >= now_ms)
        used = update(EXEMPTIONS).where(*_place(org, shard), *approved)
        if not work.change(used.values(state=ExemptionState.USED, parcel=parcel, order_tag=None)):
            return False
    for said in entry:
        work.append(said)
    return True


def expired(reading: Reading, *, org: Ref, now_ms: int) -> list[Ref]:
    """Return the open exemptions whose time is over."""
    over = (_T.org_id == org, _KNOWS, _T.until_ms < now_ms)
    return [Ref(bytes(row.ref)) for row in reading.rows(select(_T.ref).where(*over).order_by(_T.ref))]


def end_expired(work: Work, *, org: Ref, now_ms: int, entry: Entry) -> None:
    """End what has expired; it forgets its order and its document."""
    over = (_T.org_id == org, _KNOWS, _T.until_ms < now_ms)
    work.change(update(EXEMPTIONS).where(*over).values(state=ExemptionState.EXPIRED, **_GONE))
    work.append(entry)


def forget(work: Work, parcels: Sequence[Ref], *, org: Ref, shard: Shard, entry: Entry) -> None:
    """Forget the documents of parcels whose persons were erased."""
    work.change(update(EXEMPTIONS).where(*_place(org, shard), _T.parcel.in_(parcels)).values(document=""))
    work.append(entry)


def _place(org: Ref, shard: Shard) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _T.org_id == org, _T.shard == shard


def _read(row: Sequence[Any]) -> Exemption:
    _, shard, ref, _, merchant, ground, document, draft, asked_by, asked_ms, until_ms, state, approved_by, parcel = row
    return Exemption(
        ref=Ref(bytes(ref)),
        shard=Shard(shard),
        merchant=merchant,
        ground=Ground(ground, document, bool(draft)),
        asked_by=Ref(bytes(asked_by)),
        asked_ms=asked_ms,
        until_ms=until_ms,
        state=ExemptionState(state),
        approved_by=Ref(bytes(approved_by)) if approved_by else None,
        parcel=Ref(bytes(parcel)) if parcel else None,
    )
