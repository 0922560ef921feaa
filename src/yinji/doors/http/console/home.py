"""``/console``: what needs whoever is signed in, and what the day looks like."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get

from yinji.access.desks import Desk, may_sit
from yinji.doors.http.charts import Drawing, Point, line, meter
from yinji.doors.http.console.home_words import NEEDS, POSTS, WORDS
from yinji.doors.http.console.issue import HERE as ISSUE
from yinji.doors.http.look import Column, Fact, Figure, Kind, Mark, Place, Row
from yinji.doors.http.pages import page
from yinji.doors.http.visitor import Asking, signed
from yinji.doors.intake.uploads.folder import Phase, list_uploads
from yinji.doors.intake.uploads.jobs import is_running
from yinji.flows.house import House
from yinji.flows.tell_today import UNPRINTED_DAYS, Today, tell_today
from yinji.kernel.decision import Allow, Refuse
from yinji.kernel.said import Language, Said
from yinji.waybill.coverage.model import Share

WAYBILLS: Final = "/console/waybills"
NUMBERS: Final = "/console/numbers"
EVIDENCE: Final = "/console/ledger"
_PERCENT: Final = 100
_UPLOADS_TOLD: Final = 5

_COLUMNS: Final = (
    Column("day", WORDS["day"]),
    Column("privacy", WORDS["privacy_count"], Kind.COUNT),
    Column("exempt", WORDS["exempt_count"], Kind.COUNT),
    Column("share", WORDS["share"], Kind.COUNT),
)


@get("/", opt=signed())
async def show_home(visitor: Asking) -> Response[str]:
    """Show the day; a courier, who works by single parcels, and guests are shown no figures."""
    account = visitor.house.account
    facts = [Fact(WORDS["account"], account.code, Kind.CODE), Fact(WORDS["post"], POSTS[account.post])]
    values: dict[str, Any] = {"told": None, "delivers": isinstance(may_sit(account.post, Desk.DELIVERY), Allow)}
    if isinstance(may_sit(account.post, Desk.WAYBILLS), Allow):
        values = await visitor.ask(_day, visitor.language)
    return page("console/home.html", WORDS, visitor, account_facts=facts, **values)


def _day(house: House, language: Language) -> dict[str, Any] | Refuse:
    told = tell_today(house)
    if isinstance(told, Refuse):
        return told
    return {
        "told": told,
        "may_issue": _may_issue(house),
        "needs": [*_uploads(house), *_waiting(told)],
        "figures": _figures(told),
        "left": f"{told.stock.left:,}",
        "entered": f"{told.stock.entered:,}",
        "meter": _stock(house, told, language),
        "drawing": _course(told, language),
        "columns": _COLUMNS,
        "rows": [
            Row({"day": day.isoformat(), "privacy": each.privacy, "exempt": each.exempt, "share": _shown(each)})
            for day, each in reversed(told.days)
            if each.waybills
        ],
    }


def _may_issue(house: House) -> bool:
    return isinstance(may_sit(house.account.post, Desk.ISSUE), Allow)


def _uploads(house: House) -> list[Place]:
    """Return the account's files that wait for a person."""
    if not _may_issue(house):
        return []
    running, places = is_running(house), []
    for each in list_uploads(house)[:_UPLOADS_TOLD]:
        state = each.state
        waits = {Phase.CHECKED: "checked", Phase.STOPPED: "stopped", Phase.REFUSED: "refused"}.get(state.phase, "")
        if not waits and state.phase is not Phase.DONE and not running:
            waits = "stopped"
        if waits:
            places.append(Place(_filled(NEEDS[waits], name=state.name), f"{ISSUE}/{each.id}"))
    return places


def _waiting(told: Today) -> list[Place]:
    places = []
    if told.specimens_only:
        places.append(Place(NEEDS["specimens_only"], NUMBERS))
    if not told.has_sender:
        places.append(Place(NEEDS["no_sender"], ""))
    if told.unprinted:
        places.append(Place(_filled(NEEDS["unprinted"], count=f"{told.unprinted:,}"), f"{WAYBILLS}?state=issued"))
    for each in told.low:
        owner = Said(each.at, each.at) if each.at else NEEDS["own"]
        low = NEEDS["low"]
        text = Said(low.zh.format(owner=owner.zh, percent=each.figure), low.en.format(owner=owner.en, percent=each.figure))
        places.append(Place(text, NUMBERS))
    if told.intents:
        places.append(Place(_filled(NEEDS["intents"], count=f"{told.intents:,}"), EVIDENCE))
    return places


def _figures(told: Today) -> list[Figure]:
    figures = [Figure(WORDS["issued"], told.today.waybills, href=WAYBILLS)]
    if told.today.specimen:
        figures.append(Figure(WORDS["specimens"], told.today.specimen))
    note = _filled(WORDS["unprinted_note"], days=UNPRINTED_DAYS)
    figures.append(Figure(WORDS["unprinted"], told.unprinted, note=note, mark=Mark.CARE if told.unprinted else None))
    figures.append(Figure(WORDS["intents"], told.intents, note=WORDS["intents_note"], mark=Mark.CARE if told.intents else None))
    return figures


def _stock(house: House, told: Today, language: Language) -> Drawing:
    stock = told.stock
    low = stock.entered * house.settings.number_low_percent // _PERCENT
    description = f"{stock.left:,} / {stock.entered:,}"
    return meter(
        left=stock.left,
        whole=stock.entered,
        low=low,
        title=WORDS["stock"].in_(language),
        description=description,
        key="stock-left",
    )


def _course(told: Today, language: Language) -> Drawing:
    points = [Point(f"{day:%m-%d}", _percent(each)) for day, each in told.days]
    last = next((_shown(each) for _, each in reversed(told.days) if each.waybills), WORDS["no_share"].in_(language))
    return line(
        points,
        title=WORDS["privacy"].in_(language),
        description=WORDS["privacy_said"].in_(language).format(share=last),
        key="privacy",
        unit="%",
        highest=_PERCENT,
    )


def _percent(share: Share) -> float | None:
    """Return a share in percent, cut to a tenth: what is not whole is never rounded up to whole."""
    return None if share.share is None else share.privacy * _PERCENT * 10 // share.waybills / 10


def _shown(share: Share) -> str:
    percent = _percent(share)
    return "–" if percent is None else f"{percent:g}%"


def _filled(said: Said, **values: object) -> Said:
    return Said(said.zh.format(**values), said.en.format(**values))
