"""The task queue inside the one web process, for an installation without a broker."""


def start() -> None:
    """Placeholder until the queue is wired up."""
