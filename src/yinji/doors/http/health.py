"""Is the process alive, is the node ready? For load balancers and supervisors; says parts and codes, no places."""

from __future__ import annotations

from http import HTTPStatus

from litestar import Response, get

from yinji.doors.http.desk import Manned
from yinji.doors.http.visitor import unsigned
from yinji.kernel.refusals import Refusal


@get("/healthz", opt=unsigned(), include_in_schema=False)
async def healthz() -> dict[str, str]:
    """Answer that the process lives and its loop turns."""
    return {"status": "alive"}


@get("/readyz", opt=unsigned(), include_in_schema=False)
async def readyz(desk: Manned) -> Response[dict[str, object]]:
    """Answer whether the node can take requests; 503 where a part cannot be used, which `yinji doctor` explains."""
    parts = await desk.readiness.parts(desk.house, desk.threads)
    ready = all(each is None for each in parts.values())
    told = {name: "ready" if code is None else code.name for name, code in parts.items()}
    return Response(
        {"status": "ready" if ready else Refusal.NODE_UNREADY.name, "parts": told},
        status_code=HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE,
    )
