"""The worker: a node's chores, done again and again until it is stopped.

Holds: the loop. The chores stand in `yinji.flows.tend_node`.
Promises: one that fails keeps no other from being done, and is said; a stop is heard within a second and a batch.
Never: decides what is due; listens to a network.
"""
