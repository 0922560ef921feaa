"""Every page that the application gives, and how a person comes to it. A route of the application that stands neither here nor in
`NO_PAGES` fails a test: a new page is looked at from the day it is registered.
"""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Litestar

from tests.browser.served import ZHAO
from tests.browser.ways import (
    Way,
    asked,
    at,
    bill,
    checked,
    file_refused,
    first_entry,
    found,
    handed_in,
    issued,
    measured,
    nothing_tried,
    one_view,
    pressed,
    printed_here,
    refused_sign_in,
    rename_refused,
    revealed,
    sheet,
    tracked,
    tried,
    upload_refused,
    view_saved,
    views,
    void_refused,
)

OPERATIONS, COURIER, COMPLIANCE, AUTHORITY = "yunying", "kuaidi", "hegui", "jianguan"


@dataclass(frozen=True)
class Scene:
    """A page in one of its states: the route that answers it, whose window it opens in, how, and with which status."""

    name: str
    route: str
    way: Way
    account: str = OPERATIONS
    status: int = 200


VIEW = "/console/waybills/views/{ref:str}"

CONSOLE: tuple[Scene, ...] = (
    Scene("home", "GET /console", at("/console")),
    Scene("home-courier", "GET /console", at("/console"), COURIER),
    Scene("home-guest", "GET /console", at("/console"), AUTHORITY),
    Scene("home-compliance", "GET /console", at("/console"), COMPLIANCE),
    Scene("sign-in", "GET /console/sign-in", at("/console/sign-in"), ""),
    Scene("sign-in-refused", "POST /console/sign-in", refused_sign_in, "", 401),
    Scene("waybills", "GET /console/waybills", at("/console/waybills")),
    Scene("waybills-none", "GET /console/waybills", at("/console/waybills?outlet=NB")),
    Scene("waybills-found", "POST /console/waybills/search", found("phone", ZHAO[1])),
    Scene("waybills-found-none", "POST /console/waybills/search", found("phone", "15500001111")),
    Scene("waybills-search-refused", "POST /console/waybills/search", found("phone", "12"), status=422),
    Scene("waybill", "GET /console/waybills/{ref:str}", bill("on-its-way")),
    Scene("waybill-voided", "GET /console/waybills/{ref:str}", bill("voided"), COMPLIANCE),
    Scene("waybill-evidence", "GET /console/waybills/{ref:str}/evidence", bill("voided", "/evidence")),
    Scene("waybill-revealed", "POST /console/waybills/{ref:str}/reveal", revealed("solve", "all")),
    Scene("waybill-reveal-refused", "POST /console/waybills/{ref:str}/reveal", revealed("deliver", "all"), status=403),
    Scene("waybill-void-refused", "POST /console/waybills/{ref:str}/void", void_refused, status=409),
    Scene("ledger", "GET /console/ledger", at("/console/ledger")),
    Scene("ledger-entries", "GET /console/ledger/{log:str}", at("/console/ledger/data")),
    Scene("ledger-looks", "GET /console/ledger/{log:str}", at("/console/ledger/disclosures"), COMPLIANCE),
    Scene("ledger-entry", "GET /console/ledger/{log:str}/{seq:str}", first_entry),
    Scene("ledger-verified", "POST /console/ledger/verify", pressed("/console/ledger", "/console/ledger/verify")),
    Scene("inspect", "GET /console/inspect", at("/console/inspect"), COMPLIANCE),
    Scene("inspected", "POST /console/inspect", checked("/console/inspect", sheet("13800001234"))),
    Scene("inspect-refused", "POST /console/inspect", checked("/console/inspect", b"no label"), status=422),
    Scene("numbers", "GET /console/numbers", at("/console/numbers")),
    Scene("numbers-audited", "POST /console/numbers/audit", pressed("/console/numbers", "/console/numbers/audit")),
    Scene("delivery", "GET /console/delivery", at("/console/delivery"), COURIER),
    Scene("delivery-shown", "POST /console/delivery", asked("to-deliver"), COURIER),
    Scene("delivery-refused", "POST /console/delivery", asked("QL9999999999999"), COURIER, 422),
    Scene("templates", "GET /console/templates", at("/console/templates")),
    Scene("template", "GET /console/templates/{size:str}", at("/console/templates/100x150"), COMPLIANCE),
    Scene("template-passes", "POST /console/templates/{size:str}", tried("1******7251")),
    Scene("template-refused", "POST /console/templates/{size:str}", tried("13700007251")),
    Scene("template-not-printed", "POST /console/templates/{size:str}/tried.pdf", nothing_tried, status=422),
    Scene("template-print", "GET /console/templates/{size:str}/print", at("/console/templates/100x180/print")),
    Scene("calibration", "GET /console/templates/calibration", at("/console/templates/calibration?size=100x150")),
    Scene("calibration-judged", "POST /console/templates/calibration", measured("97")),
    Scene("calibration-unread", "POST /console/templates/calibration", measured("long"), status=422),
    Scene("calibration-print", "GET /console/templates/calibration/print", at("/console/templates/calibration/print")),
    Scene("waybill-print", "POST /console/waybills/{ref:str}/again/print", printed_here),
    Scene("settings", "GET /console/settings", at("/console/settings")),
    Scene("issue", "GET /console/issue", at("/console/issue")),
    Scene("issue-refused", "POST /console/issue/file", upload_refused, status=422),
    Scene("issue-checked", "GET /console/issue/{upload:str}", handed_in),
    Scene("issue-done", "GET /console/issue/{upload:str}", issued),
    Scene("issue-file-refused", "GET /console/issue/{upload:str}", file_refused),
    Scene("view-refused", "POST /console/waybills/views", view_saved(ZHAO[1]), status=422),
    Scene("views", "GET /console/waybills/views", views),
    Scene("views-none", "GET /console/waybills/views", at("/console/waybills/views"), COMPLIANCE),
    Scene("view", f"GET {VIEW}", one_view),
    Scene("view-rename-refused", f"POST {VIEW}/rename", rename_refused, status=422),
    Scene("waybills-with-views", "GET /console/waybills", at("/console/waybills")),
)

PUBLIC: tuple[Scene, ...] = (
    Scene("problem", "GET /problems/{name:str}", at("/problems/QUOTA_SPENT"), ""),
    Scene("label", "GET /l", at("/l"), ""),
    Scene("label-scanned", "GET /l/{token:str}", at("/l/3f0c9a51e7"), ""),
    Scene("track", "GET /t", at("/t"), ""),
    Scene("track-incomplete", "POST /t", tracked("on-its-way", "12"), "", 422),
    Scene("track-unproven", "POST /t", tracked("on-its-way", "0001"), "", 403),
    Scene("tracked", "POST /t", tracked("on-its-way", ZHAO[1][-4:]), ""),
    Scene("check", "GET /check", at("/check"), ""),
    Scene("checked", "POST /check", checked("/check", sheet("13800001234")), ""),
    Scene("check-refused", "POST /check", checked("/check", b"no label"), "", 422),
    Scene("api-docs", "GET /api/v1/docs", at("/api/v1/docs"), ""),
)

REFUSED: tuple[Scene, ...] = (
    Scene("not-allowed", "GET /console/ledger", at("/console/ledger"), COURIER, 403),
    Scene("not-there", "GET /console/waybills/{ref:str}", at("/console/waybills/nothing"), status=404),
)
"""Pages of the last stop: what any route may answer."""

SCENES = (*CONSOLE, *PUBLIC, *REFUSED)

NO_PAGES: dict[str, str] = {
    "POST /console/sign-out": "leads to the sign-in",
    "POST /console/sign-out-everywhere": "leads to the sign-in",
    "GET /console/waybills/{ref:str}/label.pdf": "a label",
    "POST /console/waybills/{ref:str}/again": "a label; refused, the waybill's page",
    "GET /console/waybills/{ref:str}/labels/{place:int}": "a picture",
    "GET /console/templates/{size:str}/specimen.pdf": "a specimen",
    "GET /console/templates/{size:str}/specimen.png": "a picture",
    "POST /console/templates/{size:str}/tried": "the part of a page that answers while somebody types",
    "GET /console/templates/calibration.pdf": "a sheet",
    "GET /console/templates/calibration.png": "a picture",
    f"POST {VIEW}/replace": "leads to the waybills",
    f"POST {VIEW}/share": "leads to the view",
    f"POST {VIEW}/withdraw": "leads to the view",
    f"POST {VIEW}/begin": "leads to the view",
    f"POST {VIEW}/delete": "leads to the views",
    "GET /console/ledger/{log:str}/checkpoint": "a signed note",
    "POST /console/ledger/{log:str}/{seq:str}/proof": "a proof",
    "GET /console/issue/{upload:str}/state": "the part of a page that refreshes itself",
    "POST /console/issue/{upload:str}/mend": "leads to the file's page",
    "POST /console/issue/{upload:str}/check": "leads to the file's page",
    "POST /console/issue/{upload:str}/start": "leads to the file's page",
    "POST /console/issue/{upload:str}/stop": "leads to the file's page",
    "POST /console/issue/{upload:str}/remove": "leads to the list of files",
    "GET /console/issue/{upload:str}/results/{name:str}": "a file",
    "GET /language/{language:str}": "leads to the console",
    "GET /healthz": "for machines",
    "GET /readyz": "for machines",
}
"""Routes that show no page of their own, and why."""


def routes_of(app: Litestar) -> set[str]:
    """Return the application's own routes that may give pages: all but the API's, whose document is a page too."""
    found = set()
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            ours = handler.fn.__module__.startswith("yinji.")
            api = route.path.startswith("/api/") and handler.include_in_schema is not False
            if ours and not api:
                found |= {f"{method} {route.path}" for method in handler.http_methods if method not in {"HEAD", "OPTIONS"}}
    return found
