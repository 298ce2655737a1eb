"""What Alembic runs: the revisions, on the connection it is handed."""

from alembic import context

from core.store.schema.metadata import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    # One transaction around all, begun by whoever called: a revision that fails leaves nothing.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
