"""Rotating the keys above periods, file by file, while the node runs. Run again after a crash, it goes on where it stood.

A file is readable at every moment: it names the version that seals it, and an old version is destroyed only when no file names it.
"""

from __future__ import annotations

from typing import Final

from yinji.kernel.ids import RandomBytes, Ref
from yinji.keys.hierarchy import EPOCH, ROOTED, Head, Hierarchy, head_of, open_file, seal_file
from yinji.keys.ports import RootProvider, SealedFiles
from yinji.keys.suites import SECRET_BYTES, Suite

_TWO: Final = 2


class Rotation:
    """Rotates roots and organisation keys. Everything runs under `SealedFiles.alone`."""

    def __init__(self, *, root: RootProvider, files: SealedFiles, suite: Suite, random: RandomBytes) -> None:
        """``suite`` seals what is sealed anew."""
        self._root = root
        self._files = files
        self._suite = suite
        self._random = random
        self._above = Hierarchy(root=root, files=files, suite=suite, random=random)

    def root_versions(self) -> tuple[int, ...]:
        """Return the versions of the root: two where a rotation was interrupted."""
        return self._root.versions()

    def rotate_root(self) -> int:
        """Make a new root, seal everything under it that the root seals, destroy the old ones; return how many files.

        1 a new version, unless an interrupted rotation left two; 2 file by file; 3 destroy the old.
        """
        with self._files.alone():
            if len(self._root.versions()) < _TWO:
                self._root.add_version()  # 1
            raised = sum(self._above.raise_to_current(name) for name in self._files.names() if name.endswith(ROOTED))  # 2
            for version in self._root.versions()[:-1]:
                self._root.destroy(version)  # 3
        return raised

    def rotate_org(self, org: Ref) -> int:
        """Make a new key of an organisation, seal its epoch keys under it, destroy the old one; return how many files."""
        with self._files.alone():
            versions = self._above.org_versions(org)
            if not versions:
                return 0
            if len(versions) < _TWO:
                versions |= {max(versions) + 1: self._random(SECRET_BYTES)}
                self._above.write_org_versions(org, versions)
            newest = max(versions)
            names = [name for name in self._files.names() if name.startswith(f"{org.hex()}-") and name.endswith(EPOCH)]
            raised = sum(self._raise_epoch(name, versions, newest) for name in names)
            self._above.write_org_versions(org, {newest: versions[newest]})
        return raised

    def _raise_epoch(self, name: str, versions: dict[int, bytes], newest: int) -> bool:
        sealed = self._files.read(name) or b""
        head = head_of(sealed)
        if head.version == newest:
            return False
        epoch = open_file(versions[head.version], sealed, name=name)
        fresh = seal_file(versions[newest], epoch, name=name, head=Head(self._suite, newest), random=self._random)
        self._files.replace(name, fresh)
        return True
