"""Back up the data: 1 sign both logs; 2 read every row from snapshots, disclosures first, into a sealed file; 3 say so in the
evidence; 4 give the file its name.

What disclosures speak of is then in the data. The file says nothing readable about a person, nor about a key.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yinji.db.copying import Copying, Tally
from yinji.db.database import Database
from yinji.db.migrate import REVISIONS
from yinji.flows.back_up_file import NewFile, name_of
from yinji.flows.house import House
from yinji.flows.sign_evidence import sign_evidence
from yinji.kernel.actor import Actor
from yinji.kernel.disk import told
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.faults import Fault
from yinji.kernel.ids import FIRST_SHARD, Ref, mint_ref, read_ref, show_ref
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.keys.stream import Header, Kind, SealingStream
from yinji.keys.suites import suite_named


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup of data that was taken: where, how much, and the checkpoints in it by their log."""

    path: Path
    ref: Ref
    tally: Tally
    bytes: int
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DataInfo:
    """What a backup of data says of itself: which schema, which logs, how its node was founded, who took it."""

    revision: str
    logs: tuple[str, ...]
    shards: int
    index_bucket: str
    key_check: bytes
    actor: Actor
    notes: Mapping[str, str]

    def text(self) -> str:
        """Return it as JSON."""
        actor = self.actor
        said = {
            "revision": self.revision,
            "logs": list(self.logs),
            "shards": self.shards,
            "index_bucket": self.index_bucket,
            "key_check": self.key_check.hex(),
            "actor": [show_ref(actor.account), show_ref(actor.org), actor.post, actor.where],
            "checkpoints": dict(self.notes),
        }
        return json.dumps(said)


def read_info(text: str, *, place: str) -> DataInfo:
    """Return what a header's info says; raises BACKUP_DAMAGED where it is none."""
    try:
        said = json.loads(text)
        account, org, post, where = said["actor"]
        return DataInfo(
            revision=str(said["revision"]),
            logs=tuple(said["logs"]),
            shards=int(said["shards"]),
            index_bucket=str(said["index_bucket"]),
            key_check=bytes.fromhex(said["key_check"]),
            actor=Actor(read_ref(account), read_ref(org), str(post), str(where)),
            notes={str(log): str(note) for log, note in said["checkpoints"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Fault(Refusal.BACKUP_DAMAGED, f"{place}: header") from None


def back_up(house: House, folder: Path, *, recovery: bytes) -> BackedUp:
    """Write a backup of both databases into ``folder``, sealed under the recovery key. Work goes on meanwhile."""
    notes = sign_evidence(house)  # 1
    now = house.clock.now_ms()
    node, sources = house.node, databases_of(house)
    info = DataInfo(
        REVISIONS[-1],
        tuple(each.log for each in sources),
        node.shards,
        node.index_bucket,
        node.key_check,
        house.actor,
        notes,
    )
    ref = mint_ref(shard=FIRST_SHARD, at_ms=now, random=house.random)
    header = Header(suite_named(house.settings.suite), Kind.DATA, ref, node.ref, now, 0, info.text())
    copying = Copying()
    with NewFile(folder / name_of(Kind.DATA, node=node.ref, at_ms=now)) as file:
        with told(file.target):
            stream = SealingStream(file.out, header, recovery=recovery, random=house.random)
            for database in sources:  # 2
                with database.reading() as reading:
                    for frame in copying.frames(reading):
                        stream.write(frame)
            stream.write(copying.end())
            stream.finish()
        file.settle()
        entry = Entry(
            Event.DATA_BACKED_UP,
            house.actor,
            Purpose.TEND_NODE,
            house.clock.now_ms(),
            about=(ref,),
            count=copying.tally.rows,
            root=stream.digest,
        )
        with house.data.work() as work:  # 3
            work.append(entry)
        file.keep()  # 4
    return BackedUp(file.target, ref, copying.tally, file.target.stat().st_size, notes)


def databases_of(house: House) -> tuple[Database, ...]:
    """Return the databases of a node, disclosures first; on PostgreSQL both logs are in one."""
    if house.data.url == house.disclosures.url:
        return (house.data,)
    return (house.disclosures, house.data)
