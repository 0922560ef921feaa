"""Runs of uploads, each in a thread of its own beside the requests: checked after it came, then issued when somebody says so.

One run an account at a time, whichever process serves: a lock on a file, which falls with its process. How far a run has come
stands in the upload's folder; what it issued stands in the evidence, so that one cut short is run again and issues nothing twice.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from yinji.doors.intake.file_report import FileReport
from yinji.doors.intake.file_run import Job, run_file
from yinji.doors.intake.uploads.came_to import came_to
from yinji.doors.intake.uploads.folder import Phase, Result, Upload
from yinji.doors.intake.uploads.mends import Mending, read_mends
from yinji.doors.intake.verdict import Verdict
from yinji.flows.clear_uploads import uploads_folder
from yinji.flows.house import House
from yinji.flows.node_look import look_of
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

_LOCK: Final = "lock"
_PATIENCE_SECONDS: Final = 0.5
"""How long a run waits for whoever only looks whether another goes on: they hold the lock for a moment."""

_BREATH_SECONDS: Final = 0.02
_TOLD_SECONDS: Final = 0.3
"""How often progress is written down at most."""

Failed = Callable[[Exception], None]


@dataclass(slots=True)
class Jobs:
    """The runs of this process. ``failed`` hears of what nobody foresaw."""

    failed: Failed
    _threads: dict[str, threading.Thread] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)

    def start(self, house: House, upload: Upload, *, issue: bool) -> Refuse | None:
        """Begin a run; refuses UPLOAD_BUSY while another of this account goes on, UPLOAD_GONE where the file is no more."""
        if not upload.orders.is_file():
            return Refuse(Refusal.UPLOAD_GONE)
        lock = _taken(uploads_folder(house))
        if lock is None:
            return Refuse(Refusal.UPLOAD_BUSY)
        upload.ask_to_stop(wanted=False)
        upload.move(Phase.ISSUING if issue else Phase.CHECKING)
        upload.tell(0, 1, 0)
        run = _Run(house, upload, self._stop, issue=issue)
        thread = threading.Thread(target=self._do, args=(run, lock), name=f"yinji-upload-{upload.id[-6:]}", daemon=True)
        self._threads = {name: each for name, each in self._threads.items() if each.is_alive()} | {upload.id: thread}
        thread.start()
        return None

    def wait(self, upload: Upload, seconds: float) -> None:
        """Wait for a run of this process, so that a small file's page shows at once what came of it."""
        thread = self._threads.get(upload.id)
        if thread is not None:
            thread.join(seconds)

    def close(self) -> None:
        """Stop every run after its batch, and wait for it."""
        self._stop.set()
        for thread in list(self._threads.values()):
            thread.join()

    def _do(self, run: _Run, lock: int) -> None:
        try:
            run()
        except _CutShort:
            pass  # nothing was issued, and the page says that it can go on
        except Exception as error:  # noqa: BLE001 - whatever it is, the page must say that the run is over
            self.failed(error)
            with suppress(OSError):
                run.upload.move(Phase.REFUSED, refused=[Refuse(Refusal.INTERNAL)])
        finally:
            os.close(lock)


def is_running(house: House) -> bool:
    """Tell whether a run of the acting account goes on, in any process."""
    handle = _opened(uploads_folder(house))
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


class _CutShort(Exception):  # noqa: N818 - no error: somebody wanted it
    """A pass over a file was left."""


class _Run:
    """One pass over one upload."""

    def __init__(self, house: House, upload: Upload, stop: threading.Event, *, issue: bool) -> None:
        self.upload: Final = upload
        self._house = house
        self._stop = stop
        self._issue = issue
        self._surveyed = False
        self._issued = 0
        self._told = 0.0

    def __call__(self) -> None:
        """Run, and write down what came of it."""
        try:
            result = run_file(self._house, self._job(), look=look_of(self._house), progress=self._progress, hear=self._hear)
        except Fault as fault:
            result = [Refuse(fault.code, "" if fault.at.startswith(str(self._house.home)) else fault.at)]
        if isinstance(result, list):
            self.upload.move(Phase.REFUSED, refused=[_without_place(each, self.upload) for each in result])
            return
        self._keep(result)

    def _keep(self, report: FileReport) -> None:
        if report.stopped:
            self.upload.move(Phase.STOPPED, came_to=came_to(report))
        elif self._issue:
            self.upload.move(Phase.DONE, came_to=came_to(report))
            self.upload.issued()
        else:
            self.upload.move(Phase.CHECKED, came_to=came_to(report))

    def _job(self) -> Job:
        upload, state = self.upload, self.upload.state
        place = upload.folder.joinpath
        return Job(
            upload.orders,
            labels=place(Result.LABELS.value) if self._issue else None,
            errors=place(Result.ERRORS.value) if self._issue else None,
            report=place(Result.REPORT.value) if self._issue else None,
            shipped=place(Result.SHIPPED.value) if self._issue else None,
            size=state.size,
            merchant=state.merchant,
            sheet=state.sheet,
            check=not self._issue,
            mended=Mending(read_mends(upload)),
            go_on=self._go_on,
        )

    def _hear(self, _verdict: Verdict) -> None:
        self._surveyed = True

    def _progress(self, done: int, whole: int) -> None:
        """Two passes: the first is half of the way. A pass that issues nothing is left at once where it is to stop."""
        if (self._stop.is_set() or self.upload.is_to_stop) and not (self._issue and self._surveyed):
            raise _CutShort
        if time.monotonic() - self._told >= _TOLD_SECONDS:
            self._told = time.monotonic()
            self.upload.tell(done + whole if self._surveyed else done, 2 * max(1, whole), self._issued)

    def _go_on(self, report: FileReport) -> bool:
        self._issued = report.issued
        return not (self._stop.is_set() or self.upload.is_to_stop)


def _without_place(refused: Refuse, upload: Upload) -> Refuse:
    """Leave out where the file lies on this machine."""
    return Refuse(refused.code, refused.at.replace(str(upload.orders), "").replace(str(upload.folder), ""))


def _opened(folder: Path) -> int:
    return os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)


def _taken(folder: Path) -> int | None:
    """Return the account's lock, held; None while another run holds it."""
    handle, until = _opened(folder), time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= until:
                os.close(handle)
                return None
            time.sleep(_BREATH_SECONDS)
        else:
            return handle
