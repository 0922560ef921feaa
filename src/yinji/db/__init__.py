"""Where rows are kept: SQLite by default, PostgreSQL beyond, one schema for both.

Holds: the engine and its settings, the unit of work, bulk writes, migrations.
Promises: a unit of work that changed a business row without an `Entry` does not commit; tables declared as tended
(leases, blocks of key leaves, sessions) are the listed exceptions. What is reported as committed survives a power cut.
Never: knows a room. Rooms bring their tables to `schema.METADATA` and their evidence through the `EntrySink` port.
"""

from yinji.db.database import Database
from yinji.db.leases import take_lease
from yinji.db.trouble import Clash
from yinji.db.work import EntrySink, Reading, Work

__all__ = ["Clash", "Database", "EntrySink", "Reading", "Work", "take_lease"]
