"""Every call that the client makes, as data: a test holds them against the node's own OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

PREFIX: Final = "/api/v1"


@dataclass(frozen=True, slots=True)
class Call:
    """One operation. ``again`` tells that to send it twice does what once does; ``gives`` names a body that is no JSON."""

    id: str
    method: str
    path: str
    query: tuple[str, ...] = ()
    again: bool = True
    gives: str = "application/json"

    def address(self, **names: str | int) -> str:
        """Return the path with its names filled in, each as one segment."""
        return PREFIX + self.path.format(**{name: quote(str(value), safe="") for name, value in names.items()})


_TEXT: Final = "text/plain"
_LABELS: Final = "application/pdf, image/png, application/zip"
_CSV: Final = "text/csv"
_PAGED: Final = ("cursor", "limit")
_LISTED: Final = (*_PAGED, "since", "until", "state", "parcel", "kind", "merchant", "outlet", "channel")

ME: Final = Call("showMe", "GET", "/me")
ISSUE: Final = Call("issueWaybills", "POST", "/waybills", ("dry_run",))
SHOW: Final = Call("showWaybill", "GET", "/waybills/{number}")
LIST: Final = Call("listWaybills", "GET", "/waybills", _LISTED)
SEARCH: Final = Call("searchWaybills", "POST", "/waybills/search", again=False)
VOID: Final = Call("voidWaybill", "POST", "/waybills/{number}/void", again=False)
RETURN: Final = Call("returnParcel", "POST", "/waybills/{number}/return")
SHIPPED: Final = Call("shipBack", "POST", "/shipped", ("preset",), gives=_CSV)
LABELS: Final = Call("printLabels", "POST", "/labels", again=False, gives=_LABELS)
PRINTS: Final = Call("reportPrints", "POST", "/prints", again=False)
TAKE_EVENTS: Final = Call("takeEvents", "POST", "/events")
LIST_EVENTS: Final = Call("listEvents", "GET", "/waybills/{number}/events", _PAGED)
RANGES: Final = Call("listRanges", "GET", "/numbers/ranges", _PAGED)
STOCK: Final = Call("showStock", "GET", "/numbers/stock", _PAGED)
RESERVE: Final = Call("reserveNumbers", "PUT", "/numbers/reservations/{key}")
RESERVATION: Final = Call("showReservation", "GET", "/numbers/reservations/{key}")
CONFIRM: Final = Call("confirmNumbers", "POST", "/numbers/reservations/{key}/confirm")
HAND_BACK: Final = Call("handBackReservation", "POST", "/numbers/reservations/{key}/hand-back")
HAND_BACK_ALL: Final = Call("handBackOwner", "POST", "/numbers/hand-backs")
CHECKPOINTS: Final = Call("showCheckpoints", "GET", "/checkpoints/latest")
SIGN: Final = Call("signCheckpoints", "POST", "/checkpoints")
GROWTH: Final = Call("proveGrowth", "GET", "/checkpoints/{log}/growth", ("since",), gives=_TEXT)
PROOF: Final = Call("proveEntry", "GET", "/proofs/{log}/{entry}", ("sign",), gives=_TEXT)
RECEIPT: Final = Call("showReceipt", "GET", "/receipts/{log}/{entry}", ("sign",), gives=_TEXT)
WAYBILL_PROOF: Final = Call("proveWaybill", "GET", "/waybills/{number}/proof", ("sign",), gives=_TEXT)
WAYBILL_RECEIPT: Final = Call("showWaybillReceipt", "GET", "/waybills/{number}/receipt", ("sign",), gives=_TEXT)

CALLS: Final = tuple(each for each in list(globals().values()) if isinstance(each, Call))
"""All of them."""
