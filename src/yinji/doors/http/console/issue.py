"""``/console/issue``: an orders file is handed in; those handed in before are listed."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.response import Redirect

from yinji.access.desks import Desk
from yinji.access.model import OrgKind
from yinji.doors.http.console.issue_words import CUT_SHORT, PHASES, SIZES, WORDS
from yinji.doors.http.desk import Manned
from yinji.doors.http.look import Choice, Column, Kind, Problem, Row, Tag
from yinji.doors.http.pages import page
from yinji.doors.http.problems import Refused, status_of
from yinji.doors.http.visitor import Asking, Visitor, signed
from yinji.doors.intake.uploads.folder import Phase, State, Upload, list_uploads, receive_upload
from yinji.doors.intake.uploads.jobs import Jobs, is_running
from yinji.flows.house import House
from yinji.flows.sit_at_desk import kept_from
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.label.layout import sizes
from yinji.waybill.rules import is_merchant

HERE: Final = "/console/issue"
SOON_SECONDS: Final = 1.5
"""How long an answer waits for a run: a file of some hundred rows is checked by then."""

_TEXT_MAX: Final = 64
_COLUMNS: Final = (
    Column("file", WORDS["file"]),
    Column("when", WORDS["when"], Kind.TIME),
    Column("phase", WORDS["phase"], Kind.TAG),
)


@get("/issue", opt=signed())
async def show_issue(visitor: Asking) -> Response[str]:
    """Show where a file is handed in, and this account's files."""
    return await _page(visitor)


@post("/issue/file", opt=signed(), status_code=303)
async def hand_in(request: Request[Any, Any, Any], visitor: Asking, desk: Manned) -> Response[Any]:
    """Keep a file, begin to check it, lead to its page. The framework has spooled it beyond a megabyte to a nameless file."""
    form = await request.form()
    state = State(
        name="",
        merchant=_text(form.get("merchant")),
        size=_text(form.get("size")),
        sheet=_text(form.get("sheet")),
    )
    given = form.get("orders")
    file = given if isinstance(given, UploadFile) else None
    try:
        taken = await visitor.threads.run(_taken, visitor.house, desk.jobs, file, state)
    finally:
        for each in form.values():
            if isinstance(each, UploadFile):
                await each.close()
    if isinstance(taken, Refuse):
        return await _page(visitor, taken)
    return Redirect(f"{HERE}/{taken.id}", status_code=303)


def tag_of(phase: Phase, *, running: bool) -> Tag:
    """Return how far an upload has come; a run that no process does was cut short."""
    return CUT_SHORT if phase in {Phase.CHECKING, Phase.ISSUING} and not running else PHASES[phase]


def at_desk(house: House) -> House:
    """Return the house where its account issues; raises `Refused` otherwise."""
    if refused := kept_from(house, Desk.ISSUE):
        raise Refused(refused)
    return house


def _taken(house: House, jobs: Jobs, given: UploadFile | None, state: State) -> Upload | Refuse:
    at_desk(house)
    if given is None:
        return Refuse(Refusal.UPLOAD_TOO_LARGE)
    if (unfit := _unfit(state)) is not None:
        return unfit
    if is_running(house):
        return Refuse(Refusal.UPLOAD_BUSY)
    kept = receive_upload(house, given.file, State(given.filename, state.merchant, state.size, state.sheet))
    if isinstance(kept, Refuse):
        return kept
    refused = jobs.start(house, kept, issue=False)
    if refused is not None:
        kept.remove()
        return refused
    jobs.wait(kept, SOON_SECONDS)
    return kept


def _unfit(state: State) -> Refuse | None:
    if state.size not in {"", *sizes()}:
        return Refuse(Refusal.LABEL_SIZE_UNKNOWN)
    # A name in the place of a code would stay with what came of the file.
    return None if is_merchant(state.merchant) else Refuse(Refusal.MERCHANT_MALFORMED)


async def _page(visitor: Visitor, refused: Refuse | None = None) -> Response[str]:
    known = await visitor.threads.run(_known, visitor.house)
    settings = visitor.house.settings
    return page(
        "console/issue.html",
        WORDS,
        visitor,
        status=status_of(refused.code) if refused else 200,
        problems=[Problem.of(refused)] if refused else [],
        columns=_COLUMNS,
        mib=settings.serve_upload_mib,
        days=settings.upload_days,
        sizes=[Choice(SIZES, chosen=True), *(Choice(size, size) for size in sizes())],
        **known,
    )


def _known(house: House) -> Any:  # noqa: ANN401 - values of a page
    at_desk(house)
    running = is_running(house)
    merchants = [Choice(f"{org.code} {org.name}", org.code) for org in house.access.orgs() if org.kind is OrgKind.MERCHANT]
    rows = [_row(each, running=running) for each in list_uploads(house)]
    return {
        "merchants": [Choice(WORDS["no_merchant"], chosen=True), *merchants],
        "rows": rows,
    }


def _row(upload: Upload, *, running: bool) -> Row:
    state = upload.state
    cells = {"file": state.name or upload.id[-6:], "when": upload.begun_ms, "phase": tag_of(state.phase, running=running)}
    return Row(cells, href=f"{HERE}/{upload.id}")


def _text(given: object) -> str:
    return given.strip()[:_TEXT_MAX] if isinstance(given, str) else ""
