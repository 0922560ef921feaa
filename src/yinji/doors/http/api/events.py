"""``/events``: what was seen of parcels, in batches; ``/waybills/{number}/events``: the way of one.

An event is read as a row of a file is (`doors.intake.scans`): one reading, one set of refusals. The same event twice is one, so that a
batch whose answer was lost is sent again as it was.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from litestar import get, post
from litestar.params import JSONBody, PathParameter, QueryParameter
from litestar.types import ControllerRouterHandler

from yinji.access.api_keys.model import Scope
from yinji.doors.http.api.events_model import (
    EventResult,
    EventResults,
    Events,
    EventStatus,
    History,
    SeenEvent,
    cursor_after,
    read_cursor,
)
from yinji.doors.http.api.orders import problem_about
from yinji.doors.http.api.reference_answers import reading, refusing
from yinji.doors.http.problems import Refused
from yinji.doors.http.visitor import Asking, signed
from yinji.doors.intake import scans
from yinji.doors.intake.reading.model import Record
from yinji.flows.house import House
from yinji.flows.issue_model import RowRefused
from yinji.flows.take_scans import take_scans
from yinji.flows.tell_events import tell_events
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.waybill.parcel.codes import OWN_LIST, code_lists
from yinji.waybill.parcel.model import Reported, Seen

PAGE_MAX: Final = 1_000
PAGE: Final = 100

_FIELDS: Final = {
    scans.NUMBER: "number",
    scans.CODE: "scan",
    scans.TIME: "at",
    scans.PLACE: "place",
    scans.SOURCE: "source",
    scans.MARK: "id",
    scans.PROOF: "real_name",
}
"""The fields of an event, by the column of a file that each is read as."""

_COLUMNS: Final = scans.ScanColumns({name: at for at, name in enumerate(_FIELDS)}, _FIELDS, len(_FIELDS), 0)

Outcome = tuple[EventStatus, list[Refuse]]


@post(
    "/events",
    opt=signed(Scope.SCANS_WRITE),
    status_code=200,
    operation_id="takeEvents",
    tags=["events"],
    summary="Report parcel events",
    responses=refusing(),
)
async def take_events(visitor: Asking, data: JSONBody[Events]) -> EventResults:
    """Take a batch in: each event is new, known or refused by itself. `accepted` needs the token of the real-name system."""
    rows = [[str(getattr(each, name)) for name in _FIELDS.values()] for each in data.events]
    told = await visitor.ask(_taken, rows)
    counted = {status: sum(each is status for each, _ in told) for status in EventStatus}
    return EventResults(
        new=counted[EventStatus.NEW],
        known=counted[EventStatus.KNOWN],
        refused=counted[EventStatus.REFUSED],
        results=[
            EventResult(
                number=event.number,
                status=status,
                problems=[problem_about(RowRefused(0, each), visitor.language) for each in refused],
            )
            for event, (status, refused) in zip(data.events, told, strict=True)
        ],
    )


def _taken(house: House, rows: list[list[str]]) -> list[Outcome]:
    """Return what became of each row: 1 read; 2 take in what could be read; 3 say it in the order of the rows."""
    now, days = moment(house.clock.now_ms()), house.settings.order_days_max
    reader = scans.ScanReader(_COLUMNS, code_lists()[OWN_LIST], None, "", now, days)
    outcomes: dict[int, Outcome] = {}
    reports: list[Reported] = []
    places: list[int] = []
    for place, cells in enumerate(rows):
        read = reader.read(Record(place, cells))  # 1
        if isinstance(read, Reported):
            reports.append(read)
            places.append(place)
        else:
            outcomes[place] = EventStatus.REFUSED, [each.refusal for each in read]
    taken = take_scans(house, reports)  # 2
    for at, place in enumerate(places):
        outcomes[place] = EventStatus.NEW if at in taken.new else EventStatus.KNOWN, []
    for at, refused in taken.refused:
        outcomes[places[at]] = EventStatus.REFUSED, [refused]
    return [outcomes[place] for place in range(len(rows))]  # 3


@get(
    "/waybills/{number:str}/events",
    opt=signed(Scope.WAYBILLS_READ),
    operation_id="listEvents",
    tags=["events"],
    summary="The way of one parcel",
    responses=reading(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
)
async def list_events(
    visitor: Asking,
    number: Annotated[str, PathParameter(max_length=64, description="Waybill number.")],
    limit: Annotated[int, QueryParameter(ge=1, le=PAGE_MAX, description="Events a page.")] = PAGE,
    cursor: Annotated[str, QueryParameter(max_length=64, description="`next` of the page before.")] = "",
) -> History:
    """Return the parcel's state and its events, oldest first. Shows no person."""
    after = read_cursor(cursor)
    if isinstance(after, Refuse):
        raise Refused(after)
    told = await visitor.ask(tell_events, number, after=after, limit=limit)
    return History(
        number=told.number,
        state=told.way.state.name.lower(),
        odd=told.way.odd,
        events=[_shown(each) for each in told.seen],
        next=cursor_after(told.seen[-1]) if told.more else None,
    )


def _shown(seen: Seen) -> SeenEvent:
    at = moment(seen.at_ms).isoformat(timespec="milliseconds")
    return SeenEvent(at=at, scan=seen.scan.name.lower(), place=seen.place, source=seen.source, real_name=bool(seen.proof))


EVENTS: Final[list[ControllerRouterHandler]] = [take_events, list_events]
"""The handlers of this resource."""
