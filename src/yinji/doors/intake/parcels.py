"""Rows into parcels: rows that share order number and recipient are items of one; another recipient makes a bad row.

Rows of one order mostly stand together and are joined as they pass. Orders whose rows are scattered through the file were
counted in the survey; only their rows wait, and they are few or the file is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from typing import Final, NamedTuple, TypeAlias

from yinji.doors.intake.cells import PIECES_MAX
from yinji.doors.intake.opened import joined_contents, joined_remarks, same_person, says_the_same
from yinji.doors.intake.presets.recognition import Layout
from yinji.doors.intake.row_model import NO_HANDS, AnyRow, BadRow, HeldRow, Row
from yinji.flows.issue_model import RowRefused
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Carriage, Order, Sorting

ITEMS_MAX: Final = 1_000
"""Rows of one order that are joined as they pass; more are treated as scattered, and counted against that bound."""

REPEATS_SOUGHT: Final = 100
"""Rows of an order that a row is compared with, the last ones: an order of a thousand rows takes no minute."""

KEY_BYTES: Final = 16
"""Of the random key of marks: they mean nothing to whoever lacks it, and nobody can make two that are equal."""

_NUMBER_BYTES: Final = 8

Numbered: TypeAlias = Row | BadRow


class KeptRow(NamedTuple):
    """A row as it stood, for an error file."""

    line: int
    cells: Private


class Parcel(NamedTuple):
    """One order to be issued. ``subs`` are its items' own numbers; ``repeated`` rows said the same thing again."""

    order: Order
    subs: tuple[str, ...]
    kept: tuple[KeptRow, ...]
    repeated: int


class Spoilt(NamedTuple):
    """Rows that get no label, with every reason."""

    refused: tuple[RowRefused, ...]
    kept: tuple[KeptRow, ...]


class SortedOut(NamedTuple):
    """The rows of one order number: what is one parcel, what is refused, and how many rows said the same again."""

    good: list[Row]
    refused: list[RowRefused]
    kept: list[KeptRow]
    repeated: int


def runs(rows: Iterable[AnyRow]) -> Iterator[list[Numbered] | BadRow | HeldRow]:
    """Yield rows that follow one another under one order number, and by itself each row that is held back or has no number."""
    run: list[Numbered] = []
    for row in rows:
        if isinstance(row, HeldRow):
            yield row
        elif isinstance(row, BadRow) and not row.number:
            if run:
                yield run
            run = []
            yield row
        elif run and (run[0].number != row.number or len(run) >= ITEMS_MAX):
            yield run
            run = [row]
        else:
            run.append(row)
    if run:
        yield run


def sort_out(rows: Sequence[Numbered]) -> SortedOut:
    """Tell the rows of one order number apart. The first good row says who it is for."""
    good: list[Row] = []
    refused: list[RowRefused] = []
    kept: list[KeptRow] = []
    repeated = 0
    broken = False
    for row in rows:
        if isinstance(row, BadRow):
            refused += [RowRefused(row.line, each) for each in row.refused]
            kept.append(KeptRow(row.line, row.cells))
            broken = True
        elif good and not same_person(row.recipient, good[0].recipient):
            refused.append(RowRefused(row.line, Refuse(Refusal.ORDER_TWICE_IN_FILE, "order.number")))
            kept.append(KeptRow(row.line, row.cells))
        elif any(says_the_same(row, each) for each in good[-REPEATS_SOUGHT:]):
            repeated += 1
        else:
            good.append(row)
    if good and (broken or sum(row.item.quantity for row in good) > PIECES_MAX):
        code = Refusal.ORDER_PART_REFUSED if broken else Refusal.QUANTITY_MALFORMED
        refused += [RowRefused(row.line, Refuse(code, "order.number" if broken else "pieces")) for row in good]
        kept += [KeptRow(row.line, row.cells) for row in good]
        good = []
    return SortedOut(good, refused, kept, repeated)


def number_marks(key: bytes) -> Callable[[str], int]:
    """Return what makes a keyed digest of an order number, as a whole number of 64 bits."""
    keyed = blake2b(digest_size=_NUMBER_BYTES, key=key)

    def mark(number: str) -> int:
        digest = keyed.copy()
        digest.update(number.encode("utf-8", "surrogatepass"))
        return int.from_bytes(digest.digest(), "big")

    return mark


def read_parcels(
    rows: Iterable[AnyRow], layout: Layout, *, scattered: Mapping[int, int], key: bytes
) -> Iterator[Parcel | Spoilt]:
    """Yield parcels and spoilt rows; ``scattered`` says of orders whose rows do not stand together how many there are."""
    waiting: dict[int, list[Numbered]] = {}
    channel = layout.preset.id
    marked = number_marks(key)
    for run in runs(rows):
        if isinstance(run, HeldRow):
            continue
        if isinstance(run, BadRow):
            yield Spoilt(tuple(RowRefused(run.line, each) for each in run.refused), (KeptRow(run.line, run.cells),))
            continue
        mark = marked(run[0].number) if scattered else 0
        if mark in scattered:
            gathered = waiting.setdefault(mark, [])
            gathered += run
            if len(gathered) < scattered[mark]:
                continue
            run = waiting.pop(mark)  # noqa: PLW2901 - the run and all that stood apart from it
        if len(run) == 1 and isinstance(run[0], Row):
            yield _single(run[0], channel, 0)
        else:
            yield from _parcels(sort_out(run), layout)
    for left in waiting.values():  # the file changed between the passes: nothing is lost for it
        yield from _parcels(sort_out(left), layout)


def _parcels(sorted_out: SortedOut, layout: Layout) -> Iterator[Parcel | Spoilt]:
    if sorted_out.refused:
        refused = sorted(sorted_out.refused, key=lambda each: each.line)
        yield Spoilt(
            tuple(_placed(each, layout) for each in refused), tuple(sorted(sorted_out.kept, key=lambda each: each.line))
        )
    if sorted_out.good:
        yield _parcel(sorted_out.good, layout.preset.id, sorted_out.repeated)


def _placed(row: RowRefused, layout: Layout) -> RowRefused:
    return replace(row, refusal=Refuse(row.refusal.code, layout.place(row.refusal.at)))


def _parcel(rows: Sequence[Row], channel: str, repeated: int) -> Parcel:
    first = rows[0]
    items = [row.item for row in rows]
    if len(rows) == 1:
        return _single(first, channel, repeated)
    hands = next((row.hands for row in rows if row.hands is not NO_HANDS), NO_HANDS)
    order = Order(
        line=first.line,
        number=first.number,
        recipient=first.recipient,
        contents=joined_contents(items),
        pieces=sum(item.quantity for item in items),
        remark=joined_remarks(items),
        sorting=next((row.sorting for row in rows if row.sorting != Sorting()), first.sorting),
        ordered=next((row.ordered for row in rows if row.ordered), None),
        packages=max(row.packages for row in rows),
        carriage=_carriage(rows),
        channel=channel,
        lines=tuple(row.line for row in rows),
        collected_at=hands.collected_at,
        handed_by=hands.handed_by,
    )
    subs = tuple(dict.fromkeys(item.sub for item in items if item.sub))
    return Parcel(order, subs, tuple(KeptRow(row.line, row.cells) for row in rows), repeated)


def _single(row: Row, channel: str, repeated: int) -> Parcel:
    contents, pieces, remark, sub = row.item
    order = Order(
        row.line,
        row.number,
        row.recipient,
        contents,
        pieces,
        remark,
        row.sorting,
        row.ordered,
        row.packages,
        row.carriage,
        channel,
        (row.line,),
        "",
        *row.hands,
    )
    return Parcel(order, (sub,) if sub else (), (KeptRow(row.line, row.cells),), repeated)


def _carriage(rows: Sequence[Row]) -> Carriage:
    """What an order's rows say about carrying it, each thing once: exports write the order's amounts on every row."""
    said = {each.name: [getattr(row.carriage, each.name) for row in rows] for each in fields(Carriage)}
    return Carriage(
        **{name: next((value for value in values if value not in (None, "")), values[0]) for name, values in said.items()}
    )
