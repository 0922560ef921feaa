"""Ways out: one small folder per outside thing.

Holds: for each thing a client that speaks to it and, where data changes shape, a pure map.
Promises: implements a port of the room that needs it; every wait, body and retry is bounded.
Never: imports a service, a store or a flow.
"""
