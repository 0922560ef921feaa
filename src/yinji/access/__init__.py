"""Organisations, accounts, and the one decision function.

Holds: the tree of organisations, accounts and their posts, the node's own identity, permits and their quotas.
Promises: one decision function; every decision explains itself; a permit is used once, and its intent is durable before
anything is disclosed.
Never: answers allow because something failed.
"""
