"""Order files in every form, as one bounded stream of records.

Holds: readers for CSV, XLSX, JSON and NDJSON, and how each tells its rows apart.
Promises: the same records twice from the same file; memory that does not grow with the file; numbers and dates as they were typed;
what is spoilt is named by its line, and the good rows go on.
Never: guesses what a formula, a hidden row or a merged cell means; keeps a cell; writes one to a disk, a log or a refusal.
"""
