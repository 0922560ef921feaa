"""``/console/issue/…/labels.pdf`` and its siblings: what a run wrote, for the account that ran it and nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import File

from yinji.doors.http.console.issue import at_desk
from yinji.doors.http.problems import Refused
from yinji.doors.http.visitor import Asking, signed
from yinji.doors.intake.uploads.folder import Result, find_upload
from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal

_TYPES: Final = {
    Result.LABELS: "application/pdf",
    Result.ERRORS: "text/csv",
    Result.SHIPPED: "text/csv",
    Result.REPORT: "application/json",
}


@get("/issue/{upload:str}/results/{name:str}", opt=signed())
async def give_result(visitor: Asking, upload: FromPath[str], name: FromPath[str]) -> Response[Any]:
    """Give a file. Labels are shown by the browser, whose print dialog the file asks for its true size; the others are kept."""
    if name not in set(Result):
        raise Refused(Refuse(Refusal.UPLOAD_GONE))
    which = Result(name)
    path = await visitor.ask(_path, upload, which)
    return File(
        path,
        filename=f"{upload[-8:]}-{which.value}",
        media_type=_TYPES[which],
        content_disposition_type="inline" if which is Result.LABELS else "attachment",
        headers={"cache-control": "no-store"},
    )


def _path(house: House, upload: str, which: Result) -> Path | Refuse:
    found = find_upload(at_desk(house), upload)
    if isinstance(found, Refuse):
        return found
    return found.result(which) or Refuse(Refusal.UPLOAD_GONE)
