"""SQL of saved views. They are tended rows: a preference is no business fact, and what others see of it has an entry of its own."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, Index, Row, delete, func, select, update

from yinji.access.views.model import SavedView, ViewPage
from yinji.access.views.rules import read_written, written
from yinji.db.schema import BINARY, MOMENT, SMALL, TEXT, table
from yinji.db.work import Reading, Work
from yinji.kernel.ids import Ref

VIEWS: Final = table(
    "access_views",
    Column("ref", BINARY, primary_key=True, nullable=False),
    Column("org_id", BINARY, nullable=False),
    Column("account", BINARY, nullable=False),
    Column("page", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("asked", TEXT, nullable=False),
    Column("shared", SMALL, nullable=False),
    Column("made_ms", MOMENT, nullable=False),
    Index("ux_access_views_name", "account", "page", "name", unique=True),
    Index("ix_access_views_shared", "org_id", "page", "shared"),
    tended=True,
)

FIRSTS: Final = table(
    "access_view_firsts",
    Column("account", BINARY, primary_key=True, nullable=False),
    Column("page", TEXT, primary_key=True, nullable=False),
    Column("view", BINARY, nullable=False),
    Index("ix_access_view_firsts_view", "view"),
    tended=True,
)
"""Which view an account begins a page with."""


def add(work: Work, view: SavedView) -> None:
    """Write a view."""
    asked, shared = written(view.asked), int(view.shared)
    work.add_rows(VIEWS, [(view.ref, view.org, view.account, view.page.value, view.name, asked, shared, view.made_ms)])


def one(reading: Reading, ref: Ref) -> SavedView | None:
    """Return a view, whoever's."""
    row = reading.first(select(VIEWS).where(VIEWS.c.ref == ref))
    return _view(row) if row else None


def own(reading: Reading, account: Ref, page: ViewPage) -> list[SavedView]:
    """Return an account's views of a page, by name."""
    mine = (VIEWS.c.account == account, VIEWS.c.page == page.value)
    return [_view(row) for row in reading.rows(select(VIEWS).where(*mine).order_by(VIEWS.c.name))]


def shared(reading: Reading, org: Ref, page: ViewPage) -> list[SavedView]:
    """Return the views of a page that an organisation shares, by name."""
    some = (VIEWS.c.org_id == org, VIEWS.c.page == page.value, VIEWS.c.shared == 1)
    return [_view(row) for row in reading.rows(select(VIEWS).where(*some).order_by(VIEWS.c.name, VIEWS.c.ref))]


def count_own(reading: Reading, account: Ref, page: ViewPage) -> int:
    """Return how many views an account keeps of a page."""
    mine = (VIEWS.c.account == account, VIEWS.c.page == page.value)
    return _count(reading.first(select(func.count()).select_from(VIEWS).where(*mine)))


def count_shared(reading: Reading, org: Ref, page: ViewPage) -> int:
    """Return how many views of a page an organisation shares."""
    some = (VIEWS.c.org_id == org, VIEWS.c.page == page.value, VIEWS.c.shared == 1)
    return _count(reading.first(select(func.count()).select_from(VIEWS).where(*some)))


def rewrite(work: Work, view: SavedView) -> None:
    """Write what a view is called, asks for, and whether it is shared."""
    told = {"name": view.name, "asked": written(view.asked), "shared": int(view.shared)}
    work.change(update(VIEWS).where(VIEWS.c.ref == view.ref).values(told))


def remove(work: Work, ref: Ref) -> None:
    """Delete a view; nobody begins with it any more."""
    work.change(delete(VIEWS).where(VIEWS.c.ref == ref))
    work.change(delete(FIRSTS).where(FIRSTS.c.view == ref))


def first(reading: Reading, account: Ref, page: ViewPage) -> Ref | None:
    """Return the view that an account begins a page with."""
    row = reading.first(select(FIRSTS.c.view).where(FIRSTS.c.account == account, FIRSTS.c.page == page.value))
    return Ref(bytes(row.view)) if row else None


def choose(work: Work, account: Ref, page: ViewPage, view: Ref | None) -> None:
    """Write which view an account begins a page with; None: with none."""
    work.change(delete(FIRSTS).where(FIRSTS.c.account == account, FIRSTS.c.page == page.value))
    if view is not None:
        work.add_rows(FIRSTS, [(account, page.value, view)])


def unchoose_others(work: Work, view: SavedView) -> None:
    """Forget that anybody but its owner begins with a view: it is theirs alone again."""
    work.change(delete(FIRSTS).where(FIRSTS.c.view == view.ref, FIRSTS.c.account != view.account))


def forget(work: Work, account: Ref) -> None:
    """Delete what an account kept for itself: its own views and what it begins pages with. What it shared is the organisation's."""
    work.change(delete(VIEWS).where(VIEWS.c.account == account, VIEWS.c.shared == 0))
    work.change(delete(FIRSTS).where(FIRSTS.c.account == account))


def _count(row: Row[Any] | None) -> int:
    return int(row[0]) if row else 0


def _view(row: Row[Any]) -> SavedView:
    return SavedView(
        ref=Ref(bytes(row.ref)),
        org=Ref(bytes(row.org_id)),
        account=Ref(bytes(row.account)),
        page=ViewPage(row.page),
        name=row.name,
        asked=read_written(row.asked),
        shared=bool(row.shared),
        made_ms=row.made_ms,
    )
