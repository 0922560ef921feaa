"""The root in a PKCS#11 token: it is made there, used there and destroyed there, and never leaves."""

from __future__ import annotations

import contextlib
import fcntl
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from yinji.adapters.keys.pkcs11_token import Token
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.keys.suites import SECRET_BYTES

if TYPE_CHECKING:  # the library is there only where a token is
    from pkcs11 import Session

_LABEL: Final = re.compile(r"yinji-root-([1-9][0-9]{0,8})")
_BITS: Final = 8 * SECRET_BYTES
_WAIT_SECONDS: Final = 10.0
_POLL_SECONDS: Final = 0.01


class Pkcs11Root:
    """Implements `RootProvider` over generic secret keys ``yinji-root-N``, sensitive and not extractable. One node a token.

    What follows from a root is its HMAC-SHA256 (CKM_SHA256_HMAC), which every token has: SM3 is in few. So roots in a token and
    roots in files do not open each other's files.
    """

    def __init__(self, *, module: Path, label: str, pin_file: Path) -> None:
        """The module's path, the token's label, the file with the PIN (0600). Nothing is opened until it is asked for."""
        self._token = Token(module=module, label=label, pin_file=pin_file)
        self._seen_none = False

    @property
    def place(self) -> str:
        """The token, as RFC 7512 names it."""
        return self._token.place

    def versions(self) -> tuple[int, ...]:
        """Return the versions there are, oldest first, or none; raises TOKEN_REFUSED."""
        found = self._token.run("list the roots", _versions)
        self._seen_none = not found
        return found

    def derive(self, version: int, info: bytes) -> bytes:
        """Return the 32-byte secret for one named use; raises KEYS_MISSING where there is no such version."""

        def sign(session: Session) -> bytes | None:
            from pkcs11 import Mechanism  # noqa: PLC0415 - loaded only where a token is

            keys = _keys(session, version)
            if not keys:
                return None
            if len(keys) > 1 or _can_leave(keys[0]):
                raise self._token.refused(f"use {_label(version)}: it is there twice, or could leave the token")
            return bytes(keys[0].sign(info, mechanism=Mechanism.SHA256_HMAC))

        secret = self._token.run(f"use {_label(version)}", sign)
        if secret is None:
            raise Fault(Refusal.KEYS_MISSING, f"{self.place}: {_label(version)}")
        return secret

    def add_version(self) -> int:
        """Make a fresh root in the token and return its version.

        Who saw no root and finds one now takes the one that another process of this machine made meanwhile.
        """
        with self._alone():
            found = self._token.run("list the roots", _versions)
            if found and self._seen_none:
                self._seen_none = False
                return found[-1]
            version = max(found, default=0) + 1
            self._token.run(f"make {_label(version)}", lambda session: _make(session, version))
        self._seen_none = False
        return version

    def destroy(self, version: int) -> None:
        """Destroy a version in the token; nothing where it is gone already. A copy that the token's own backup holds stays."""

        def destroy(session: Session) -> None:
            for key in _keys(session, version):
                key.destroy()

        self._token.run(f"destroy {_label(version)}", destroy)

    def portable(self) -> dict[int, bytes]:
        """Return nothing: the roots stay in the token, and are backed up by the token maker's own means."""
        return {}

    def adopt(self, roots: dict[int, bytes]) -> None:
        """Do nothing, the roots being in the token; raises TOKEN_REFUSED for roots that stood in files: they cannot move in."""
        if roots:
            raise self._token.refused("take in roots from files")

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes of this machine out: a token itself lets two keys have one label."""
        until = time.monotonic() + _WAIT_SECONDS
        try:
            file = self._token.pin_file.open("rb")
        except OSError:
            raise self._token.refused(f"read the PIN file {self._token.pin_file}") from None
        with file:
            while True:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                if time.monotonic() >= until:
                    raise Fault(Refusal.KEYS_BUSY, self.place)
                time.sleep(_POLL_SECONDS)
            yield


def _label(version: int) -> str:
    return f"yinji-root-{version}"


def _versions(session: Session) -> tuple[int, ...]:
    from pkcs11 import Attribute, KeyType, ObjectClass  # noqa: PLC0415 - loaded only where a token is

    every = session.get_objects({Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.KEY_TYPE: KeyType.GENERIC_SECRET})
    named = [_LABEL.fullmatch(str(key[Attribute.LABEL])) for key in list(every)]
    return tuple(sorted({int(each[1]) for each in named if each}))


def _keys(session: Session, version: int) -> list[Any]:
    """The keys of a version, without type: what a key can do is known when the token has said what it allows."""
    from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415 - loaded only where a token is

    return list(session.get_objects({Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.LABEL: _label(version)}))


def _can_leave(key: Any) -> bool:  # noqa: ANN401 - see `_keys`
    from pkcs11 import Attribute  # noqa: PLC0415 - loaded only where a token is

    return bool(key[Attribute.EXTRACTABLE]) or not key[Attribute.SENSITIVE]


def _make(session: Session, version: int) -> None:
    from pkcs11 import Attribute, KeyType, MechanismFlag  # noqa: PLC0415 - loaded only where a token is

    if _keys(session, version):  # made by a first try that was answered by an error
        return
    session.generate_key(
        KeyType.GENERIC_SECRET,
        _BITS,
        label=_label(version),
        store=True,
        capabilities=MechanismFlag.SIGN,
        template={
            Attribute.PRIVATE: True,
            Attribute.SENSITIVE: True,
            Attribute.EXTRACTABLE: False,
            Attribute.MODIFIABLE: False,
        },
    )
