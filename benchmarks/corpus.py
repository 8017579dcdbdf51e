"""How fast a corpus is made: normalize, check and audit, against regular expressions over rows.

    python benchmarks/corpus.py odin/*.txt
    python benchmarks/corpus.py --copies 4 --jobs 2 odin/*.txt
    python benchmarks/corpus.py --memory 350000 odin/*.txt

The baseline is written after the description of how the published corpus was made: a data set of
flat rows; its standardizing step, a regular expression for each mark over each line of each row;
its audit, regular expressions over each row again, with an alignment score by edit distance. Both
steps are `map` over the rows, as pipelines of this kind are written (extra `datasets`). Times are
of the processor, one thread.
"""

from __future__ import annotations

import argparse
import re
import resource
import time
from itertools import islice

from rapidfuzz.distance import Levenshtein

import igtkit
from igtkit.corpus import Audit, Pipeline, paper_pipeline, steps
from igtkit.corpus.columns import COLUMNS, metadata_to_text, to_row


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", help="files in the shared-task format")
    parser.add_argument("--limit", type=int, default=20_000, help="number of texts")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--copies", type=int, default=1, help="how often to repeat the texts")
    parser.add_argument("--memory", type=int, help="number of texts to stream, for peak memory")
    arguments = parser.parse_args()
    if arguments.memory:
        stream_many(arguments.files, arguments.memory)
        return
    items = list(islice(read(arguments.files), arguments.limit)) * arguments.copies
    if arguments.jobs > 1:
        share_out(items, arguments.jobs)
        return
    ours = timed(
        "igtkit: normalize, check, audit",
        len(items),
        lambda: Audit.of(steps.repair()(steps.normalize("polygloss")(items))),
    )
    other = timed(
        "the same by igtkit's own rules",
        len(items),
        lambda: Audit.of(steps.repair()(steps.normalize()(items))),
    )
    timed("the whole pipeline", len(items), lambda: list(paper_pipeline().run(items)))
    baseline = timed("baseline: rows in plain loops", len(items), lambda: as_loops(items))
    mapped = timed("baseline: rows in datasets.map", len(items), lambda: as_maps(items))
    for name, rate in (("plain loops", baseline), ("datasets.map", mapped)):
        print(f"{ours / rate:.1f}x against {name} (own rules {other / rate:.1f}x)")


def read(files):
    for path in files:
        yield from igtkit.stream(path, "sigmorphon", errors="skip")


def timed(name, count, work):
    before = time.process_time()
    work()
    rate = count / (time.process_time() - before)
    print(f"{name:40} {rate:10,.0f} texts/s")
    return rate


def share_out(items, n_jobs):
    pipeline = Pipeline([steps.normalize(), steps.repair(), steps.assign_splits()])
    for number in (1, n_jobs):
        wall, cpu = time.perf_counter(), cpu_time()
        count = sum(1 for _ in pipeline.run(items, n_jobs=number))
        wall, cpu = time.perf_counter() - wall, cpu_time() - cpu
        print(f"n_jobs={number}: {count / wall:,.0f} texts/s, {wall:.1f} s, {cpu:.1f} s of CPU")


def cpu_time():
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def stream_many(files, count):
    def endless():
        while True:
            yield from read(files)

    peaks = []

    def watched():
        for number, igt in enumerate(islice(endless(), count), 1):
            if number % (count // 5) == 0:
                peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
            yield igt

    for _ in paper_pipeline().run(watched()):
        pass
    print(f"{count:,} texts; peak MiB after each fifth: {peaks}")


# The baseline

_MARKS = [(re.compile(rf"(\w){re.escape(mark)}(\s|$)"), rf"\1 {mark}\2") for mark in "?.!,"]
_PUNCTUATION = re.compile(r"^[^\w\s]+$")
_FORM = re.compile(r"[^-=\s]+")
_LINES = ("transcription", "segmentation", "glosses")


def standardize(row):
    for name in _LINES:
        line = row[name]
        if line:
            if name == "glosses":
                line = re.sub(r"\t", " ", line)
            for pattern, replacement in _MARKS:
                line = pattern.sub(replacement, line)
            row[name] = line
    return row


def audit(row):
    counts = {}
    for name in _LINES:
        words = [w for w in re.split(r"\s+", row[name] or "") if w and not _PUNCTUATION.match(w)]
        counts[f"{name}_words"] = len(words)
        counts[f"{name}_morphemes"] = sum(len(re.split(r"[-=]", word)) for word in words)
    forms, glosses = (_FORM.sub("x", row[name] or "") for name in ("segmentation", "glosses"))
    counts["score"] = 1 - Levenshtein.distance(forms, glosses) / (
        max(len(forms), len(glosses)) or 1
    )
    counts["misaligned"] = bool(row["segmentation"]) and (
        counts["segmentation_words"] != counts["glosses_words"]
        or counts["segmentation_morphemes"] != counts["glosses_morphemes"]
    )
    return {**row, **counts}


def rows_of(items):
    return [{**row, "metadata": metadata_to_text(row["metadata"])} for row in map(to_row, items)]


def as_loops(items):
    return [audit(standardize(row)) for row in rows_of(items)]


def as_maps(items):
    import datasets  # noqa: PLC0415 -- an extra

    datasets.disable_progress_bars()
    types = datasets.Features({name: datasets.Value("string") for name in COLUMNS})
    data = datasets.Dataset.from_list(rows_of(items), features=types)
    data = data.map(standardize, load_from_cache_file=False)
    return data.map(audit, load_from_cache_file=False)


if __name__ == "__main__":
    main()
