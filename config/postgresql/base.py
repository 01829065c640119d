"""A look at a connection before it is handed out, without asking the database; prepared statements.

Django's CONN_HEALTH_CHECKS ask with a round trip for each request. A server that restarts closes
its sockets, and that can be seen from here at no cost: an idle connection has nothing to read.
"""

import select
from collections.abc import Mapping
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, Cursor, OperationalError


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL; with a pool, dead connections are thrown away instead of handed out."""

    # The cursor of `run_prepared`, as long as the connection is the same.
    kept: Any = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that lives. Raises OperationalError when the server is away."""
        connection = super().get_new_connection(conn_params)
        while self.pool and has_ended(connection):
            connection.close()
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        return connection

    def run_prepared(self, statement: str, values: Mapping[str, Any]) -> int:
        """Run a hand-written statement that the server plans once; how many rows it changed.

        Django's own are planned each time, and planning can take longer than the work.
        """
        self.ensure_connection()
        if self.queries_logged:
            seen = self._prepare_cursor(Cursor(self.connection))  # type: ignore[attr-defined]
            return self._changed_by(seen, statement, values)
        if self.kept is None or self.kept.connection is not self.connection:
            self.kept = Cursor(self.connection)
        with self.wrap_database_errors:
            return self._changed_by(self.kept, statement, values)

    def _changed_by(self, cursor: Any, statement: str, values: Mapping[str, Any]) -> int:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def has_ended(connection: Connection[Any]) -> bool:
    """Whether the server has hung up; only what says something unasked is asked."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if not poll.poll(0):
        return False
    try:
        connection.execute("")
    except OperationalError:
        return True
    return False
