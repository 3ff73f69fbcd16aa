"""How long `harmonyguard --help` takes: the median of ten calls in processes of their own, in milliseconds.

    python scripts/bench_help.py [HARMONYGUARD]

Exit code 1 when it is 300 ms or more. The processor time beside it tells a busy machine from a slow command.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

CALLS = 10
LIMIT = 300


def main() -> int:
    command = sys.argv[1] if len(sys.argv) > 1 else str(Path(sys.executable).with_name("harmonyguard"))
    times = []
    before = _processor_seconds()
    for _ in range(CALLS):
        started = time.perf_counter()
        subprocess.run([command, "--help"], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        times.append((time.perf_counter() - started) * 1000)
    processor = (_processor_seconds() - before) * 1000 / CALLS
    median = statistics.median(times)
    sys.stdout.write(f"harmonyguard --help: median {median:.0f} ms of {CALLS} calls")
    sys.stdout.write(f" (fastest {min(times):.0f} ms, slowest {max(times):.0f} ms, limit {LIMIT} ms)")
    sys.stdout.write(f", processor time {processor:.0f} ms a call\n")
    return int(median >= LIMIT)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    raise SystemExit(main())
