"""What a process of its own does to a key store.

python deeds.py FOLDER race FIRST COUNT          make periods that another process makes at the same moment; say their checks
python deeds.py FOLDER rewrite SECONDS           rewrite one period over and over
python deeds.py FOLDER read SECONDS              read it over and over, each time anew; say how often and the last revision
python deeds.py FOLDER rotate SECONDS            rotate root and organisation over and over; say how often
python deeds.py FOLDER kills rewrite|root|org|drop   in copies of FOLDER/store, die before each step of a deed; say how many steps
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from itertools import count
from pathlib import Path

from yinji.adapters.keys.file_root import FileRoot
from yinji.adapters.keys.key_folder import KeyFolder
from yinji.kernel.ids import Ref
from yinji.keys.keystore import KeyStore
from yinji.keys.period_state import STAMP_BYTES
from yinji.keys.rotation import Rotation
from yinji.keys.suites import SM

ORG = Ref(bytes(range(16)))
PERIOD = 202611
STAMP = b"s" * STAMP_BYTES
STEPS = {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.listdir", "os.scandir"}


def store(folder: Path) -> KeyStore:
    """A key store as a process that has just begun has it: it remembers nothing."""
    return KeyStore(root=FileRoot(folder), files=KeyFolder(folder), suite=SM, random=os.urandom)


def rotation(folder: Path) -> Rotation:
    return Rotation(root=FileRoot(folder), files=KeyFolder(folder), suite=SM, random=os.urandom)


def rewrite_once(keys: KeyStore) -> None:
    with keys.alone():
        held = keys.reread(ORG, PERIOD)
        if held is None:
            raise AssertionError
        keys.rewrite(ORG, PERIOD, held.punctured([held.revision], stamp=STAMP))


def race(folder: Path, first: str, many: str) -> str:
    keys = store(folder)
    return " ".join(keys.period(ORG, period).check.hex() for period in range(int(first), int(first) + int(many)))


def rewrite(folder: Path, seconds: str) -> str:
    until, times = time.monotonic() + float(seconds), 0
    while time.monotonic() < until:
        rewrite_once(store(folder))
        times += 1
    return str(times)


def read(folder: Path, seconds: str) -> str:
    until, times, revision = time.monotonic() + float(seconds), 0, 0
    while time.monotonic() < until:
        keys = store(folder)
        keys.check_value(ORG)
        keys.signing_seed("checkpoint")
        held = keys.reread(ORG, PERIOD)
        if held is None or held.revision < revision:
            raise AssertionError(times)
        times, revision = times + 1, held.revision
    return f"{times} {revision}"


def rotate(folder: Path, seconds: str) -> str:
    until, times = time.monotonic() + float(seconds), 0
    while time.monotonic() < until:
        rotation(folder).rotate_root()
        rotation(folder).rotate_org(ORG)
        times += 1
    return str(times)


def act(folder: Path, deed: str) -> None:
    match deed:
        case "rewrite":
            rewrite_once(store(folder))
        case "root":
            rotation(folder).rotate_root()
        case "org":
            rotation(folder).rotate_org(ORG)
        case _:
            with store(folder).alone():
                store(folder).drop(ORG, PERIOD)


def kills(folder: Path, deed: str) -> str:
    """A fork for each step: it dies without a word, really, before the step."""
    for step in count(1):
        place = Path(shutil.copytree(folder / "store", folder / str(step)))
        child = os.fork()
        if not child:
            _die_before(step)
            act(place, deed)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status != -signal.SIGKILL:
            shutil.rmtree(place)
            return f"{step - 1} {status}"
    raise AssertionError


def _die_before(step: int) -> None:
    left = step

    def watch(event: str, _: object) -> None:
        nonlocal left
        if event in STEPS:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


if __name__ == "__main__":
    place, verb, *given = sys.argv[1:]
    sys.stdout.write(globals()[verb](Path(place), *given))
