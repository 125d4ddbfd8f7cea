from __future__ import annotations

from tests.sync.machine import Sync, run


def test_any_order_of_acts_keeps_the_invariants() -> None:
    run(Sync, 40, 40)
