"""A folder that is watched: files are handed on once they have come whole. Polling, since shares and containers tell no events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

AT_ONCE: Final = 64
"""Files of one look: the others wait for the next, so that whoever stops the watch is heard."""

KNOWN_MAX: Final = 200_000
"""Files that are remembered as seen. A folder with more is emptied by its owner, or the oldest are handed on again."""


class _Look(NamedTuple):
    size: int
    changed_ns: int


class ArrivingFiles:
    """Files of one folder, hidden ones and links left out, in the order of their names."""

    def __init__(self, folder: Path, *, at_once: int = AT_ONCE) -> None:
        """Nothing is looked at yet."""
        self._folder = folder
        self._at_once = at_once
        self._waiting: dict[str, _Look] = {}
        self._done: dict[str, _Look] = {}

    def look(self) -> list[Path]:
        """Return files that are new or have changed, and did not change since the last look; each once."""
        seen = {path.name: look for path, look in self._files() if self._done.get(path.name) != look}
        whole = [name for name, look in seen.items() if self._waiting.get(name) == look][: self._at_once]
        self._waiting = seen
        for name in whole:
            self._done[name] = seen[name]
        while len(self._done) > KNOWN_MAX:
            del self._done[next(iter(self._done))]
        return [self._folder / name for name in whole]

    def _files(self) -> Iterator[tuple[Path, _Look]]:
        for path in sorted(self._folder.iterdir()):
            if path.name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            try:
                state = path.stat()
            except OSError:  # gone since the folder was listed
                continue
            yield path, _Look(state.st_size, state.st_mtime_ns)
