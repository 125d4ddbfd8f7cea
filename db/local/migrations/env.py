"""Runs the steps on the connection that db.migrate hands over; there is no alembic.ini."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
