"""Forgetting opens nothing of whom it erases: a process that forgets a canary never has the canary in its memory.

The memory of a real process is read from outside of Python, through ``/proc/self/mem``, after it has forgotten: every mapping it
could have written to. Whatever any cipher opened meanwhile is kept alive until then, so that nothing escapes by being freed. What this does not show, and what nobody can promise of a program in Python: the record key, the epoch keys
and the former index keys did pass through that memory. They are dropped, not overwritten: Python's ``bytes`` cannot be wiped, and the
interpreter reuses their place when it pleases. The same holds for the masks' blob, whose bucket numbers forgetting reads: its plaintext
(masks, label token, digest) was in memory for a moment; so were the values of others whose index rows stand in the same slots, when
those were tagged anew. A swapped-out page or a core file of such a process must therefore be
kept from others by the machine it runs on.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import without
from tests.leaks.canary import ADDRESS, NAME, PHONE, ROOM
from tests.simulators.command import cold, founded, invented, order_file, yinji

MAPS = Path("/proc/self/maps")

FORGETTING = """
import os, sys
from pathlib import Path
from yinji.flows.forget_persons import Forget, forget_persons
from yinji.flows.reveal_person import Reveal, reveal_person
from yinji.kernel.purpose import PartyRole, Purpose, View
from yinji.main import open_house
from yinji.keys.suites import Lock
opened, kept = Lock.open, []
def open_and_keep(self, sealed, *, bound_to):
    kept.append(opened(self, sealed, bound_to=bound_to))  # what was opened once stays where the search finds it
    return kept[-1]
Lock.open = open_and_keep
house = open_house(Path(os.environ["NODE"]))
if os.environ["DEED"] == "forget":
    (answer,) = forget_persons(house, (Forget(os.environ["NUMBER"], PartyRole.RECIPIENT),), purpose=Purpose.ANSWER_PERSON)
    told = type(answer).__name__
else:
    seen = reveal_person(house, Reveal(os.environ["NUMBER"], PartyRole.RECIPIENT, View.ALL, Purpose.ANSWER_PERSON))
    told = type(seen).__name__
marker = bytes(reversed(b"yratic" * 9))  # made here: stands in no file of ours
found = set()
sought = {}
for name, encoded in (pair.split("=") for pair in os.environ["SOUGHT"].split(",")):
    # handed over with every byte turned over: the search must not find itself
    sought[name] = bytes(255 - each for each in bytes.fromhex(encoded))
needles = [(name, bytes((255 - sought[name][0],)), sought[name][1:]) for name in sought]
del sought
read = 0
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", buffering=0) as memory:
    spans = [line.split() for line in maps]
for span, rights, *_ in spans:
    if not rights.startswith("rw"):
        continue
    first, end = (int(each, 16) for each in span.split("-"))
    with open("/proc/self/mem", "rb", buffering=0) as memory:
        try:
            memory.seek(first)
            whole = memory.read(end - first)
        except (OSError, ValueError, OverflowError):
            continue
    read += len(whole)
    if marker in whole:
        found.add("marker")
    for name, head, rest in needles:
        at = whole.find(rest)
        while at > 0 and name not in found:  # the needle's own first byte is kept apart and turned over
            if whole[at - 1] == 255 - head[0]:
                found.add(name)
            at = whole.find(rest, at + 1)
    del whole
sys.stdout.write(" ".join([told, str(read), *sorted(found)]))
sys.stdout.flush()
os._exit(0)
"""


def forms() -> dict[str, bytes]:
    """The canary's values as Python, SQLite and the ciphers hold texts."""
    texts = {
        "name": NAME,
        "phone": PHONE,
        "room": ROOM,
    }  # the room ends the address: apart, or one needle would lie in the other
    codes = ("utf-8", "utf-16-le", "utf-32-le")  # UCS-2 and UCS-4 are how Python holds Chinese and what lies beyond
    return {f"{name}.{code}": text.encode(code) for name, text in texts.items() for code in codes}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node that holds the canary among others, issued by a process that is gone."""
    if not MAPS.exists():
        without("/proc", "run on Linux")
    folder = tmp_path_factory.mktemp("memory")
    founded(folder)
    rows = [("C1", "", NAME, PHONE, ADDRESS, "茶叶礼盒", "1", ""), *invented(80)]
    issued = yinji(folder / "node", "issue", str(order_file(folder / "o.csv", rows)), "--labels", str(folder / "l.pdf"))
    assert issued.code == 0, issued.said
    return folder / "node"


def remembered(home: Path, deed: str) -> tuple[str, int, set[str]]:
    """What a process of its own ended with, how many bytes of its memory were read, and what was found there."""
    sought = ",".join(f"{name}={bytes(255 - each for each in form).hex()}" for name, form in forms().items())
    number = _number(home)
    entry = f"import os\nos.environ['PYTHONHASHSEED'] = '0'\n{FORGETTING}"
    ended = cold(home, start=("-c", entry), env={"NODE": str(home), "DEED": deed, "NUMBER": number, "SOUGHT": sought})
    assert ended.code == 0, ended.err
    told, read, *found = ended.out.split()
    return told, int(read), set(found)


def _number(home: Path) -> str:
    found = yinji(home, "find", "--json", "--phone", PHONE)
    assert found.code == 0, found.said
    return next(word for word in found.out.replace('"', " ").split() if word.startswith("QL"))


def test_a_process_that_forgets_the_canary_never_had_it_in_memory(node: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(node, tmp_path / "node"))
    told, read, found = remembered(home, "forget")
    assert told == "Erased"
    assert read > 5_000_000
    assert found == {"marker"}


def test_the_same_search_finds_the_canary_in_a_process_that_revealed_it(node: Path) -> None:
    told, _, found = remembered(node, "reveal")
    assert told == "Seen"
    assert "marker" in found
    assert {"name", "phone"} <= {each.partition(".")[0] for each in found}
    assert sys.platform == "linux"
