"""Labels inspected: seeded defects found under the right rule, our own labels passed, and how long it takes: ``yinji bench inspect``."""

from __future__ import annotations

from collections import Counter
from datetime import date
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from yinji.flows.inspect_labels import inspect_labels
from yinji.kernel.faults import Misuse
from yinji.label.inspection.model import Outcome
from yinji_bench.inspected.defects import Defect, defects
from yinji_bench.inspected.own import own_labels

if TYPE_CHECKING:
    from yinji.label.inspection.ports import SheetReader
    from yinji.label.inspection.telling import InspectedFile

_ON: Final = date(2026, 11, 22)


def measure(reader: SheetReader | None, *, own: int = 20) -> dict[str, Any]:
    """Return how many seeded defects were found, how many of ``own`` labels a template passed, and processor seconds of one thread.

    ``others_also_found``: defects whose label was said to break another rule too. The first picture, which loads the models, is not timed.
    """
    if reader is None:
        raise Misuse("whoever wires the command line hands in a reader of sheets")
    seeded, found, also, missed = Counter[str](), Counter[str](), 0, []
    times: dict[bool, list[float]] = {True: [], False: []}
    for defect in defects():
        file, took = _inspected(defect.make(), reader)
        times[defect.pixels].append(took)
        seeded[defect.rule] += 1
        if _found(defect, file):
            found[defect.rule] += 1
            also += any(each.rule != defect.rule for label in file.labels for each in label.shown)
        else:
            missed.append(defect.name)
    passed, labels = 0, 0
    for one in own_labels(own):
        file, took = _inspected(one.content, reader)
        times[one.pixels].append(took / max(1, len(file.labels)))
        labels += one.labels
        passed += sum(label.outcome is Outcome.PASSES for label in file.labels)
    pictures = times[True][1:]
    return {
        "defects": sum(seeded.values()),
        "defects_found": sum(found.values()),
        "defects_found_percent": round(100 * sum(found.values()) / sum(seeded.values()), 1),
        "defects_by_rule": dict(sorted(seeded.items())),
        "defects_missed": missed,
        "others_also_found": also,
        "own_labels": labels,
        "own_labels_passed": passed,
        "own_passed_percent": round(100 * passed / labels, 1),
        "page_ms_median": round(1000 * median(times[False]), 1),
        "picture_s_median": round(median(pictures), 2),
        "picture_s_most": round(max(pictures), 2),
    }


def _inspected(content: bytes, reader: SheetReader) -> tuple[InspectedFile, float]:
    start = process_time()
    file = inspect_labels(content, "seed", reader=reader, on=_ON)
    return file, process_time() - start


def _found(defect: Defect, file: InspectedFile) -> bool:
    wanted = Outcome.FAILS if defect.told else Outcome.CANNOT_TELL
    return any(each.rule == defect.rule and each.outcome is wanted for label in file.labels for each in label.shown)
