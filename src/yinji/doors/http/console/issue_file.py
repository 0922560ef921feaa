"""``/console/issue/…``: one file: what was understood, what to mend; issued, stopped, looked at while it goes, removed."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect

from yinji.doors.http.console.issue import HERE, SOON_SECONDS, at_desk, tag_of
from yinji.doors.http.console.issue_cells import cells_of, mended_cells, shown_rows
from yinji.doors.http.console.issue_words import FIELDS, FIGURES, RESULTS, WORDS
from yinji.doors.http.desk import Manned
from yinji.doors.http.look import Column, Figure, Mark, Problem, Row
from yinji.doors.http.pages import page
from yinji.doors.http.visitor import Asking, Visitor, signed
from yinji.doors.intake.uploads.folder import Phase, Result, Upload, find_upload
from yinji.doors.intake.uploads.jobs import Jobs, is_running
from yinji.doors.intake.uploads.mends import Cell, keep_mends
from yinji.doors.intake.uploads.refused_cells import refused_cells
from yinji.doors.intake.verdict import Level
from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said

REFRESH_SECONDS: Final = 2
"""How often a page without scripts looks again while a run goes on."""

_COLUMNS: Final = (Column("heading", WORDS["heading"]), Column("read_as", WORDS["read_as"]))
_LOOKS: Final = {Level.FINE.value: "done", Level.CARE.value: "care", Level.NOTHING.value: "wrong", "": "info"}
_FIRST_FIGURES: Final = ("issued", "labels", "known", "refused_rows")
_CHECK_FIGURES: Final = ("rows", "refused_rows")
_LEFT_OUT: Final = tuple(Column(name, WORDS[name]) for name in ("row", "column", "reason", "remedy"))

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/issue/{upload:str}", opt=signed())
async def show_file(visitor: Asking, upload: FromPath[str]) -> Response[str]:
    """Show how far a file has come."""
    return await _page(visitor, upload, "console/issue_file.html")


@get("/issue/{upload:str}/state", opt=signed())
async def show_state(visitor: Asking, upload: FromPath[str]) -> Response[str]:
    """Return the part of the page that changes, for the script that looks again."""
    return await _page(visitor, upload, "console/issue_state.html")


@post("/issue/{upload:str}/mend", opt=signed(), status_code=303)
async def mend(visitor: Asking, desk: Manned, upload: FromPath[str], data: Form) -> Response[Any]:
    """Lay mended cells over the file and check it again."""
    cells = mended_cells(data)
    data.clear()
    await visitor.ask(_run, upload, desk.jobs, issue=False, mended=cells)
    return Redirect(f"{HERE}/{upload}", status_code=303)


@post("/issue/{upload:str}/check", opt=signed(), status_code=303)
async def check_again(visitor: Asking, desk: Manned, upload: FromPath[str]) -> Response[Any]:
    """Check a file once more."""
    await visitor.ask(_run, upload, desk.jobs, issue=False)
    return Redirect(f"{HERE}/{upload}", status_code=303)


@post("/issue/{upload:str}/start", opt=signed(), status_code=303)
async def start(visitor: Asking, desk: Manned, upload: FromPath[str]) -> Response[Any]:
    """Begin to issue a file, or go on where a run was cut short."""
    await visitor.ask(_run, upload, desk.jobs, issue=True)
    return Redirect(f"{HERE}/{upload}", status_code=303)


@post("/issue/{upload:str}/stop", opt=signed(), status_code=303)
async def stop(visitor: Asking, upload: FromPath[str]) -> Response[Any]:
    """Ask a run to stop after its batch."""
    found = await visitor.ask(_found, upload)
    await visitor.threads.run(found.ask_to_stop)
    return Redirect(f"{HERE}/{upload}", status_code=303)


@post("/issue/{upload:str}/remove", opt=signed(), status_code=303)
async def remove(visitor: Asking, upload: FromPath[str]) -> Response[Any]:
    """Let go of a file and of what came of it."""
    await visitor.ask(_removed, upload)
    return Redirect(HERE, status_code=303)


def _found(house: House, upload: str) -> Upload | Refuse:
    return find_upload(at_desk(house), upload)


def _run(house: House, upload: str, jobs: Jobs, *, issue: bool, mended: dict[Cell, Private] | None = None) -> Upload | Refuse:
    found = _found(house, upload)
    if isinstance(found, Refuse):
        return found
    if is_running(house):
        return Refuse(Refusal.UPLOAD_BUSY)
    if mended:
        keep_mends(found, mended)
    refused = jobs.start(house, found, issue=issue)
    if refused is not None:
        return refused
    jobs.wait(found, SOON_SECONDS)
    return found


def _removed(house: House, upload: str) -> Upload | Refuse:
    found = _found(house, upload)
    if isinstance(found, Upload):
        if found.state.phase in {Phase.CHECKING, Phase.ISSUING} and is_running(house):
            return Refuse(Refusal.UPLOAD_BUSY)
        found.remove()
    return found


async def _page(visitor: Visitor, upload: str, template: str) -> Response[str]:
    values = await visitor.ask(_shown, upload)
    return page(template, WORDS, visitor, refresh=REFRESH_SECONDS, days=visitor.house.settings.upload_days, **values)


def _shown(house: House, upload: str) -> dict[str, Any] | Refuse:
    """Return what a page shows of an upload: 1 how far it is; 2 what was understood; 3 what to mend; 4 what came of it."""
    found = _found(house, upload)
    if isinstance(found, Refuse):
        return found
    state = found.state
    going = state.phase in {Phase.CHECKING, Phase.ISSUING}
    running = going and is_running(house)
    if going and not running:
        state = found.state  # it may have ended between the two looks
        going = state.phase in {Phase.CHECKING, Phase.ISSUING}
    done, whole, issued = found.progress
    told = state.came_to
    return {
        "href": f"{HERE}/{found.id}",
        "name": state.name,
        "state": tag_of(state.phase, running=running),
        "phase": state.phase.value,
        "busy": going and running,  # 1
        "cut_short": going and not running,
        "stopping": found.is_to_stop,
        "done": done,
        "whole": whole,
        "issued": issued,
        "problems": [Problem.of(each) for each in state.refusals],
        "told": told,
        "look": _LOOKS[told.get("level", "")],
        "sentences": [Said(*each) for each in told.get("sentences", ())],
        "form": Said(*told.get("form", ("", ""))),
        "preset": Said(*told.get("preset", ("", ""))),
        "columns": _COLUMNS,
        "read": [
            Row({"heading": heading, "read_as": FIELDS[field]}, mark=None if field in _READ else Mark.ENDED)
            for heading, field in told.get("columns", ())
        ],  # 2
        "there": found.orders.is_file(),
        "rows": _rows(house, found, told),  # 3
        "figures": _figures(told, checked=state.phase is Phase.CHECKED),  # 4
        "left_out_columns": _LEFT_OUT,
        "left_out": _left_out(told) if state.phase is Phase.DONE else [],
        "results": [(each.value, RESULTS[each]) for each in Result if found.result(each)],
    }


_READ: Final = frozenset(each for each in FIELDS if each not in {"", "identity", "ours"})


def _rows(house: House, upload: Upload, told: Any) -> list[Any]:  # noqa: ANN401 - what `came_to` wrote
    if not told or upload.state.phase not in {Phase.CHECKED, Phase.STOPPED} or not upload.orders.is_file():
        return []
    try:
        texts = refused_cells(house, upload, cells_of(told))
    except Fault:  # the file went meanwhile: what is wrong is told without its cells
        texts = {}
    return shown_rows(told, texts)


def _left_out(told: Any) -> list[Row]:  # noqa: ANN401 - what `came_to` wrote
    return [
        Row(
            {
                "row": row["line"],
                "column": wrong["heading"],
                "reason": Said(*wrong["reason"]),
                "remedy": Said(*wrong["remedy"]),
            }
        )
        for row in told.get("rows", ())
        for wrong in row["wrong"]
    ]


def _figures(told: Any, *, checked: bool) -> list[Figure]:  # noqa: ANN401 - what `came_to` wrote
    figures = told.get("figures", {})
    first = _CHECK_FIGURES if checked else _FIRST_FIGURES
    names = [*first, *(each for each in FIGURES if each not in first and figures.get(each))]
    return [Figure(FIGURES[name], figures[name]) for name in names if name in figures]
