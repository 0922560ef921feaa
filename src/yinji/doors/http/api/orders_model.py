"""Orders as a program sends them, and what is answered of each.

Every text about a person is a `Private` before it has a name in this process: the decoder wraps it, so that no struct, message or trace
ever shows one.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta, field

from yinji.doors.intake.cells import AMOUNT_MAX, PACKAGES_MAX, PIECES_MAX
from yinji.kernel.private import Private

ORDERS_MAX: Final = 1_000
"""Orders of one request."""

_NOTHING: Final = Private("")


def _nothing() -> Private:
    """Return what stands for a text that was not sent; a default itself would have to be written into the schema."""
    return _NOTHING


_Person = Annotated[Private, Meta(extra_json_schema={"type": "string"})]
_Amount = Annotated[int, Meta(ge=0, le=AMOUNT_MAX)]


class RecipientIn(msgspec.Struct, kw_only=True, frozen=True):
    """The person a parcel is for. ``kind``: plain; virtual (the phone is a virtual number, until its last day); handle (a platform's)."""

    name: _Person = field(default_factory=_nothing)
    phone: _Person = field(default_factory=_nothing)
    address: _Person = field(default_factory=_nothing)
    kind: Literal["plain", "virtual", "handle"] = "plain"
    until: date | None = None
    handle: _Person = field(default_factory=_nothing)


class SortingIn(msgspec.Struct, kw_only=True, frozen=True):
    """Where the parcel goes as sorters read it; empty: the node finds it."""

    code: Annotated[str, Meta(description="Three-part code.", examples=["020-A12-03"])] = ""
    mark: str = ""
    centre: str = ""
    door: str = ""


class CarriageIn(msgspec.Struct, kw_only=True, frozen=True):
    """What was agreed about carrying it: weight in grams, money in fen (0.01 yuan)."""

    weight: _Amount | None = None
    collect_goods: Annotated[_Amount | None, Meta(description="Cash on delivery.")] = None
    collect_freight: Annotated[_Amount | None, Meta(description="Freight the recipient pays; 0: not known yet.")] = None
    insured: _Amount | None = None
    freight: Annotated[_Amount | None, Meta(description="Freight the sender paid.")] = None
    agreed_check: Annotated[str, Meta(description="How contents are checked at delivery, in a few words.")] = ""


class OrderIn(msgspec.Struct, kw_only=True, frozen=True):
    """One order: one parcel, in one package or several. Its ``number`` is the merchant's own key, which makes a retry safe."""

    number: Annotated[str, Meta(description="The merchant's order number.", examples=["A-20261120-001"])] = ""
    recipient: RecipientIn
    contents: _Person = field(default_factory=_nothing)
    ordered: Annotated[date | None, Meta(description="Day of the order; the same whenever it is sent again.")] = None
    pieces: Annotated[int, Meta(ge=1, le=PIECES_MAX)] = 1
    packages: Annotated[int, Meta(ge=1, le=PACKAGES_MAX)] = 1
    remark: _Person = field(default_factory=_nothing)
    sorting: SortingIn = SortingIn()
    carriage: CarriageIn = CarriageIn()
    collected_at: Annotated[_Person | None, Meta(description="Where it was really picked up, if elsewhere.")] = None
    handed_by: Annotated[_Person | None, Meta(description="Who handed it over in the sender's place.")] = None


class OrdersIn(msgspec.Struct, kw_only=True, frozen=True):
    """Orders of one merchant."""

    merchant: Annotated[str, Meta(description="Code of the merchant; empty for the node's own.", examples=["M-CHAYU"])] = ""
    orders: Annotated[list[OrderIn], Meta(min_length=1, max_length=ORDERS_MAX)]


class ItemProblem(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """One thing that is wrong with one order, and what to do about it. ``at`` names the field, never its value."""

    code: Annotated[int, Meta(examples=[113])]
    name: Annotated[str, Meta(examples=["PHONE_MASKED"])]
    reason: str
    remedy: str
    at: str = ""
    citation: str = ""


class OrderOut(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """What became of one order.

    ``issued`` now; ``known``: it has had this number before; ``fit``: a dry run found nothing wrong; ``refused``, with every problem.
    """

    order: str
    status: Literal["issued", "known", "fit", "refused"]
    number: Annotated[str, Meta(description="Its waybill number.")] = ""
    subs: Annotated[tuple[str, ...], Meta(description="Numbers of its further packages.")] = ()
    problems: tuple[ItemProblem, ...] = ()


class OrdersOut(msgspec.Struct, kw_only=True, frozen=True):
    """An answer for each order, in the order they came. ``specimen``: none of these numbers ships."""

    specimen: bool
    orders: list[OrderOut]


def request_schema() -> dict[str, Any]:
    """Return the JSON schema of `OrdersIn` with nothing left to look up elsewhere."""
    return schema_of(OrdersIn)


def schema_of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the JSON schema of a struct, its parts written out in their places: OpenAPI would look for them in its own tables."""
    whole = msgspec.json.schema(kind, schema_hook=_as_text)
    parts = whole["$defs"]
    resolved: dict[str, Any] = _written_out(whole["$ref"] and parts[kind.__name__], parts)
    return resolved


def _as_text(kind: type) -> dict[str, Any]:
    if kind is not Private:
        raise NotImplementedError
    return {"type": "string"}


def _written_out(each: Any, parts: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(each, list):
        return [_written_out(one, parts) for one in each]
    if not isinstance(each, dict):
        return each
    if "$ref" in each:
        return _written_out(parts[each["$ref"].rpartition("/")[2]], parts)
    return {
        name: _written_out(value, parts) for name, value in each.items() if not (name == "default" and isinstance(value, dict))
    }
