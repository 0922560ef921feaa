"""Presets: which heading of whose export is which field, and how numbers are told back to that platform.

Holds: the form of a preset (`model`), its reader with every mistake named (`reading`), the packaged ones (`*.toml`, `shelf`),
the recognition of a file by its headings (`recognition`).
Promises: headings match exactly; a buyer, courier or distributor is never taken for the recipient, whoever wrote the mapping;
a heading of identity numbers is in no field.
Never: guesses a column from its cells; reads a cell.
"""
