from __future__ import annotations

from tests.sync.machine import Sync, run
from tests.sync.server import Server
from tests.sync.world import PostgresWorld


def test_any_order_of_acts_keeps_the_invariants() -> None:
    run(Sync, 30, 40)


def test_a_backup_from_before_an_erasure_keeps_the_invariants() -> None:
    """Rare in any order of acts: what was said after the backup is erased, then the backup is put back."""
    machine = Sync()
    machine.begin()
    machine.the_office_leases("c1", "ann")
    for name in ("boss", "ann"):
        machine.one_syncs(name)
    machine.central_is_backed_up()
    machine.an_agent_works("ann", give_back=False)
    machine.one_syncs("ann")
    machine.a_subject_is_erased("c1")
    for name in ("boss", "ann"):
        machine.one_syncs(name)
    machine.central_is_restored()
    for name in ("ann", "boss", "ann"):
        machine.one_syncs(name)
        machine.i01_every_confirmed_event_is_on_a_laptop_or_on_central()
        machine.i03_acknowledged_is_equal_on_central()
    machine.teardown()


def test_any_order_of_acts_keeps_the_invariants_on_postgresql() -> None:
    server = Server()
    server.start()

    class OnPostgres(Sync):
        world_of = staticmethod(lambda: PostgresWorld(server.url, "127.0.0.1", server.port))

    try:
        run(OnPostgres, 4, 25)
    finally:
        server.stop()
