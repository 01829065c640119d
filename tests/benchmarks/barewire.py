"""The barest loop there is: smtplib, one connection, one prebuilt message, no state at all.

`python -m tests.benchmarks.barewire PORT FILE`, then `send SECONDS` a line.
"""

import smtplib
import sys
import time
from pathlib import Path

from tests.benchmarks.errands import Answer, obey

SENDER, READER = "bench@example.org", "reader@example.org"


def main() -> None:
    port, message = int(sys.argv[1]), Path(sys.argv[2]).read_bytes()

    def send(seconds: str) -> Answer:
        sent, begun = 0, time.perf_counter()
        end = begun + float(seconds)
        with smtplib.SMTP("127.0.0.1", port, local_hostname="bench") as connection:
            while time.perf_counter() < end:
                connection.sendmail(SENDER, [READER], message)
                sent += 1
        return {"sent": sent, "seconds": time.perf_counter() - begun}

    obey({"send": send})


if __name__ == "__main__":
    main()
