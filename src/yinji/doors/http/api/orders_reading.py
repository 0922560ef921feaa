"""The body of a request into orders. 1 all of it at once; 2 where something does not fit, order by order, so that one bad order refuses
itself alone; 3 each as the rooms know it, with every problem that it has.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import count
from typing import Annotated, Any, Final, NamedTuple, TypeVar

import msgspec
from msgspec import Meta

from yinji.doors.http.api.orders_model import ORDERS_MAX, CarriageIn, OrderIn, OrdersIn, SortingIn
from yinji.doors.http.problems import Refused
from yinji.doors.intake.cells import agreed_check, order_number, sorting_code, sorting_place
from yinji.doors.intake.recipients import one_line
from yinji.doors.intake.row_model import Bounds
from yinji.flows.house import House
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.kernel.party import Party, PartyKind
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Carriage, Order, Sorting
from yinji.waybill.rules import is_merchant

CHANNEL: Final = "api"
"""Where these orders come from, as their waybills say it."""

_PLACE: Final = re.compile(r"`\$\.?([a-z0-9_.\[\]]*)`$")
"""Where the decoder says that something did not fit. Its other words may quote a value."""

_MISSING: Final = re.compile(r"missing required field `([a-z_]+)`")
_CODES: Final = {
    "pieces": Refusal.QUANTITY_MALFORMED,
    "packages": Refusal.QUANTITY_MALFORMED,
    "ordered": Refusal.DATE_MALFORMED,
    "recipient.until": Refusal.DATE_MALFORMED,
}
_LINES: Final = count()
"""Where an order stands is said by its place in the answer; inside, it is known by a number that no other order of this process has, so
that orders of several requests can be one group.
"""

_HOUR_MS: Final = 3_600_000
_NO_SORTING: Final = SortingIn()
_NO_CARRIAGE: Final = CarriageIn()


class Given(NamedTuple):
    """One order of a request: as the rooms know it, or what is wrong with it. ``number`` is empty where it could not be read."""

    number: str
    order: Order | None
    refused: tuple[Refuse, ...] = ()


class _Loose(msgspec.Struct):
    """A request whose orders are read one by one."""

    orders: Annotated[list[msgspec.Raw], Meta(min_length=1, max_length=ORDERS_MAX)]
    merchant: str = ""


class _Numbered(msgspec.Struct):
    """What can still be said of an order that could not be read."""

    number: str = ""


class _Unfit(ValueError):  # noqa: N818 - a refusal on its way through the decoder, not an error of ours
    """A text about a person that cannot be taken, by its code alone."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code.name)
        self.code = code


_In = TypeVar("_In", bound=msgspec.Struct)


def person_decoder(kind: type[_In], characters_max: int) -> msgspec.json.Decoder[_In]:
    """Return what reads a struct whose texts about a person are wrapped as they are read."""
    return msgspec.json.Decoder(kind, dec_hook=_wrapping(characters_max))


def read_whole(decoder: msgspec.json.Decoder[_In], body: bytes) -> _In:
    """Return what a body says; raises `Refused` naming the field that does not fit."""
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(_refusal_of(error)) from None


class _Decoders(NamedTuple):
    whole: msgspec.json.Decoder[OrdersIn]
    loose: msgspec.json.Decoder[_Loose]
    one: msgspec.json.Decoder[OrderIn]
    numbered: msgspec.json.Decoder[_Numbered]


def read_orders(body: bytes, house: House) -> tuple[str, list[Given]]:
    """Return the merchant and the orders of a request; raises `Refused` for a body that is no request at all."""
    settings = house.settings
    now_ms = house.clock.now_ms()
    bounds = _bounds(now_ms - now_ms % _HOUR_MS, settings.cell_characters_max, settings.order_days_max)
    decoders = _decoders(bounds.cell_characters_max)
    try:
        whole = decoders.whole.decode(body)  # 1
    except msgspec.ValidationError:
        return _one_by_one(body, decoders, bounds)  # 2
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(_refusal_of(error)) from None
    _require_merchant(whole.merchant)
    return whole.merchant, [_read(each, bounds) for each in whole.orders]


def _one_by_one(body: bytes, decoders: _Decoders, bounds: Bounds) -> tuple[str, list[Given]]:
    try:
        loose = decoders.loose.decode(body)
    except msgspec.ValidationError as error:
        raise Refused(_refusal_of(error)) from None
    _require_merchant(loose.merchant)
    given: list[Given] = []
    for raw in loose.orders:
        try:
            given.append(_read(decoders.one.decode(raw), bounds))
        except (msgspec.ValidationError, UnicodeDecodeError) as error:
            given.append(Given(_number_in(raw, decoders), None, (_refusal_of(error),)))
    return loose.merchant, given


def _require_merchant(merchant: str) -> None:
    if not is_merchant(merchant):
        raise Refused(Refuse(Refusal.MERCHANT_MALFORMED, "merchant"))


def _number_in(raw: msgspec.Raw, decoders: _Decoders) -> str:
    try:
        number = decoders.numbered.decode(raw).number
    except (msgspec.ValidationError, UnicodeDecodeError):
        return ""
    return number if order_number(number) is None else ""


def _refusal_of(error: Exception) -> Refuse:
    """Return what the decoder refused: the place that it names, never its words."""
    said = str(error)
    place, missing = _PLACE.search(said), _MISSING.search(said)
    at = ".".join(each[1] for each in (place, missing) if each and each[1])
    cause = error.__cause__
    code = cause.code if isinstance(cause, _Unfit) else _CODES.get(at, Refusal.BODY_UNREADABLE)
    if at.startswith("carriage."):
        code = Refusal.AMOUNT_MALFORMED
    return Refuse(code, at)


@lru_cache(maxsize=4)
def _bounds(hour_ms: int, characters_max: int, days_max: int) -> Bounds:
    """Return what orders may say in the hour that begins at ``hour_ms``: days begin with an hour, in Beijing as anywhere near it."""
    return Bounds.around(moment(hour_ms), cell_characters_max=characters_max, order_days_max=days_max)


@lru_cache(maxsize=4)
def _decoders(characters_max: int) -> _Decoders:
    return _Decoders(
        person_decoder(OrdersIn, characters_max),
        msgspec.json.Decoder(_Loose),
        person_decoder(OrderIn, characters_max),
        msgspec.json.Decoder(_Numbered),
    )


def _wrapping(characters_max: int) -> Callable[[type, Any], Private]:
    """Return what wraps a text about a person in the statement that reads it."""

    def wrapped(kind: type, value: Any) -> Private:  # noqa: ANN401 - whatever JSON holds
        if kind is not Private or not isinstance(value, str):
            raise _Unfit(Refusal.BODY_UNREADABLE)
        plain = value.isprintable() and "  " not in value  # nearly every text: asked once, not three times
        text = (value if plain else one_line(value)).strip()
        if len(text) > characters_max:
            raise _Unfit(Refusal.CELL_TOO_LONG)
        if not plain and not text.isprintable():
            raise _Unfit(Refusal.CELL_UNPRINTABLE)
        return Private(text)

    return wrapped


def _read(given: OrderIn, bounds: Bounds) -> Given:
    refused: list[Refuse] = []
    wrong = order_number(given.number)
    if wrong is None and not given.number.isprintable():
        wrong = Refusal.ORDER_NUMBER_MALFORMED
    if wrong is not None:
        refused.append(Refuse(wrong, "number"))
    if given.contents.blank:
        refused.append(Refuse(Refusal.CONTENTS_MISSING, "contents"))
    if given.ordered is not None and not bounds.oldest <= given.ordered <= bounds.newest:
        refused.append(Refuse(Refusal.DATE_MALFORMED, "ordered"))
    sorting = _sorting(given.sorting, refused)
    carriage = _carriage(given.carriage, refused)
    if refused:
        return Given(given.number if wrong is None else "", None, tuple(refused))
    person, line = given.recipient, next(_LINES)
    party = Party(person.name, person.phone, person.address, PartyKind(person.kind), person.handle, person.until)
    order = Order(
        line=line,
        number=given.number,
        recipient=party,
        contents=given.contents,
        pieces=given.pieces,
        remark=given.remark,
        sorting=sorting,
        ordered=given.ordered,
        packages=given.packages,
        carriage=carriage,
        channel=CHANNEL,
        lines=(line,),
        collected_at=given.collected_at,
        handed_by=given.handed_by,
    )
    return Given(given.number, order)


def _sorting(given: SortingIn, refused: list[Refuse]) -> Sorting:
    if given is _NO_SORTING or given == _NO_SORTING:
        return Sorting()
    if not (given.mark or given.centre or given.door) and not isinstance(code := sorting_code(given.code), Refusal):
        return Sorting(code)  # what most programs send: the code alone
    read = {"code": sorting_code(given.code)}
    read |= {name: sorting_place(getattr(given, name)) for name in ("mark", "centre", "door")}
    refused += [Refuse(value, f"sorting.{name}") for name, value in read.items() if isinstance(value, Refusal)]
    return Sorting(**{name: value for name, value in read.items() if not isinstance(value, Refusal)})


def _carriage(given: CarriageIn, refused: list[Refuse]) -> Carriage:
    if given is _NO_CARRIAGE or given == _NO_CARRIAGE:
        return Carriage()
    check = agreed_check(given.agreed_check)
    if isinstance(check, Refusal):
        refused.append(Refuse(check, "carriage.agreed_check"))
        check = ""
    return Carriage(
        weight=given.weight or None,
        collect_goods=given.collect_goods or None,
        collect_freight=given.collect_freight,
        insured=given.insured or None,
        freight=given.freight or None,
        agreed_check=check,
    )
