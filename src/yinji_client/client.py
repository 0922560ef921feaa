"""The client: a method for each call, batches split, pages followed."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from yinji_client import calls, records
from yinji_client.orders import Event, Order
from yinji_client.pictures import pictures_of
from yinji_client.retrying import Retries
from yinji_client.session import Session
from yinji_client.transport import HttpTransport, Transport

_T = TypeVar("_T")

BATCH_MAX: Final = 1_000
"""Items of one request."""

_PICTURES: Final = 100
"""Waybills whose labels are asked for at once as pictures."""

_SECONDS: Final = 60.0


class Client:
    """A node, asked with one API key. Not for several threads: give each a client of its own.

    ``seconds`` bounds each wait for the node; ``tls`` is a context of yours where the node's certificate is not publicly known.
    Every method raises `Problem` for a refusal and `Unreachable` where there is no way to the node.
    """

    def __init__(
        self,
        base_url: str,
        *,
        key: str,
        language: str = "zh",
        seconds: float = _SECONDS,
        retries: Retries | None = None,
        tls: ssl.SSLContext | None = None,
        transport: Transport | None = None,
    ) -> None:
        """Connect to nothing yet."""
        way = transport or HttpTransport(base_url, seconds=seconds, tls=tls)
        self._session = Session(way, key, language=language, retries=retries or Retries())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give the connection back."""
        self._session.close()

    def me(self) -> records.Me:
        """Return whose key this is, and how far it reaches."""
        return self._session.ask(records.Me, calls.ME, calls.ME.address())

    def issue(self, orders: Iterable[Order], *, merchant: str = "", dry_run: bool = False) -> Iterator[records.OrderResult]:
        """Yield what becomes of each order, in their order, a thousand in one request. With ``dry_run`` nothing is issued.

        Lazy: nothing is sent before the first result is asked for.
        """
        for some in _batches(orders):
            body = {"merchant": merchant, "orders": [each.told() for each in some]}
            query = {"dry_run": True} if dry_run else None
            told = self._session.ask(records.OrderResults, calls.ISSUE, calls.ISSUE.address(), query=query, body=body)
            yield from told.orders

    def waybill(self, number: str) -> records.Waybill:
        """Return one waybill, its parties masked."""
        return self._session.ask(records.Waybill, calls.SHOW, calls.SHOW.address(number=number))

    def waybills(
        self,
        *,
        first: date | None = None,
        last: date | None = None,
        state: str = "",
        parcel: str = "",
        kind: str = "",
        merchant: str = "",
        outlet: str = "",
        channel: str = "",
    ) -> Iterator[records.Waybill]:
        """Yield every waybill of some days, newest first, of which all that is said holds."""
        days: dict[str, object] = {"since": first, "until": last}
        codes = {"state": state, "parcel": parcel, "kind": kind, "merchant": merchant, "outlet": outlet, "channel": channel}
        query = {name: value for name, value in (days | codes).items() if value}
        while True:
            page = self._session.ask(records.Waybills, calls.LIST, calls.LIST.address(), query=query)
            yield from page.waybills
            if not page.next:
                return
            query["cursor"] = page.next

    def search(self, purpose: str, **sought: str | int) -> tuple[records.Waybill, ...]:
        """Return the parcels that a search meets: ``phone``, ``order`` with ``merchant``, or ``last_four``. Each one is evidence."""
        body: dict[str, Any] = {"purpose": purpose, **sought}
        return self._session.ask(records.Waybills, calls.SEARCH, calls.SEARCH.address(), body=body).waybills

    def void(self, number: str, *, reason: str = "other") -> records.Waybill:
        """Void a number for good, before its parcel is accepted."""
        return self._session.ask(records.Waybill, calls.VOID, calls.VOID.address(number=number), body={"reason": reason})

    def send_back(self, number: str) -> records.Return:
        """Send a parcel back under a number of its own; asked again it is the same one. Its label: `labels` in size ``76x130-return``.

        Takes two looks of the account's day, and shows nobody.
        """
        return self._session.ask(records.Return, calls.RETURN, calls.RETURN.address(number=number))

    def shipped(self, orders: Iterable[Order], *, merchant: str = "", preset: str = "general") -> Iterator[bytes]:
        """Yield a platform's form for batch shipping (CSV) of orders, a file for each thousand; one without a waybill is issued first."""
        for some in _batches(orders):
            body = {"merchant": merchant, "orders": [each.told() for each in some]}
            yield self._session.send(calls.SHIPPED, calls.SHIPPED.address(), query={"preset": preset}, body=body)

    def labels(self, numbers: Iterable[str], *, size: str = "", again: str = "", format: str = "pdf") -> Iterator[bytes]:  # noqa: A002 - the API's word
        """Yield the labels: ``pdf`` as files of a thousand waybills each, ``png`` as a picture of each package, in their order.

        ``again`` is why labels are made that were made before. Pictures are asked for a hundred waybills at a time; more than a thousand
        packages in one request are refused (``LABELS_TOO_MANY``).

        A request whose answer was lost is not sent again: its labels are counted as printed, and are asked for with ``again``.
        """
        told: dict[str, Any] = {"format": format} | ({"size": size} if size else {}) | ({"again": again} if again else {})
        for some in _batches(numbers, most=BATCH_MAX if format == "pdf" else _PICTURES):
            answer = self._session.send(calls.LABELS, calls.LABELS.address(), body={"numbers": some} | told)
            yield from pictures_of(answer) if format == "png" else (answer,)

    def report_prints(self, numbers: Sequence[str], *, reason: str) -> int:
        """Say that labels were put on paper once more; return how many waybills counted it."""
        body = {"numbers": list(numbers), "reason": reason}
        return self._session.ask(records.Prints, calls.PRINTS, calls.PRINTS.address(), body=body).counted

    def report_events(self, events: Iterable[Event]) -> Iterator[records.EventResult]:
        """Yield what becomes of each event, in their order, a thousand in one request. Lazy, as `issue` is."""
        for some in _batches(events):
            body = {"events": [each.told() for each in some]}
            address = calls.TAKE_EVENTS.address()
            yield from self._session.ask(records.EventResults, calls.TAKE_EVENTS, address, body=body).results

    def events(self, number: str) -> Iterator[records.SeenEvent]:
        """Yield every event of a parcel, oldest first."""
        query: dict[str, object] = {}
        while True:
            address = calls.LIST_EVENTS.address(number=number)
            page = self._session.ask(records.History, calls.LIST_EVENTS, address, query=query)
            yield from page.events
            if not page.next:
                return
            query["cursor"] = page.next

    def ranges(self) -> tuple[records.Range, ...]:
        """Return the whole number register."""
        query: dict[str, object] = {}
        found: list[records.Range] = []
        while True:
            page = self._session.ask(records.Ranges, calls.RANGES, calls.RANGES.address(), query=query)
            found += page.ranges
            if not page.next:
                return tuple(found)
            query["cursor"] = page.next

    def stock(self) -> records.Stocks:
        """Return how many real numbers there are, together and of each owner."""
        query: dict[str, object] = {}
        owners: list[records.Stock] = []
        while True:
            page = self._session.ask(records.Stocks, calls.STOCK, calls.STOCK.address(), query=query)
            owners += page.owners
            if not page.next:
                return records.Stocks(page.together, tuple(owners))
            query["cursor"] = page.next

    def reserve(self, key: str, *, owner: str, count: int) -> records.Reserved:
        """Reserve numbers under a key of yours; the same wish again is answered alike."""
        body = {"owner": owner, "count": count}
        return self._session.ask(records.Reserved, calls.RESERVE, calls.RESERVE.address(key=key), body=body)

    def reservation(self, key: str) -> records.Reserved:
        """Return what was reserved under a key."""
        return self._session.ask(records.Reserved, calls.RESERVATION, calls.RESERVATION.address(key=key))

    def confirm(self, key: str) -> records.Reserved:
        """Give reserved numbers to their owner."""
        return self._session.ask(records.Reserved, calls.CONFIRM, calls.CONFIRM.address(key=key))

    def hand_back(self, *, key: str = "", owner: str = "") -> records.HandedBack:
        """Hand back the unused numbers of one reservation (``key``), or all that an ``owner`` has."""
        if bool(key) == bool(owner):
            raise ValueError("name a key or an owner")
        if key:
            return self._session.ask(records.HandedBack, calls.HAND_BACK, calls.HAND_BACK.address(key=key))
        address = calls.HAND_BACK_ALL.address()
        return self._session.ask(records.HandedBack, calls.HAND_BACK_ALL, address, body={"owner": owner})

    def checkpoints(self, *, sign: bool = False) -> tuple[records.SignedHead, ...]:
        """Return the last checkpoint of each log, signed now where that is asked."""
        call = calls.SIGN if sign else calls.CHECKPOINTS
        return self._session.ask(records.Checkpoints, call, call.address()).checkpoints

    def growth(self, log: str, *, since: int) -> str:
        """Return the proof that a log only grew since it had ``since`` entries."""
        return self._session.send(calls.GROWTH, calls.GROWTH.address(log=log), query={"since": since}).decode()

    def proof(self, log: str, entry: int, *, sign: bool = False, readable: bool = False) -> str:
        """Return the proof of an entry; ``readable``: below sentences that a person can read."""
        call = calls.RECEIPT if readable else calls.PROOF
        return self._session.send(call, call.address(log=log, entry=entry), query={"sign": sign}).decode()

    def waybill_proof(self, number: str, *, sign: bool = False, readable: bool = False) -> str:
        """Return the proof of a waybill in the evidence of its batch; ``readable`` as for `proof`."""
        call = calls.WAYBILL_RECEIPT if readable else calls.WAYBILL_PROOF
        return self._session.send(call, call.address(number=number), query={"sign": sign}).decode()


def _batches(items: Iterable[_T], *, most: int = BATCH_MAX) -> Iterator[list[_T]]:
    rest = iter(items)
    while some := list(islice(rest, most)):
        yield some
