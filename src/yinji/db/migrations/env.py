"""Alembic's entry: runs the scripts in ``versions`` over the connection that `migrate` hands in."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
