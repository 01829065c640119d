"""Servers for the benchmarks: granian as in production, on loopback, stopped at the end."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WORKERS, THREADS = 2, 4


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(application: str, environment: dict[str, str], probe: str) -> Iterator[int]:
    """Serve a WSGI application; yields its port once `probe` answers."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(WORKERS), "--blocking-threads", str(THREADS),
        "--log-level", "error", application,
    ]  # fmt: skip
    with subprocess.Popen(command, env={**os.environ, **environment}) as process:
        try:
            wait_for(port, probe)
            yield port
        finally:
            process.terminate()


def wait_for(port: int, probe: str, seconds: float = 90) -> None:
    """Until the address answers. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as link:
                link.sendall(f"GET {probe} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
                if link.recv(12).startswith(b"HTTP/1.1"):
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")
