"""Django's PostgreSQL backend with a pool that hands out no dead connections."""
