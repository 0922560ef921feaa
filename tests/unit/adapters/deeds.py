"""What a process of its own does to a key folder: one deed, killed before its n-th step in the folder, or many beside another.

python deeds.py FOLDER kill create|replace|destroy|sweep N
python deeds.py FOLDER count TIMES | race LETTER | churn TIMES | full create|replace | hold | root
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

from yinji.adapters.keys.file_root import FileRoot
from yinji.adapters.keys.key_folder import KeyFolder
from yinji.kernel.faults import Fault

STEPS = {"open", "os.link", "os.rename", "os.remove", "fcntl.flock", "os.mkdir", "os.listdir", "os.scandir"}
NEW, OLD = b"new" * 40, b"old" * 40
NAMES = 60
LIMIT_BYTES = 8


def kill(files: KeyFolder, deed: str, left: str) -> None:
    """Die without a word, really, before step ``left``: between any two steps lies a crash that can happen."""
    steps = int(left)

    def watch(event: str, _: object) -> None:
        nonlocal steps
        if event in STEPS:
            steps -= 1
            if steps == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    match deed:
        case "create":
            files.create("new.period", NEW)
        case "replace":
            files.replace("old.period", NEW)
        case "destroy":
            files.destroy("old.period")
        case _:
            with files.alone():
                pass


def count(files: KeyFolder, times: str) -> None:
    """Read, add one, write: every lost update is missed in the sum."""
    for _ in range(int(times)):
        with files.alone():
            files.replace("count", str(int(files.read("count") or b"0") + 1).encode())


def race(files: KeyFolder, letter: str) -> None:
    """Create names that another process creates at the same moment; say which were ours."""
    ours = [str(each) for each in range(NAMES) if files.create(str(each), letter.encode() * 40)]
    sys.stdout.write(" ".join(ours))


def churn(files: KeyFolder, times: str) -> None:
    """Make, replace and destroy without being alone, while another process sweeps."""
    for each in range(int(times)):
        name = f"{os.getpid()}.{each}"
        if not files.create(name, OLD):
            raise AssertionError(name)
        files.replace(name, NEW)
        if files.read(name) != NEW:
            raise AssertionError(name)
        files.destroy(name)


def full(files: KeyFolder, deed: str) -> None:
    """Write where no file may grow beyond a few bytes, as on a full disk; say which refusal it was."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_BYTES, LIMIT_BYTES))
    try:
        kill(files, deed, "0")
    except Fault as fault:
        sys.stdout.write(fault.code.name)


def hold(files: KeyFolder) -> None:
    """Be alone until killed."""
    with files.alone():
        sys.stdout.write("alone\n")
        sys.stdout.flush()
        signal.pause()


def root(folder: Path) -> None:
    """Found a root, as several processes may at once; say what follows from it."""
    roots = FileRoot(folder)
    version = (roots.versions() or (roots.add_version(),))[-1]
    sys.stdout.write(f"{version} {roots.derive(version, b'x').hex()}")


if __name__ == "__main__":
    place, verb, *given = sys.argv[1:]
    if verb == "root":
        root(Path(place))
    else:
        globals()[verb](KeyFolder(Path(place)), *given)
