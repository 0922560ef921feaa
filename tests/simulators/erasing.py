"""People who are issued, sought and erased, by this process or by others of their own.

The words of a process, after the node's folder:

issue FIRST COUNT                issue people in batches of ten; say their numbers
forget NUMBER...                 forget recipients one after another; say how each ended
find FIRST COUNT SECONDS NUMBER...   find people over and over; each must have its number
rotate                           rotate the index keys
mend                             mend the vault; say how many recipients were indexed
kills TO EVERY DEED NUMBER...    in copies of the node, die before every EVERY-th durable step of forget, rotate or mend, the
                                 first and the last among them; say which steps those were
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Final

from tests.simulators.clock import StandingClock
from tests.simulators.node import LOOK, World, press
from tests.simulators.processes import ROOT, Process, begin
from yinji.access.service import Ask
from yinji.db.database import Database
from yinji.db.work import Work
from yinji.flows.find_parcels import find_by_last_four, find_by_order, find_parcels
from yinji.flows.forget_persons import Forget, forget_persons
from yinji.flows.house import House
from yinji.flows.issue_waybills import IssueRun
from yinji.flows.reconcile_batches import reconcile_batches
from yinji.flows.reveal_person import Reveal, reveal_person, reveal_persons
from yinji.flows.rotate_keys import mend_vault, rotate_index
from yinji.flows.verify_evidence import verify_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref
from yinji.kernel.private import Private
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal
from yinji.main import open_house
from yinji.vault.model import Erased
from yinji.vault.search import Sought

RECIPIENT, SENDER = PartyRole.RECIPIENT, PartyRole.SENDER
ANSWER = Purpose.ANSWER_PERSON
PLENTY = "reveals_a_day = 100000\nfind_days = 20\n"
"""Nobody is kept from looking; and who looks asks for the months that these nodes have, not for a year of others."""
BATCH = 10


def person(at: int) -> tuple[str, str, str]:
    """One of many invented people, each with a phone of its own."""
    return (
        "钱孙周吴郑"[at % 5] + "若谷听澜"[at % 4],
        f"1390000{at:04d}",
        f"浙江省杭州市西湖区望云路{at + 1}号3幢2单元{at % 9 + 1}01室",
    )


def people(many: int) -> list[tuple[str, str, str]]:
    return [person(at) for at in range(many)]


def issue(world: World, some: Sequence[tuple[str, str, str]], *, first: int = 0) -> list[str]:
    """One order a person, numbered from ``first``; return their waybill numbers."""
    outcome = world.issue([world.order(f"E{first + at}", who) for at, who in enumerate(some)])
    assert not outcome.refused, outcome.refused
    return [label.number for label in outcome.labels]


def forget(house: House, number: str, party: PartyRole = RECIPIENT) -> Erased | Refuse:
    (answer,) = forget_persons(house, (Forget(number, party),), purpose=ANSWER)
    return answer


def seen(house: House, number: str, party: PartyRole = RECIPIENT) -> str | Refusal:
    """The name that a reveal shows, or why it shows none."""
    answer = reveal_person(house, Reveal(number, party, View.ALL, ANSWER))
    return answer.code if isinstance(answer, Refuse) else answer.values["name"].open()


def found(house: House, phone: str) -> list[str]:
    hits = find_parcels(house, Private(phone), purpose=ANSWER)
    assert not isinstance(hits, Refuse), hits
    return [hit.waybill.number for hit in hits]


def found_by_last_four(house: House, phone: str) -> list[str]:
    hits = find_by_last_four(house, Private(phone[-4:]), days=31, purpose=ANSWER, outlet=LOOK.outlet)
    assert not isinstance(hits, Refuse), hits
    return [hit.waybill.number for hit in hits]


def found_by_order(house: House, order: str) -> list[str]:
    hits = find_by_order(house, Private(order), merchant="M", purpose=ANSWER)
    assert not isinstance(hits, Refuse), hits
    return [hit.waybill.number for hit in hits]


def check_evidence(house: House) -> None:
    assert all(report.holds for report in verify_evidence(house)), verify_evidence(house)
    assert reconcile_batches(house).holds, reconcile_batches(house)


def met(house: House, sought: Sequence[Sought]) -> list[set[Ref]]:
    """What many searches meet, in two transactions for all of them."""
    about = Ask(house.actor, ANSWER, Deed.FIND, RECIPIENT, View.MASKED)
    permits = house.access.declare_all([about] * len(sought))
    pairs = [(each, permit) for each, permit in zip(sought, permits, strict=True) if not isinstance(permit, Refuse)]
    assert len(pairs) == len(sought), permits
    answers = house.vault.find_all(pairs)
    return [set() if isinstance(each, Refuse) else {found.parcel for found in each} for each in answers]


def searches(at: int) -> list[Sought]:
    """One person by phone, by order number, by the last four digits."""
    phone = person(at)[1]
    last_four = Sought.by_last_four(Private(phone[-4:]), outlet=LOOK.outlet, days=31)
    assert isinstance(last_four, Sought)
    return [Sought.by_phone(Private(phone)), Sought.by_order(Private(f"E{at}"), merchant="M"), last_four]


def check_people(house: House, numbers: Sequence[str], *, gone: Iterable[int] = ()) -> None:
    """The ``gone`` are gone from everywhere; everybody else is found by all three indexes and can be revealed."""
    erased = set(gone)
    bills = house.register.find_all(house.node.org, numbers)
    found_by = met(house, [each for at in range(len(numbers)) for each in searches(at)])
    shown = reveal_persons(house, [Reveal(number, RECIPIENT, View.ALL, ANSWER) for number in numbers])
    for at, (bill, answer) in enumerate(zip(bills, shown, strict=True)):
        assert not isinstance(bill, Refuse)
        assert found_by[3 * at : 3 * at + 3] == [set() if at in erased else {bill.ref}] * 3, at
        told = answer.code if isinstance(answer, Refuse) else answer.values["name"].open()
        assert told == (Refusal.PERSON_FORGOTTEN if at in erased else person(at)[0]), at


def start(home: Path, *words: str) -> Process:
    """Start a process of its own over a node."""
    return begin("from tests.simulators.erasing import main; main()", str(home), *words, cwd=ROOT)


def end(process: Process) -> list[str]:
    """Wait for a process that must succeed; return the words it said."""
    ended = process.end()
    assert ended.code == 0, ended.err[-3_000:]
    return ended.out.split()


def _issue(world: World, first: str, count: str) -> list[str]:
    run, numbers = IssueRun(world.house, press(), merchant="M", look=LOOK), []
    for at in range(int(first), int(first) + int(count), BATCH):
        orders = [world.order(f"E{each}", person(each)) for each in range(at, min(at + BATCH, int(first) + int(count)))]
        outcome = run.issue(orders)
        if outcome.refused:
            raise AssertionError(outcome.refused)
        numbers += [label.number for label in outcome.labels]
    return numbers


def _forget(world: World, *numbers: str) -> list[str]:
    ends = [forget(world.house, number) for number in numbers]
    return [each.code.name if isinstance(each, Refuse) else "ERASED" for each in ends]


def _find(world: World, first: str, count: str, seconds: str, *numbers: str) -> list[str]:
    """Two eyes look: one that has been open all along, one that has just begun and knows no keys."""
    until, looks, wanted = time.monotonic() + float(seconds), 0, range(int(first), int(first) + int(count))
    bills = world.house.register.find_all(world.house.node.org, numbers)
    expected = [{bill.ref} for bill in bills if not isinstance(bill, Refuse) for _ in range(3)]
    while time.monotonic() < until:
        fresh = world.again()
        for eye in (world.house, fresh):
            if met(eye, [each for at in wanted for each in searches(at)]) != expected:
                raise AssertionError(looks)
        fresh.close()
        looks += 1
    return [str(looks)]


def _rotate(world: World) -> list[str]:
    return [str(rotate_index(world.house))]


def _mend(world: World) -> list[str]:
    return [str(mend_vault(world.house).recipients_indexed)]


def killed(home: Path, to: Path, every: int, deed: str, *numbers: str) -> list[Path]:
    """Copies of a node in each of which a process was killed (SIGKILL) before another durable step of ``deed``."""
    steps = end(start(home, "kills", str(to), str(every), deed, *numbers))
    assert len(steps) > 3, steps
    return [to / step for step in steps]


def _kills(home: Path, to: str, every: str, deed: str, *numbers: str) -> list[str]:
    died: list[str] = []
    for step in count(1, int(every)):
        if _dies(home, Path(to) / str(step), step, deed, *numbers):
            died.append(str(step))
            continue
        between = range(step - 1, step - int(every), -1)  # the last step is the first of these from behind
        return died + [str(last) for last in between if _dies(home, Path(to) / str(last), last, deed, *numbers)][:1]
    raise AssertionError


def _dies(home: Path, place: Path, step: int, deed: str, *numbers: str) -> bool:
    """Whether a deed in a copy of the node came to its ``step``-th step and died before it."""
    shutil.copytree(home, place)
    child = os.fork()
    if not child:
        _die_before(step)
        DEEDS[deed](opened(place), *numbers)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == -signal.SIGKILL:
        return True
    shutil.rmtree(place)
    if status:
        raise AssertionError(status)
    return False


def _die_before(step: int) -> None:
    """Count what is durable: a file's new name, a file's end, a commit; nothing of it happens in the ``step``-th."""
    left, work = step, Database.work

    def tick() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def counted(self: Database) -> Iterator[Work]:
        with work(self) as own:
            yield own
            tick()

    Database.work = counted  # type: ignore[method-assign]  # only here, in a process that is about to die
    sys.addaudithook(lambda event, _: tick() if event in {"os.rename", "os.remove", "os.link"} else None)


def opened(home: Path) -> World:
    """A node as a process of its own has it."""
    clock = StandingClock()
    return World(home, clock, open_house(home, clock=clock))


def as_of(world: World, house: House) -> World:
    """The same world through another opening."""
    return replace(world, house=house)


DEEDS: Final = {"issue": _issue, "forget": _forget, "find": _find, "rotate": _rotate, "mend": _mend}


def main() -> None:
    """Do the deed of the command line; say how it ended."""
    place, verb, *given = sys.argv[1:]
    said = _kills(Path(place), *given) if verb == "kills" else DEEDS[verb](opened(Path(place)), *given)
    sys.stdout.write(" ".join(said))
