"""Orders files that somebody hands in over the network: kept, looked at, mended, issued.

Holds: a folder an upload (`folder`), what was mended in it (`mends`), what a run came to (`came_to`), the threads that run it (`jobs`).
Promises: an account reaches its own uploads only; files are the node's alone (0600), bounded, and gone when they were issued or
their time is over (`flows/clear_uploads`); a run that was cut short goes on without issuing anything twice.
Never: uses the name that a file came with as a path; keeps a cell apart from its file, but for what was mended.
"""
