"""A look at a connection before it is handed out, without asking the database.

Django's CONN_HEALTH_CHECKS ask with a round trip for each request. A server that restarts closes
its sockets, and that can be seen from here at no cost: an idle connection has nothing to read.
"""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL; with a pool, dead connections are thrown away instead of handed out."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that lives. Raises OperationalError when the server is away."""
        connection = super().get_new_connection(conn_params)
        while self.pool and has_ended(connection):
            connection.close()
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        return connection


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
