"""``/me``: whose key this is, and how far it reaches. The first thing that a program asks."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get

from yinji.doors.http.api.reference_answers import reading
from yinji.doors.http.problems import Refused
from yinji.doors.http.visitor import Asking, signed
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import show_ref
from yinji.kernel.refusals import Refusal


class Me(msgspec.Struct, kw_only=True):
    """An account, and the key that it was reached by."""

    account: Annotated[str, msgspec.Meta(description="Code of the account that the key acts as.", examples=["shop-1"])]
    post: Annotated[str, msgspec.Meta(description="Post of that account.", examples=["operations"])]
    organisation: Annotated[str, msgspec.Meta(description="Reference of its organisation.")]
    key: Annotated[str, msgspec.Meta(description="Name of the key.", examples=["orders"])]
    scopes: Annotated[list[str], msgspec.Meta(description="What the key may be used for.")]
    test: Annotated[bool, msgspec.Meta(description="Whether it is a test key: what it issues is a specimen that never ships.")]
    expires: Annotated[str, msgspec.Meta(description="When the key ends, RFC 3339.", examples=["2027-11-22T10:00:00+08:00"])]


@get("/me", opt=signed(), operation_id="showMe", tags=["keys"], summary="Whose key this is", responses=reading())
async def show_me(visitor: Asking) -> Me:
    """Return the account that the key acts as, its scopes and its end."""
    account, key = visitor.house.account, visitor.key
    if key is None:
        raise Refused(Refuse(Refusal.API_KEY_MISSING))
    return Me(
        account=account.code,
        post=account.post.value,
        organisation=show_ref(account.org),
        key=key.name,
        scopes=sorted(each.value for each in key.scopes),
        test=key.test,
        expires=moment(key.until_ms).isoformat(timespec="seconds"),
    )
