"""One line per figure, in the form that `make bench` ends with."""

import sys
from collections.abc import Sequence
from statistics import median


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def compare(name: str, goal: float, ours: Sequence[float], peers: Sequence[float]) -> None:
    """The ratio of the medians beside its goal, and every round for whoever doubts."""
    ratio = median(ours) / median(peers)
    say("  ours " + " ".join(f"{one:7.0f}" for one in ours) + f"   median {median(ours):.0f}/s")
    say("  peer " + " ".join(f"{one:7.0f}" for one in peers) + f"   median {median(peers):.0f}/s")
    say(f"BENCH {name} {ratio:.2f} {goal:.2f} {'ok' if ratio >= goal else 'short'}")


def figure(name: str, value: float, goal: float, *, is_good: bool) -> None:
    """One figure beside its goal."""
    say(f"BENCH {name} {value:.2f} {goal:.2f} {'ok' if is_good else 'short'}")
