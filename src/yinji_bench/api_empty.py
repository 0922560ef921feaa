"""The ceiling of ``yinji bench api``: an application that reads a request and answers what an issued order is answered, and does nothing
else. What the same load gets from it, from the same server on the same core, is the most that any application could show there.
"""

from __future__ import annotations

import gc
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

_ANSWER: Final = b'{"specimen":false,"orders":[{"order":"B000000000001","status":"issued","number":"QB1000000000001"}]}'
_START: Final = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"application/json"), (b"content-length", str(len(_ANSWER)).encode())],
}
_BODY: Final = {"type": "http.response.body", "body": _ANSWER, "more_body": False}

_Message = MutableMapping[str, Any]


async def answer(
    _scope: _Message, receive: Callable[[], Awaitable[_Message]], send: Callable[[_Message], Awaitable[None]]
) -> None:
    """Answer one request (ASGI 3.0)."""
    while (await receive()).get("more_body"):
        pass
    await send(dict(_START))
    await send(dict(_BODY))


gc.freeze()  # as `yinji serve` does
