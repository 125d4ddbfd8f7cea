from __future__ import annotations

from tests.sync.machine import Sync, run
from tests.sync.server import Server
from tests.sync.world import PostgresWorld


def test_any_order_of_acts_keeps_the_invariants() -> None:
    run(Sync, 30, 40)


def test_any_order_of_acts_keeps_the_invariants_on_postgresql() -> None:
    server = Server()
    server.start()

    class OnPostgres(Sync):
        world_of = staticmethod(lambda: PostgresWorld(server.url, "127.0.0.1", server.port))

    try:
        run(OnPostgres, 4, 25)
    finally:
        server.stop()
