"""Copies of the sealed files: all or none, away and back, and never a copy over the first."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.adapters.keys.key_folder import KeyFolder
from yinji.adapters.keys.replicas import Behind, Replicated
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal


def refused(act: Callable[[], object]) -> Fault:
    with pytest.raises(Fault) as raised:
        act()
    return raised.value


class World:
    """A first place and two replicas, on disks that can be unplugged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.first, self.near, self.far = (KeyFolder(folder / name) for name in ("first", "near", "far"))
        self.files = Replicated(self.first, [self.near, self.far])

    def unplug(self, name: str) -> None:
        """Take a disk away; its mount point stays, empty."""
        (self.folder / name).rename(self.folder / f"{name}-away")
        (self.folder / name).mkdir(0o700)

    def plug(self, name: str) -> None:
        shutil.rmtree(self.folder / name)
        (self.folder / f"{name}-away").rename(self.folder / name)

    def held(self, files: KeyFolder) -> dict[str, bytes | None]:
        return {name: files.read(name) for name in files.names()}


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    assert made.files.create("a.period", b"a1")
    assert made.files.create("a.epoch", b"e1")
    return made


@pytest.mark.parametrize("count", [0, 1, 2])
def test_what_is_written_stands_in_every_place(tmp_path: Path, count: int) -> None:
    places = [KeyFolder(tmp_path / str(each)) for each in range(count + 1)]
    files = Replicated(places[0], places[1:])
    assert files.create("a", b"1")
    assert files.create("b", b"2")
    files.replace("a", b"3")
    assert not files.create("a", b"4")
    files.destroy("b")
    files.destroy("b")
    assert [{name: each.read(name) for name in each.names()} for each in places] == [{"a": b"3"}] * (count + 1)
    assert (files.place, files.names(), files.read("a"), files.compare()) == (str(tmp_path / "0"), ("a",), b"3", ())


def test_a_new_replica_is_given_what_the_first_has_before_anything_else(world: World, tmp_path: Path) -> None:
    new = KeyFolder(tmp_path / "new")
    files = Replicated(world.first, [world.near, world.far, new])
    assert files.compare() == (Behind(new.place, missing=("a.epoch", "a.period")),)
    assert new.names() == (), "looking takes nobody in"
    files.replace("a.period", b"a2")
    assert world.held(new) == {"a.epoch": b"e1", "a.period": b"a2"}


def test_a_replica_that_is_away_keeps_anything_from_being_written(world: World) -> None:
    world.unplug("far")
    for act in (lambda: world.files.create("b.period", b"b1"), lambda: world.files.replace("a.period", b"a2")):
        fault = refused(act)
        assert (fault.code, fault.at) == (Refusal.REPLICA_UNREACHABLE, world.far.place)
    assert world.held(world.first) == world.held(world.near) == {"a.epoch": b"e1", "a.period": b"a1"}
    assert list((world.folder / "far").iterdir()) == [], "an empty mount point is not taken for a new replica"


def test_reading_goes_on_while_a_replica_is_away(world: World) -> None:
    world.unplug("near")
    assert world.files.read("a.period") == b"a1"
    assert world.files.names() == ("a.epoch", "a.period")


def test_what_is_not_destroyed_everywhere_is_not_destroyed(world: World) -> None:
    world.unplug("near")
    fault = refused(lambda: world.files.destroy("a.epoch"))
    assert (fault.code, fault.at) == (Refusal.REPLICA_UNREACHABLE, world.near.place)
    assert world.far.read("a.epoch") is None, "where it can be destroyed, it is"
    assert world.files.read("a.epoch") == b"e1", "the first tells that the work is not done"
    world.plug("near")
    world.files.destroy("a.epoch")
    assert world.files.read("a.epoch") is world.near.read("a.epoch") is world.far.read("a.epoch") is None
    assert world.files.compare() == ()


def test_a_replica_that_comes_back_with_old_files_is_mended_and_never_wins(world: World) -> None:
    shutil.copytree(world.folder / "near", world.folder / "near-old")
    world.files.replace("a.period", b"a2")
    world.files.create("a.2.epoch", b"e2")
    world.files.destroy("a.epoch")
    shutil.rmtree(world.folder / "near")
    (world.folder / "near-old").rename(world.folder / "near")
    behind = Behind(world.near.place, missing=("a.2.epoch",), differing=("a.period",), surplus=("a.epoch",))
    assert world.files.compare() == (behind,)
    with (world.folder / "near" / "a.epoch").open("rb") as destroyed, (world.folder / "near" / "a.period").open("rb") as old:
        assert world.files.mend() == (behind,)
        assert (destroyed.read(), old.read()) == (bytes(2), bytes(2)), "what was erased since is overwritten, not only removed"
    assert world.held(world.near) == world.held(world.first) == {"a.2.epoch": b"e2", "a.period": b"a2"}
    assert (world.files.mend(), world.files.compare()) == ((), ())


def test_a_replica_that_is_away_is_compared_as_away_and_the_others_are_mended(world: World) -> None:
    world.unplug("near")
    world.far.destroy("a.period")
    away, behind = world.files.compare()
    assert away.trouble is not None
    assert (away.place, away.trouble.code) == (world.near.place, Refusal.REPLICA_UNREACHABLE)
    assert behind == Behind(world.far.place, missing=("a.period",))
    assert refused(world.files.mend).at == world.near.place
    assert world.held(world.far) == world.held(world.first)


def test_another_nodes_key_store_is_not_mended_into_a_copy(world: World, tmp_path: Path) -> None:
    foreign = World(tmp_path / "other-node")
    foreign.files.create("f.period", b"f")
    for place in (foreign.first, foreign.near):
        files = Replicated(world.first, [place])
        for act in (files.mend, lambda files=files: files.destroy("a.epoch"), lambda files=files: files.create("b", b"")):
            fault = refused(act)
            assert (fault.code, fault.at) == (Refusal.KEYS_FOREIGN, place.place)
        assert foreign.held(place) == {"f.period": b"f"}


def test_another_nodes_replica_in_the_place_of_ours_is_refused(world: World, tmp_path: Path) -> None:
    foreign = World(tmp_path / "other-node")
    foreign.files.create("f.period", b"f")
    shutil.rmtree(world.folder / "near")
    shutil.copytree(foreign.folder / "near", world.folder / "near")
    assert refused(world.files.mend).code is Refusal.KEYS_FOREIGN
    assert world.held(world.near) == {"f.period": b"f"}


def test_a_replica_that_others_can_read_is_said_to_be_loose(world: World) -> None:
    (world.folder / "near").chmod(0o755)
    fault = refused(lambda: world.files.replace("a.period", b"a2"))
    assert (fault.code, fault.at) == (Refusal.KEYS_LOOSE, world.near.place)
    assert world.files.read("a.period") == b"a1"


def test_a_crash_while_a_replica_is_taken_in_is_made_good(tmp_path: Path) -> None:
    first, near = KeyFolder(tmp_path / "first"), KeyFolder(tmp_path / "near")
    first.create("a", b"1")
    near.create("replica.mark", b"m" * 16)  # killed between the two marks
    Replicated(first, [near]).replace("a", b"2")
    assert near.read("a") == b"2"
    near.destroy("a")  # killed between the marks and the copies
    assert Replicated(first, [near]).mend() == (Behind(near.place, missing=("a",)),)


def test_marks_are_no_sealed_files(world: World) -> None:
    assert world.first.names() == world.near.names() == ("a.epoch", "a.period")


def test_alone_keeps_others_out_of_the_first(world: World) -> None:
    waiting = KeyFolder(world.folder / "first", wait_seconds=0.05)
    with world.files.alone():
        world.files.replace("a.period", b"a2")
        assert refused(lambda: waiting.alone().__enter__()).code is Refusal.KEYS_BUSY
        assert world.files.mend() == (), "who is alone may mend"


deeds = st.lists(
    st.tuples(
        st.sampled_from(("create", "replace", "destroy", "unplug", "plug", "mend")),
        st.sampled_from(("a", "b")),
        st.binary(max_size=3),
    ),
    max_size=12,
)


@settings(deadline=None)  # disks take their time
@given(deeds)
def test_whatever_happens_a_mended_replica_is_the_first_again(
    tmp_path_factory: pytest.TempPathFactory, story: list[tuple[str, str, bytes]]
) -> None:
    world = World(tmp_path_factory.mktemp("world"))
    world.files.replace("start", b"")
    away, troubles = False, set()
    for deed, name, data in story:
        try:
            if deed in ("unplug", "plug"):
                if (deed == "unplug") is not away:
                    world.unplug("near") if deed == "unplug" else world.plug("near")
                    away = deed == "unplug"
            elif deed == "mend":
                world.files.mend()
            elif deed == "destroy":
                world.files.destroy(name)
            else:
                getattr(world.files, deed)(name, data)
        except Fault as fault:
            troubles.add((away, fault.code))
    assert troubles <= {(True, Refusal.REPLICA_UNREACHABLE)}
    if away:
        world.plug("near")
    world.files.mend()
    assert world.held(world.near) == world.held(world.far) == world.held(world.first)
