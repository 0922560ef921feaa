"""A PKCS#11 token (OASIS PKCS #11 v2.40), logged in to once a process. Every call is one thread's at a time and tried twice."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any, Final, TypeVar

from yinji.adapters.keys.private_files import require_private
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

if TYPE_CHECKING:  # the library is there only where a token is
    from pkcs11 import Session

Answer = TypeVar("Answer")

_AWAY: Final = frozenset({"NoSuchToken", "TokenNotPresent", "TokenNotRecognised"})
_PAUSES_SECONDS: Final = (0.05, 0.2, 0.4)

_WAIT_SECONDS: Final = 10.0
"""How long a thread waits for its turn at the token."""

_PIN_BYTES_MAX: Final = 256
"""No token takes so long a PIN: a longer file is another file."""

_ASKED_BITS: Final = 64
"""The cheapest question that needs a session."""

_PIN_TROUBLE: Final = ("PinIncorrect", "PinLocked", "PinExpired", "PinInvalid", "PinLenRange", "UserPinNotInitialized")
"""Never tried again with the same PIN file: a token locks itself after a few wrong ones."""


class Token:
    """A token by its label. Opens, logs in and opens again after an error by itself; raises TOKEN_REFUSED, never with a PIN."""

    def __init__(self, *, module: Path, label: str, pin_file: Path) -> None:
        """``module`` is the token maker's library; ``pin_file`` holds the user's PIN and must be its owner's alone (0600)."""
        self._module = module
        self._label = label
        self.pin_file: Final = pin_file
        self._process = _process(str(module))
        self._session: Session | None = None
        self._opening = 0
        self._refused_pin: tuple[int, ...] = ()

    @property
    def place(self) -> str:
        """The token, as RFC 7512 names it."""
        return f"pkcs11:token={self._label}"

    def run(self, what: str, act: Callable[[Session], Answer]) -> Answer:
        """Return what ``act`` returns, given a session that is logged in. ``act`` may be run twice; ``what`` is for messages."""
        with self._turn(what):
            trouble = self._try(act)
            if isinstance(trouble, _Trouble) and trouble.again:
                # Unplugged and back, timed out, or another process since a fork: begin anew, once.
                self._process.begin()
                trouble = self._try(act)
            for pause in _PAUSES_SECONDS:  # not listed: another process may be writing to the token at this moment
                if not isinstance(trouble, _Trouble) or trouble.name not in _AWAY:
                    break
                sleep(pause)
                self._process.begin()
                trouble = self._try(act)
        if isinstance(trouble, _Trouble):
            raise self.refused(f"{what} ({trouble.name})")
        return trouble

    def refused(self, what: str) -> Fault:
        """Return the fault that names this token and what was tried."""
        return Fault(Refusal.TOKEN_REFUSED, f"{self.place}: {what}")

    @contextlib.contextmanager
    def _turn(self, what: str) -> Iterator[None]:
        if not self._process.turn.acquire(timeout=_WAIT_SECONDS):
            raise self.refused(f"{what} (busy)")
        try:
            yield
        finally:
            self._process.turn.release()

    def _try(self, act: Callable[[Session], Answer]) -> Answer | _Trouble:
        try:
            from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415 - loaded only where a token is
        except ImportError:
            return _Trouble("python-pkcs11 missing", again=False)
        try:
            return act(self._opened())
        except PKCS11Error as error:
            name = type(error).__name__
            if name in _PIN_TROUBLE:
                self._refused_pin = self._pin_identity()
            return _Trouble(name, again=name not in _PIN_TROUBLE)

    def _opened(self) -> Session:
        library = self._process.library()
        if self._session is not None and self._opening == self._process.beginnings:
            _ask(self._session)
        else:
            self._session = _log_in(library.get_token(token_label=self._label), self._pin())
            self._opening = self._process.beginnings
        return self._session

    def _pin(self) -> str:
        pin = self._read_pin()
        if not pin:
            raise self.refused(f"read the PIN file {self.pin_file}")
        return pin

    def _read_pin(self) -> str:
        """The PIN, or nothing: an error of decoding would carry what it could not decode."""
        try:
            require_private(self.pin_file)
            if self._pin_identity() == self._refused_pin:
                raise self.refused("log in (PinIncorrect before: change the PIN file)")
            with self.pin_file.open("rb") as file:
                return file.read(_PIN_BYTES_MAX).decode().strip("\r\n")
        except (OSError, UnicodeDecodeError):
            return ""

    def _pin_identity(self) -> tuple[int, ...]:
        found = self.pin_file.stat()
        return (found.st_ino, found.st_mtime_ns, found.st_size)


class _Trouble:
    """What the library said, by the name of its error: its text may hold more than is wanted in a message."""

    def __init__(self, name: str, *, again: bool) -> None:
        self.name = name
        self.again = again


class _Process:
    """One module in this process: the standard knows one initialisation and one login for all of its threads."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._owner = 0
        self.turn = threading.Lock()
        self.beginnings = 0

    def library(self) -> Any:  # noqa: ANN401 - the library's own type is written in C and has no name
        import pkcs11  # noqa: PLC0415 - loaded only where a token is

        if self._owner != os.getpid():  # the first time, or a child that was forked: a child begins for itself
            self.begin()
        return pkcs11.lib(self._module)

    def begin(self) -> None:
        """Initialise the module anew; every session of this process is gone with it."""
        import pkcs11  # noqa: PLC0415 - as above

        self.beginnings += 1
        self._owner = os.getpid()
        with contextlib.suppress(pkcs11.PKCS11Error):
            pkcs11.lib(self._module).finalize()
        with contextlib.suppress(pkcs11.PKCS11Error):  # what is wrong is said by the next call
            pkcs11.lib(self._module)


_PROCESSES: Final[dict[str, _Process]] = {}
_PROCESSES_TURN: Final = threading.Lock()


def _process(module: str) -> _Process:
    with _PROCESSES_TURN:
        return _PROCESSES.setdefault(module, _Process(module))


def _ask(session: Session) -> None:
    """Find out whether a session still lives: a search that fails at its first step complains on the terminal."""
    from pkcs11.exceptions import FunctionNotSupported, RandomNoRNG  # noqa: PLC0415 - loaded only where a token is

    with contextlib.suppress(FunctionNotSupported, RandomNoRNG):
        session.generate_random(_ASKED_BITS)


def _log_in(token: Any, pin: str) -> Session:  # noqa: ANN401 - as for the library
    from pkcs11.exceptions import UserAlreadyLoggedIn  # noqa: PLC0415 - loaded only where a token is

    try:
        session: Session = token.open(rw=True, user_pin=pin)
    except UserAlreadyLoggedIn:  # by another object of this process: the login is the process's
        session = token.open(rw=True)
    return session
