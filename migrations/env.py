"""Where Alembic meets the tables: run in-process by `charniere`, or by the `alembic` command with -x data=FOLDER."""

from alembic import context
from sqlalchemy import Connection

from charniere.store import schema


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=schema.metadata(),
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with schema.connect(schema.file_in(context.get_x_argument(as_dictionary=True)["data"])) as opened:
        run(opened)
