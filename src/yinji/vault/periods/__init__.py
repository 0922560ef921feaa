"""Periods: which months were ever begun, and which of their keys the database states.

Holds: a row for every period with its revision and stamp; how far its key leaves are leased.
Promises: a period is begun once, whoever begins it; no two processes are leased the same leaf; keys that the database does not
state are not handed out.
Never: makes a key in place of one that is lost; keeps a key where the data are.
"""
