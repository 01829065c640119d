"""The support page, warm, beside a bare "hello" view on the same server in the same run."""

from tests.benchmarks.load import get, rate
from tests.benchmarks.postgres import environment, own_database
from tests.benchmarks.reporting import compare, say
from tests.benchmarks.serving import served

GOAL = 0.40
ROUNDS, REQUESTS = 7, 6000


def main() -> None:
    say("page: requests per second, granian with 2 workers, 16 kept connections")
    with (
        own_database() as database,
        served("config.wsgi:application", environment(database), "/en/") as ours,
        served("tests.benchmarks.bare:application", {}, "/hello") as peer,
    ):
        support, hello = [get("/en/")] * REQUESTS, [get("/hello")] * REQUESTS
        rounds = [(rate(ours, support), rate(peer, hello)) for _ in range(ROUNDS + 1)][1:]
    compare("page.ratio", GOAL, [one for one, _ in rounds], [other for _, other in rounds])


if __name__ == "__main__":
    main()
