"""The wiring: reads settings, picks adapters, connects rooms. Imports all, imported by none."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Final

from yinji.access.model import Node
from yinji.access.service import Access
from yinji.adapters.keys.file_keyring import FileKeyring
from yinji.db.database import Database, private_file, sqlite_url
from yinji.db.migrate import migrate, require_current
from yinji.db.trouble import Clash
from yinji.flows.found_node import OPERATOR, Charter, found_node
from yinji.flows.house import House
from yinji.kernel.clock import Clock, SystemClock
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.keys.keystore import KeyStore
from yinji.keys.signing import NodeSigner, signed_by
from yinji.keys.suites import SECRET_BYTES, suite_named
from yinji.ledger.service import Ledger
from yinji.settings import Settings, load_settings
from yinji.vault.service import Vault, VaultLimits
from yinji.waybill.service import Register

DATA: Final = "data"
DISCLOSURES: Final = "disclosures"
_SIGNING_KEY: Final = "checkpoint"
_CLOCK: Final = SystemClock()


def run() -> None:
    """Enter by the command line."""
    from yinji.doors.cli.app import run_app  # noqa: PLC0415 - a framework is loaded by the door that needs it
    from yinji.doors.cli.context import Rooms  # noqa: PLC0415 - as above

    sys.exit(run_app(Rooms(open_house, found, upgrade)))


def found(home: Path, charter: Charter, *, clock: Clock = _CLOCK) -> None:
    """Make the node at ``home``: folder, key store, databases, identity. Raises NODE_EXISTS where it is whole already.

    What a crash left half made is made whole.
    """
    settings = load_settings(home)
    _make_folder(home)
    data, disclosures = _databases(home, settings)
    for database in (data, disclosures):
        if database.file and not database.file.exists():
            private_file(database.file)
        migrate(database)
    if _access(data, disclosures, settings, clock).node() is not None:
        raise Fault(Refusal.NODE_EXISTS, str(home))
    keyring = FileKeyring(_keys_folder(home, settings))
    if keyring.read("root.key") is None:
        keyring.make(os.urandom(SECRET_BYTES))
    keys = _keys(keyring, settings)
    keys.make_signing_seed(_SIGNING_KEY)
    # Evidence is written from the first row on; checkpoints are signed under the node's name once it has one.
    ledger = Ledger(None, "")
    for database in (data, disclosures):
        database.connect_evidence(ledger)
    try:
        found_node(
            access=_access(data, disclosures, settings, clock),
            register=Register(data=data, clock=clock, random=os.urandom, shards=settings.shards),
            data=data,
            keys=keys,
            clock=clock,
            random=os.urandom,
            charter=charter,
            settings=settings,
        )
    except Clash:  # another process founded it meanwhile
        raise Fault(Refusal.NODE_EXISTS, str(home)) from None
    for database in (data, disclosures):
        database.close()


def upgrade(home: Path) -> None:
    """Bring both databases of the node at ``home`` to this code's schema; back up before."""
    settings = load_settings(home)
    for database in _databases(home, settings):
        if database.file and not database.file.exists():
            raise Fault(Refusal.NODE_MISSING, str(home))
        migrate(database)
        database.close()


def open_house(home: Path, *, clock: Clock = _CLOCK) -> House:
    """Open the node at ``home``; raises a Fault that says what is wrong, having changed nothing."""
    settings = load_settings(home)
    _require_private(home)
    data, disclosures = _databases(home, settings)
    for database in (data, disclosures):
        require_current(database)
    access = _access(data, disclosures, settings, clock)
    node = access.node()
    account = access.account(OPERATOR)
    if node is None or account is None:
        raise Fault(Refusal.NODE_MISSING, str(home))
    _require_as_founded(node, settings)
    keys = _keys(FileKeyring(_keys_folder(home, settings)), settings)
    keys.require_node(node.ref, node.key_check)
    name = f"yinji.node/{node.ref.hex()[-12:]}"
    ledger = Ledger(NodeSigner(name, keys.signing_seed(_SIGNING_KEY)), name, check=signed_by)
    for database in (data, disclosures):
        database.connect_evidence(ledger)
    limits = VaultLimits(settings.index_bucket, settings.find_days, settings.shards)
    return House(
        settings=settings,
        node=node,
        account=account,
        data=data,
        disclosures=disclosures,
        access=access,
        ledger=ledger,
        vault=Vault(
            data=data, disclosures=disclosures, access=access, keys=keys, clock=clock, random=os.urandom, limits=limits
        ),
        register=Register(data=data, clock=clock, random=os.urandom, shards=settings.shards),
        clock=clock,
        random=os.urandom,
    )


def _require_private(home: Path) -> None:
    """Refuse a node whose folder others can write: they could put another database in its place."""
    if home.exists() and home.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise Fault(Refusal.NODE_LOOSE, str(home))


def _require_as_founded(node: Node, settings: Settings) -> None:
    """Refuse settings that say where rows stand, where they are not those the node was founded with."""
    for name in ("shards", "index_bucket"):
        if getattr(settings, name) != getattr(node, name):
            raise Fault(Refusal.SETTING_MALFORMED, f"{name}: {getattr(node, name)}")


def _databases(home: Path, settings: Settings) -> tuple[Database, Database]:
    url = settings.database_url
    if url and not url.startswith("sqlite"):
        return Database(url, log=DATA), Database(url, log=DISCLOSURES)
    data = Database(url or sqlite_url(home / f"{DATA}.db"), log=DATA)
    beside = (data.file or home).with_name(f"{DISCLOSURES}.db")
    return data, Database(sqlite_url(beside), log=DISCLOSURES)


def _access(data: Database, disclosures: Database, settings: Settings, clock: Clock) -> Access:
    return Access(
        data=data,
        disclosures=disclosures,
        clock=clock,
        random=os.urandom,
        permit_ms=settings.permit_seconds * 1_000,
        daily_max=settings.reveals_a_day,
    )


def _keys(keyring: FileKeyring, settings: Settings) -> KeyStore:
    return KeyStore(root=keyring, files=keyring, suite=suite_named(settings.suite), random=os.urandom)


def _keys_folder(home: Path, settings: Settings) -> Path:
    return Path(settings.keys_folder) if settings.keys_folder else home / "keys"


def _make_folder(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        raise Fault(Refusal.NOT_WRITABLE, str(home)) from None
