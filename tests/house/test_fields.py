"""Every field about a person is classified: a column or a member of a sealed blob that nobody classified fails."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase

from tests.house.not_personal import NOT_PERSONAL
from tests.house.tables import schema

from yinji.vault.fields import MASK_MEMBERS, REGISTER, SEALED_MEMBERS, Kept, Kind, Lifetime

PERSONAL = {each.column for each in REGISTER if each.column}
SEALED = {each.name.removeprefix("party.") for each in REGISTER if each.kept is Kept.SEALED and each.name.startswith("party.")}


def columns() -> list[str]:
    return sorted(f"{table.name}.{column.name}" for table in schema().tables.values() for column in table.columns)


def unclassified(found: Iterable[str], personal: Collection[str], not_personal: Collection[str]) -> list[str]:
    """The columns that stand in neither list."""
    return [each for each in found if each not in personal and not any(fnmatchcase(each, known) for known in not_personal)]


def stale(found: Collection[str], listed: Iterable[str]) -> list[str]:
    """What is listed and matches no column."""
    return [known for known in listed if not any(fnmatchcase(each, known) for each in found)]


def to_add(column: str) -> str:
    """The two lines of which one is to be added."""
    table, name = column.split(".")
    return (
        f'\n  vault/fields.py:              PersonalField("{table}.{name}", Kind.?, Kept.?, "{column}", frozenset({{Purpose.?}})),'
        f'\n  or house/not_personal.py:     "{column}": "why it says nothing about a delivery user",'
    )


def test_every_column_is_classified() -> None:
    open_ones = unclassified(columns(), PERSONAL, NOT_PERSONAL)
    assert not open_ones, "add one line each:" + "".join(map(to_add, open_ones))


def test_every_member_of_a_sealed_blob_is_classified() -> None:
    line = 'PersonalField("party.{0}", Kind.?, Kept.SEALED, "vault_parties.sealed_values", frozenset({{Purpose.?}})),'
    missing = [member for member in SEALED_MEMBERS if member not in SEALED]
    assert not missing, "add to vault/fields.py: " + "\n".join(line.format(member) for member in missing)
    assert set(SEALED_MEMBERS) == SEALED, "the register names members that no blob has"


def test_every_mask_hides_a_registered_member() -> None:
    assert set(MASK_MEMBERS) <= SEALED
    assert [each.column for each in REGISTER if each.kept is Kept.SEALED_MASK] == ["vault_parties.sealed_masks"]


def test_no_column_is_in_both_lists_and_none_has_gone() -> None:
    assert not [each for each in PERSONAL if any(fnmatchcase(each, known) for known in NOT_PERSONAL)]
    assert not stale(columns(), [*PERSONAL, *NOT_PERSONAL])


def test_every_reason_is_given_and_every_use_is_lawful() -> None:
    assert all(len(reason) > 1 for reason in NOT_PERSONAL.values())
    assert all(bool(each.lawful) is (each.kept is not Kept.NEVER) for each in REGISTER)


def test_outside_the_vault_a_person_is_only_a_place_a_number_or_a_time() -> None:
    clear = {each.column for each in REGISTER if each.kept is Kept.CLEAR}
    assert clear == {
        "waybill_waybills.destination",
        "waybill_waybills.number",
        "waybill_waybills.made_ms",
        "waybill_subs.number",
        "waybill_scans.at_ms",
        "waybill_parcels.accepted_ms",
        "waybill_parcels.last_ms",
        "waybill_parcels.ended_ms",
        "access_exemptions.document",
    }
    sealed = {Kept.SEALED, Kept.SEALED_MASK}
    assert all(each.column.startswith("vault_") for each in REGISTER if each.kept in sealed)


def test_all_nine_classes_of_the_draft_rules_are_there_and_what_is_never_taken_in_has_no_column() -> None:
    assert {each.kind for each in REGISTER} == set(Kind)
    assert all((each.kept is Kept.NEVER) is (each.column == "") is (each.lifetime is Lifetime.NONE) for each in REGISTER)


def test_a_new_column_is_seen_and_the_line_to_add_is_printed() -> None:
    assert unclassified(["contact_calls.caller"], PERSONAL, NOT_PERSONAL) == ["contact_calls.caller"]
    assert '"contact_calls.caller": "' in to_add("contact_calls.caller")
    assert stale(["a.b"], ["a.*", "c.d"]) == ["c.d"]
