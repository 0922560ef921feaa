"""One upload: a private folder with the file, what is wanted of it, how far it has come and what came of it."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Final

from yinji.deid import hide
from yinji.flows.clear_uploads import CLEAR, ORDERS, begun_ms, uploads_folder
from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import FIRST_SHARD, mint_ref
from yinji.kernel.refusals import Refusal

UPLOADS_MAX: Final = 50
"""Uploads that an account keeps at once. A proposal of ours: two weeks of three files a day."""

_STATE: Final = "state.json"
_PROGRESS: Final = "progress.json"
_STOP: Final = "stop"
_PIECE: Final = 1 << 20
_MIB: Final = 1 << 20
_ID: Final = re.compile(r"[0-9a-f]{32}")
_NAME_MAX: Final = 80


class Phase(StrEnum):
    """How far an upload has come."""

    CHECKING = "checking"
    CHECKED = "checked"
    REFUSED = "refused"  # the file as a whole
    ISSUING = "issuing"
    STOPPED = "stopped"  # by somebody, between two batches
    DONE = "done"


class Result(StrEnum):
    """What a run writes, by the name of its file in the folder."""

    LABELS = "labels.pdf"
    ERRORS = "errors.csv"
    SHIPPED = "shipped.csv"
    REPORT = "report.json"


@dataclass(frozen=True, slots=True)
class State:
    """What is wanted of an upload, and what is known of it. ``name`` is what its file was called, to be shown and nothing else."""

    name: str
    merchant: str = ""
    size: str = ""
    sheet: str = ""
    phase: Phase = Phase.CHECKING
    refused: tuple[tuple[int, str], ...] = ()
    came_to: Mapping[str, Any] = field(default_factory=dict)

    @property
    def refusals(self) -> list[Refuse]:
        """Why the file as a whole was refused."""
        return [Refuse(Refusal(code), at) for code, at in self.refused]


class Upload:
    """One upload of one account."""

    def __init__(self, folder: Path) -> None:
        """Take a folder that is there."""
        self.folder: Final = folder
        self.id: Final = folder.name
        self.begun_ms: Final = begun_ms(folder.name)
        self.orders: Final = folder / ORDERS

    @property
    def state(self) -> State:
        """What is known now; raises FileNotFoundError where the upload is gone."""
        told = json.loads((self.folder / _STATE).read_text(encoding="utf-8"))
        refused = tuple((code, at) for code, at in told.pop("refused"))
        return State(**told | {"phase": Phase(told["phase"]), "refused": refused})

    def keep(self, state: State) -> None:
        """Write down what is known."""
        self._write(_STATE, asdict(state))

    def move(self, phase: Phase, *, refused: list[Refuse] | None = None, came_to: Mapping[str, Any] | None = None) -> None:
        """Write down how far it has come."""
        told = tuple((each.code.value, each.at) for each in refused or [])
        now = self.state
        self.keep(replace(now, phase=phase, refused=told, came_to=now.came_to if came_to is None else came_to))

    def tell(self, done: int, whole: int, issued: int) -> None:
        """Write down how far the run has come."""
        self._write(_PROGRESS, {"done": done, "whole": whole, "issued": issued})

    @property
    def progress(self) -> tuple[int, int, int]:
        """How far the run has come, how far it will go, and how many waybills it has issued."""
        with suppress(OSError, ValueError):
            told = json.loads((self.folder / _PROGRESS).read_text(encoding="utf-8"))
            return told["done"], told["whole"], told["issued"]
        return 0, 1, 0

    def ask_to_stop(self, *, wanted: bool = True) -> None:
        """Ask the run to stop after its batch, or take that back; any process hears it."""
        if wanted:
            (self.folder / _STOP).touch(mode=0o600)
        else:
            (self.folder / _STOP).unlink(missing_ok=True)

    @property
    def is_to_stop(self) -> bool:
        """Whether somebody asked the run to stop."""
        return (self.folder / _STOP).exists()

    def result(self, which: Result) -> Path | None:
        """Return a file that the run wrote; None where it wrote none."""
        path = self.folder / which.value
        return path if path.is_file() else None

    def issued(self) -> None:
        """Let go of the file: its waybills are issued."""
        for name in CLEAR:
            (self.folder / name).unlink(missing_ok=True)

    def remove(self) -> None:
        """Let go of everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self, name: str, told: Mapping[str, Any]) -> None:
        part = self.folder / f".{name}.part"
        with os.fdopen(
            os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "w", encoding="utf-8"
        ) as out:
            json.dump(told, out, ensure_ascii=False)
        part.replace(self.folder / name)


def receive_upload(house: House, content: IO[bytes], state: State) -> Upload | Refuse:
    """Keep a file that was handed in: piece by piece, in a folder of its own, no larger than `serve_upload_mib`."""
    root = uploads_folder(house)
    if len(list_uploads(house)) >= UPLOADS_MAX:
        return Refuse(Refusal.UPLOADS_FULL, str(UPLOADS_MAX))
    ref = mint_ref(shard=FIRST_SHARD, at_ms=house.clock.now_ms(), random=house.random)
    folder = root / ref.hex()
    folder.mkdir(mode=0o700)
    upload, left = Upload(folder), house.settings.serve_upload_mib * _MIB
    handle = os.open(upload.orders, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as out:
        while left >= 0 and (piece := content.read(_PIECE)):
            left -= len(piece)
            out.write(piece)
    if left < 0 or not upload.orders.stat().st_size:
        upload.remove()
        return Refuse(Refusal.UPLOAD_TOO_LARGE, f"{house.settings.serve_upload_mib} MiB")
    upload.keep(replace(state, name=plain_name(state.name)))
    return upload


def find_upload(house: House, text: str) -> Upload | Refuse:
    """Return an upload of the acting account; another account's is not there."""
    folder = uploads_folder(house) / text if _ID.fullmatch(text) else None
    if folder is None or not (folder / _STATE).is_file():
        return Refuse(Refusal.UPLOAD_GONE)
    return Upload(folder)


def list_uploads(house: House) -> list[Upload]:
    """Return the acting account's uploads, the newest first."""
    names = sorted((each.name for each in uploads_folder(house).iterdir() if _ID.fullmatch(each.name)), reverse=True)
    return [Upload(uploads_folder(house) / name) for name in names if (uploads_folder(house) / name / _STATE).is_file()]


def plain_name(name: str) -> str:
    """Return what a file was called, for showing: the last part of its path, printable, short; a phone or a room in it is hidden,
    for the name stays longer than the file.
    """
    last = re.split(r"[/\\]", name)[-1]
    return hide("".join(each for each in last if each.isprintable())[:_NAME_MAX]).text
