"""The wiring: reads settings, picks adapters, connects rooms. Imports all, imported by none."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Final

from yinji.access.accounts.service import Accounts
from yinji.access.api_keys.service import ApiKeys
from yinji.access.exempting.service import Exemptions
from yinji.access.model import Node
from yinji.access.queries.service import Queries
from yinji.access.service import Access
from yinji.access.sessions.service import Sessions
from yinji.access.views.service import SavedViews
from yinji.adapters.keys.chosen import chosen_files, chosen_root
from yinji.adapters.printers.chosen import chosen_printer
from yinji.adapters.sheets.opening import OpenedSheets
from yinji.db.database import Database, private_file, sqlite_url
from yinji.db.migrate import migrate, require_current
from yinji.db.trouble import Clash
from yinji.flows.back_up_keys import KeyPlace
from yinji.flows.found_node import OPERATOR, Charter, found_node
from yinji.flows.house import House
from yinji.flows.restore_node import Ground
from yinji.kernel.clock import Clock, SystemClock
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref
from yinji.kernel.refusals import Refusal
from yinji.keys.book import KeyBook
from yinji.keys.keystore import KeyStore
from yinji.keys.rotation import Rotation
from yinji.keys.signing import NodeSigner, signed_by
from yinji.keys.suites import suite_named
from yinji.ledger.service import Ledger
from yinji.ledger.watch import Watch
from yinji.ledger.witnesses import Witnesses
from yinji.settings import Settings, load_settings
from yinji.vault.holding.service import Holds
from yinji.vault.parts import VaultLimits
from yinji.vault.service import Vault
from yinji.waybill.model import NumberLimits
from yinji.waybill.parcel.service import Parcels
from yinji.waybill.service import Register

DATA: Final = "data"
DISCLOSURES: Final = "disclosures"
_SIGNING_KEY: Final = "checkpoint"
_WITNESS_KEY: Final = "witness"
_FORMER_ROOT: Final = "root.key"
"""How a pre-release named its root: its key store has no epochs, and its databases no revisions."""

_MINUTE_MS: Final = 60_000
_HOUR_MS: Final = 3_600_000
_DAY_MS: Final = 86_400_000

_CLOCK: Final = SystemClock()


def run() -> None:
    """Enter by the command line."""
    from yinji.doors.cli.app import run_app  # noqa: PLC0415 - a framework is loaded by the door that needs it
    from yinji.doors.cli.context import Rooms  # noqa: PLC0415 - as above

    sys.exit(run_app(Rooms(open_house, found, upgrade, ground, OpenedSheets(), chosen_printer)))


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
    keys = _key_store(_key_place(home, settings), settings)
    keys.make_node()
    for name in (_SIGNING_KEY, _WITNESS_KEY):
        keys.make_signing_seed(name)
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
    _refuse_former(home, settings)
    for database in _databases(home, settings):
        if database.file and not database.file.exists():
            raise Fault(Refusal.NODE_MISSING, str(home))
        migrate(database)
        database.close()


def ground(home: Path, settings: Settings | None = None, *, clock: Clock = _CLOCK) -> Ground:
    """Return where the node at ``home`` stands, or could be restored to; under other settings than its own where some are given."""
    chosen = settings or load_settings(home)
    data, disclosures = _databases(home, chosen)
    place = _key_place(home, chosen)

    def require_keys(node: Ref, check: bytes) -> None:
        _key_store(place, chosen).require_node(node, check)

    return Ground(
        home=home,
        settings=chosen,
        data=data,
        disclosures=disclosures,
        keys=place,
        require_keys=require_keys,
        # Restoring may have written the settings that a node is founded with: they are read anew.
        open_house=lambda: open_house(home, clock=clock, settings=settings),
        clock=clock,
    )


def open_house(home: Path, *, clock: Clock = _CLOCK, settings: Settings | None = None) -> House:
    """Open the node at ``home``; raises a Fault that says what is wrong, having changed nothing."""
    settings = settings or load_settings(home)
    _require_private(home)
    _refuse_former(home, settings)
    data, disclosures = _databases(home, settings)
    for database in (data, disclosures):
        require_current(database)
    access = _access(data, disclosures, settings, clock)
    node = access.node()
    account = access.account(OPERATOR)
    if node is None or account is None:
        raise Fault(Refusal.NODE_MISSING, str(home))
    _require_as_founded(node, settings)
    place = _key_place(home, settings)
    keys = _key_store(place, settings)
    keys.require_node(node.ref, node.key_check)
    name = f"yinji.node/{node.ref.hex()[-12:]}"
    ledger = Ledger(NodeSigner(name, keys.signing_seed(_SIGNING_KEY)), name, check=signed_by)
    for database in (data, disclosures):
        database.connect_evidence(ledger)
    limits = VaultLimits(settings.index_bucket, settings.find_days, settings.shards)
    holds, book, parcels = Holds(data, clock), KeyBook(data), Parcels(data)
    return House(
        settings=settings,
        home=home,
        node=node,
        account=account,
        data=data,
        disclosures=disclosures,
        access=access,
        accounts=Accounts(data=data, clock=clock, random=os.urandom),
        exemptions=Exemptions(data=data, clock=clock, random=os.urandom, lives_ms=settings.exemption_days * _DAY_MS),
        sessions=_sessions(data, settings, clock),
        views=SavedViews(data=data, clock=clock, random=os.urandom),
        queries=Queries(data=data, clock=clock, random=os.urandom),
        api_keys=ApiKeys(data=data, clock=clock, random=os.urandom, days_max=settings.api_key_days),
        ledger=ledger,
        witnesses=Witnesses(data=data, ledger=ledger, check=signed_by, clock=clock),
        watch=Watch(
            data=data, signer=NodeSigner(f"{name}/witness", keys.signing_seed(_WITNESS_KEY)), check=signed_by, clock=clock
        ),
        vault=Vault(
            data=data,
            disclosures=disclosures,
            access=access,
            keys=keys,
            book=book,
            holds=holds,
            clock=clock,
            random=os.urandom,
            limits=limits,
        ),
        holds=holds,
        keys=keys,
        rotation=Rotation(root=place.root, files=place.files, suite=suite_named(settings.suite), random=os.urandom),
        key_book=book,
        register=_register(data, settings, clock, parcels),
        parcels=parcels,
        sheets=OpenedSheets(),
        clock=clock,
        random=os.urandom,
    )


def _sessions(data: Database, settings: Settings, clock: Clock) -> Sessions:
    return Sessions(
        data=data,
        clock=clock,
        random=os.urandom,
        idle_ms=settings.session_minutes * _MINUTE_MS,
        whole_ms=settings.session_hours * _HOUR_MS,
    )


def _register(data: Database, settings: Settings, clock: Clock, parcels: Parcels) -> Register:
    limits = _number_limits(settings)
    return Register(data=data, clock=clock, random=os.urandom, shards=settings.shards, limits=limits, facts=parcels)


def _number_limits(settings: Settings) -> NumberLimits:
    return NumberLimits(
        reserve_ms=settings.number_reserve_minutes * _MINUTE_MS,
        rest_ms=settings.number_rest_days * _DAY_MS,
        low_percent=settings.number_low_percent,
        emergency_percent=settings.number_emergency_percent,
        unaccepted_ms=settings.number_unaccepted_days * _DAY_MS,
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


def _key_place(home: Path, settings: Settings) -> KeyPlace:
    folder = _keys_folder(home, settings)
    return KeyPlace(chosen_root(settings, folder), chosen_files(settings, folder))


def _key_store(place: KeyPlace, settings: Settings) -> KeyStore:
    return KeyStore(root=place.root, files=place.files, suite=suite_named(settings.suite), random=os.urandom)


def _refuse_former(home: Path, settings: Settings) -> None:
    folder = _keys_folder(home, settings)
    if (folder / _FORMER_ROOT).exists():
        raise Fault(Refusal.NODE_FORMER, str(home))


def _keys_folder(home: Path, settings: Settings) -> Path:
    return Path(settings.keys_folder) if settings.keys_folder else home / "keys"


def _make_folder(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        raise Fault(Refusal.NOT_WRITABLE, str(home)) from None
