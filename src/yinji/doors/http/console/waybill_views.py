"""``/console/waybills/views``: the account's views of the waybills, and what may be done with each."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from yinji.access.views.rules import OWN_MAX
from yinji.doors.http.console.asked import Form, ref_of
from yinji.doors.http.console.waybill_filter import HERE, NAMES, read_filter, said_filter
from yinji.doors.http.console.waybill_view_words import SAVE_WORDS, VIEWS, saving
from yinji.doors.http.look import Column, Fact, Kind, Problem, Row
from yinji.doors.http.pages import page
from yinji.doors.http.problems import Refused, status_of
from yinji.doors.http.signing_in import FORM_FIELD
from yinji.doors.http.visitor import Asking, Visitor, signed
from yinji.flows.house import House
from yinji.flows.keep_views import (
    ViewShown,
    begin_with_view,
    delete_view,
    rename_view,
    replace_view,
    save_view,
    share_view,
    show_view,
    show_views,
    withdraw_view,
)
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, show_ref
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said

_YES: Final = "yes"
_ASKED: Final = frozenset({"name", "share", "begin", FORM_FIELD})
"""Fields of a form that are not the filter's."""

WORDS: Final = SAVE_WORDS | {
    "title": Said("运单视图", "Views of the waybills"),
    "help": Said(
        f"自己的视图最多 {OWN_MAX} 个；共享的由运营岗位管理，账号关闭后留给本组织。",
        f"Up to {OWN_MAX} of one's own. Shared ones are tended by operations, and stay with the organisation when an account is closed.",
    ),
    "caption": Said("视图列表", "Views"),
    "none": Said(
        "还没有视图：在运单页设好筛选，再“保存为视图”。",
        "No views yet: set a filter on the waybills' page, then save it as a view.",
    ),
    "asks": Said("筛选", "Filter"),
    "by": Said("保存人", "Saved by"),
    "shared": Said("共享", "Shared"),
    "first": Said("首选", "First"),
    "yes": Said("是", "yes"),
    "me": Said("本账号", "this account"),
    "back": Said("返回运单", "Back to the waybills"),
    "back_to_views": Said("返回视图", "Back to the views"),
    "open": Said("打开", "Open"),
    "rename": Said("改名", "Rename"),
    "begin_off": Said("打开运单页时不再先用它", "Begin the page with it no more"),
    "withdraw": Said("不再共享", "Share it no more"),
    "delete": Said("删除视图", "Delete the view"),
    "delete_help": Said(
        "删除后无法找回；共享的视图，同事也不再有。", "It cannot be had back; nobody has a shared one any more."
    ),
    "read_only": Said(
        "这个视图由同事共享，可以打开、设为首选；改动请找保存它的人或运营岗位。",
        "A colleague shares this view: open it, or begin with it. To change it ask whoever saved it, or operations.",
    ),
}

_COLUMNS: Final = (
    Column("name", WORDS["name"]),
    Column("asks", WORDS["asks"]),
    Column("by", WORDS["by"], Kind.CODE),
    Column("shared", WORDS["shared"]),
    Column("first", WORDS["first"]),
)


@get("/waybills/views", opt=signed())
async def list_views(visitor: Asking) -> Response[str]:
    """Show the account's views."""
    rows = [_row(each) for each in await visitor.ask(show_views)]
    return page("console/waybill_views.html", WORDS, visitor, columns=_COLUMNS, rows=rows, back=HERE)


@post("/waybills/views", opt=signed(), status_code=303)
async def save(visitor: Asking, data: Form) -> Response[Any]:
    """Keep the filter that the form holds; what is refused is said above the same form."""
    parts = _parts(visitor, data)
    saved = await visitor.threads.run(_saved, visitor.house, data, parts)
    if not isinstance(saved, Refuse):
        return Redirect(_opens(saved), status_code=303)
    problem = Problem.of(saved, field="name" if saved.at == "name" else "")
    values = {"saving": saving(visitor.house, parts, None, problem), "back": HERE}
    return page("console/waybill_view_save.html", WORDS, visitor, status=status_of(saved.code), **values)


@get("/waybills/views/{ref:str}", opt=signed())
async def show_one_view(visitor: Asking, ref: FromPath[str]) -> Response[str]:
    """Show one view, and what may be done with it."""
    return _page(visitor, await visitor.ask(show_view, _ref(ref)))


@post("/waybills/views/{ref:str}/rename", opt=signed(), status_code=303)
async def rename(visitor: Asking, ref: FromPath[str], data: Form) -> Response[Any]:
    """Give it another name."""
    wanted = _ref(ref)
    renamed = await visitor.threads.run(rename_view, visitor.house, wanted, data.get("name", ""))
    if not isinstance(renamed, Refuse):
        return _back_to(wanted)
    shown = await visitor.ask(show_view, wanted)
    return _page(visitor, shown, Problem.of(renamed, field="name"), status=status_of(renamed.code))


@post("/waybills/views/{ref:str}/replace", opt=signed(), status_code=303)
async def replace(visitor: Asking, ref: FromPath[str], data: Form) -> Response[Any]:
    """Let it keep the filter that the form holds."""
    wanted = _ref(ref)
    await visitor.ask(replace_view, wanted, _parts(visitor, data))
    return Redirect(_opens(wanted), status_code=303)


@post("/waybills/views/{ref:str}/share", opt=signed(), status_code=303)
async def share(visitor: Asking, ref: FromPath[str]) -> Response[Any]:
    """Share it with the organisation."""
    await visitor.ask(share_view, wanted := _ref(ref))
    return _back_to(wanted)


@post("/waybills/views/{ref:str}/withdraw", opt=signed(), status_code=303)
async def withdraw(visitor: Asking, ref: FromPath[str]) -> Response[Any]:
    """Share it no more."""
    await visitor.ask(withdraw_view, wanted := _ref(ref))
    return _back_to(wanted)


@post("/waybills/views/{ref:str}/begin", opt=signed(), status_code=303)
async def begin(visitor: Asking, ref: FromPath[str], data: Form) -> Response[Any]:
    """Begin the page with it, or no more."""
    wanted = _ref(ref)
    await visitor.ask(begin_with_view, wanted if data.get("begin") == _YES else None)
    return _back_to(wanted)


@post("/waybills/views/{ref:str}/delete", opt=signed(), status_code=303)
async def delete(visitor: Asking, ref: FromPath[str]) -> Response[Any]:
    """Delete it."""
    await visitor.ask(delete_view, _ref(ref))
    return Redirect(VIEWS, status_code=303)


def _saved(house: House, data: dict[str, str], parts: dict[str, str]) -> Ref | Refuse:
    """Keep a filter and do what else the form asks for: a view that cannot be shared as asked is not kept at all."""
    saved = save_view(house, data.get("name", ""), parts)
    if isinstance(saved, Refuse):
        return saved
    if data.get("begin") == _YES:
        begin_with_view(house, saved.ref)
    if data.get("share") == _YES and isinstance(refused := share_view(house, saved.ref), Refuse):
        delete_view(house, saved.ref)
        return refused
    return saved.ref


def _parts(visitor: Visitor, data: dict[str, str]) -> dict[str, str]:
    """Return the filter of a form, read as the page reads it; raises `Refused` for a field that no filter has: it was looked for."""
    if data.keys() - NAMES - _ASKED:
        raise Refused(Refuse(Refusal.VIEW_MALFORMED, "filter"))
    return read_filter(data, beijing_day(visitor.house.clock.now_ms())).parts


def _ref(text: str) -> Ref:
    return ref_of(text, unknown=Refusal.VIEW_UNKNOWN)


def _opens(ref: Ref) -> str:
    return f"{HERE}?view={show_ref(ref)}"


def _back_to(ref: Ref) -> Redirect:
    return Redirect(f"{VIEWS}/{show_ref(ref)}", status_code=303)


def _page(visitor: Visitor, shown: ViewShown, problem: Problem | None = None, *, status: int = 200) -> Response[str]:
    view = shown.view
    facts = [
        Fact(WORDS["name"], view.name),
        Fact(WORDS["asks"], said_filter(dict(view.asked))),
        Fact(WORDS["by"], WORDS["me"] if shown.own else shown.by),
        Fact(WORDS["shared"], WORDS["yes"] if view.shared else None),
        Fact(WORDS["first"], WORDS["yes"] if shown.first else None),
    ]
    values = {"shown": shown, "facts": facts, "problems": [problem] if problem else [], "back": VIEWS}
    own = {"here": f"{VIEWS}/{show_ref(view.ref)}", "opens": _opens(view.ref)}
    return page("console/waybill_view.html", WORDS, visitor, status=status, **values, **own)


def _row(shown: ViewShown) -> Row:
    view = shown.view
    cells = {
        "name": view.name,
        "asks": said_filter(dict(view.asked)),
        "by": shown.by,
        "shared": WORDS["yes"] if view.shared else None,
        "first": WORDS["yes"] if shown.first else None,
    }
    return Row(cells, href=f"{VIEWS}/{show_ref(view.ref)}")


VIEW_HANDLERS: Final = [list_views, save, show_one_view, rename, replace, share, withdraw, begin, delete]
"""The handlers of this page."""
