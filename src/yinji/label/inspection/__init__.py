"""Inspection: what anybody's finished label shows, and which rules that breaks.

Holds: what was seen on a label (`model`), what reads it off paper and screens (`ports`), readers of printer languages (`reading`), a
file each rule (`rules`), the verdict (`judging`), and the picture with what was found marked and every person hidden (`marking`).
Promises: every finding names its rule, what stands behind that rule, and the place on the label; what cannot be told is said to be
so and counts as neither; only findings with law or a recommended standard behind them may support an order; the same label gives
the same verdict.
Never: keeps or logs a text that it read; takes a picture's person into a report; says *passes* about what it could not read.
"""
