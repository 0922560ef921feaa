"""``/t``: public tracking. Anybody gives a waybill number and shows that they are a party; the page says where the parcel is.

What is shown, and on which text it rests (marks of confidence: A the statute was read, A* an unofficial full copy that two citations
agree with, B quoted by others, draft a consultation draft; 办法 is 快递市场管理办法):

* every step that was reported, its time, and the outlet's or hub's code where the report names one; none is left out or invented:
  办法 26(10), 53(1), no false or hidden tracking (A*). Which nodes there are: 2019 opinion on data sharing, point 2 (A, seed);
* the number of articles, the carrier, how a dispute is settled, what is kept about a person and why: 办法 25 (A*);
* that the query is answered to parties only: 办法 25 and 52, unauthorised queries are blocked (A*);
* the hotline and how to complain: draft 寄递用户个人信息安全管理规定 9 (draft); that the carrier deals with it and tells the user: 快递暂行条例 2019: 28 = 2025: 29 (A / B);
* that a locker or a station needs consent: 办法 28(3), 54 (A*); that the contents may be looked at before signing: 快递暂行条例 (B).

Never shown: a name, a phone, an address, contents, who delivers, who signed, who reported, a place finer than an outlet's code. A way of
coordinates would be a whereabouts track (PIPL 28, A; GB/T 45574-2025 6.6, B). 办法 25 also lists the items' names, weight, fee, service
promise and mode of delivery: the first three are sealed with the person and stand on the label, and four digits that the same label
shows are too weak a proof to open them here (decision 0035); the page says where to read them. The last two are not kept by the node.

Limits and what guessing comes to: `yinji.access.queries.rules`. Number and proof come in a form's body, never in an address. The form
carries a token, as signing in does: otherwise any page could make its visitors' browsers guess.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body

from yinji.access.queries.model import Closed
from yinji.doors.http.cookies import session_cookie
from yinji.doors.http.look import Fact, Kind, Mark, Problem, Step, Tag
from yinji.doors.http.pages import page
from yinji.doors.http.problems import status_of
from yinji.doors.http.public.tracking_words import (
    ASKING,
    CARRIER,
    HOTLINE,
    NEXT,
    NUMBER,
    PIECES,
    SCAN_MARKS,
    SCANS,
    SHOWING,
    SINCE,
    SPECIMEN,
    SPECIMEN_TEXT,
    STATE,
    STATES,
)
from yinji.doors.http.visitor import Asking, Visitor, unsigned
from yinji.flows.tell_carrier import Carrier, tell_carrier
from yinji.flows.track_parcel import Tracked, asks_order, track_parcel
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal

HERE: Final = "/t"
_NUMBER_MAX: Final = 40
"""Characters of what was typed that the form shows again: no number is longer (`waybill.rules.PRINTED_DIGITS_MAX`)."""

_FIELDS: Final = {"digits": "digits", "order": "order"}
_SECOND_MS: Final = 1_000

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get(HERE, opt=unsigned())
async def show_form(request: Request[Any, Any, Any], visitor: Asking) -> Response[str]:
    """Show the empty form. Its token belongs to the cookie that goes with it, which is nobody's session."""
    answer = await _form(visitor)
    if not visitor.known:
        answer.set_cookie(session_cookie(request.scope, visitor.token))
    return answer


@post(HERE, opt=unsigned(), status_code=200)
async def track(request: Request[Any, Any, Any], visitor: Asking, data: Form) -> Response[str]:
    """Answer one query. No redirect: the answer has no address, for the number would stand in it."""
    number, digits, order = data.get("number", ""), Private(data.pop("digits", "")), Private(data.pop("order", ""))
    address = request.client.host if request.client else ""
    told = await visitor.threads.run(track_parcel, visitor.house, number, digits, order=order, address=address)
    match told:
        case Tracked():
            return await _shown(visitor, told)
        case Closed():
            return await _closed(visitor, told)
        case Refuse():
            return await _form(visitor, told, number=number[:_NUMBER_MAX])


async def _form(visitor: Visitor, refused: Refuse | None = None, *, number: str = "") -> Response[str]:
    """Show the form, with what is wrong where something is."""
    carrier = await visitor.ask(tell_carrier)
    problem = _problem(refused) if refused else None
    return page(
        "public/track.html",
        ASKING,
        visitor,
        status=status_of(refused.code) if refused else 200,
        public=HERE,
        closed=None,
        problems=[problem] if problem and problem.field else [],
        unfit=problem if problem and not problem.field else None,
        number=number,
        with_order=asks_order(visitor.house),
        contact=_contact(carrier),
    )


async def _closed(visitor: Visitor, closed: Closed) -> Response[str]:
    """Say calmly that nothing is answered now, and from when on it is."""
    carrier = await visitor.ask(tell_carrier)
    answer = page(
        "public/track.html",
        ASKING,
        visitor,
        status=status_of(Refusal.QUERY_CLOSED),
        public=HERE,
        closed=closed.until_ms,
        contact=_contact(carrier),
    )
    waits = closed.until_ms - visitor.house.clock.now_ms()
    answer.headers["retry-after"] = str(max(1, -(-waits // _SECOND_MS)))  # whole seconds, upwards (RFC 9110, 10.2.3)
    return answer


async def _shown(visitor: Visitor, told: Tracked) -> Response[str]:
    carrier, state = await visitor.ask(tell_carrier), told.way.state
    word, mark = STATES[state]
    facts = [
        Fact(NUMBER, told.number, Kind.CODE),
        Fact(STATE, Tag(word, mark), Kind.TAG),
        *([Fact(SINCE, told.scans[-1].at_ms, Kind.TIME)] if told.scans else []),
        Fact(PIECES, told.pieces, Kind.COUNT),
        *_contact(carrier),
        *([Fact(SPECIMEN, SPECIMEN_TEXT, wide=True)] if told.specimen else []),
    ]
    # Of a scan only what, when, and the place's code: `source` and `proof` are between those who report.
    steps = [
        Step(each.at_ms, SCANS[each.scan], why=each.place, mark=SCAN_MARKS.get(each.scan, Mark.DONE))
        for each in reversed(told.scans)
    ]
    return page("public/tracked.html", SHOWING, visitor, public=HERE, facts=facts, steps=steps, next=NEXT[state])


def _problem(refused: Refuse) -> Problem:
    """Return a refusal with the field it belongs to; what did not fit belongs to none, and does not say which part it was."""
    if refused.code is Refusal.NUMBER_MALFORMED:
        return Problem.of(refused, field="number")
    return Problem.of(Refuse(refused.code), field=_FIELDS.get(refused.at, ""))


def _contact(told: Carrier) -> list[Fact]:
    return [Fact(CARRIER, told.name), *([Fact(HOTLINE, told.hotline)] if told.hotline else [])]


HANDLERS: Final = [show_form, track]
