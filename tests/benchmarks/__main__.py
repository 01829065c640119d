"""`make bench [ONLY=name,…]`: every benchmark in turn, each figure beside its peer."""

import argparse
import os
import subprocess
import sys

from tests.benchmarks.postgres import SERVER

# Their modules; `import` cannot be the name of one.
MODULES = {
    "page": ("page",),
    "webhook": ("webhook",),
    "thanks": ("thanks",),
    "broadcast": ("broadcast",),
    "import": ("activity",),
    "desk": ("desk", "desk_export"),
}
NAMES = tuple(MODULES)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(NAMES), help="names, with commas between")
    names = parser.parse_args().only.split(",")
    if unknown := set(names) - set(NAMES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    lines, worst = [], 0
    for module in (module for name in names for module in MODULES[name]):
        status, found = bench(module)
        lines += found
        worst = max(worst, status)
    sys.stdout.write("\n" + "".join(lines))
    return worst


def bench(module: str) -> tuple[int, list[str]]:
    """Run one in a process of its own; its exit status and its BENCH lines."""
    environment = {**os.environ}
    if module == "thanks":
        environment |= {
            "DATABASE_URL": SERVER,
            "DEBUG": "on",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
    command = [sys.executable, "-m", f"tests.benchmarks.{module}"]
    lines = []
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            if line.startswith("BENCH "):
                lines.append(line)
    return process.returncode, lines


if __name__ == "__main__":
    sys.exit(main())
