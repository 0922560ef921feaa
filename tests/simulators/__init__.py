"""Simulated worlds: real rooms on a real database in a temporary folder, with a clock that the test moves."""
