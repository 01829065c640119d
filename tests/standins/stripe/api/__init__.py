"""The HTTP API: dispatch, lists, expansion, idempotency and injected faults."""
