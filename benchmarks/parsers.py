"""What reading one 7 KB record costs, by parser: the measurement behind the choice in docs/decisions."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import yaml
from ruamel.yaml import YAML

from generate import record
from incidentbook import source

ROUNDS, REPEATS = 7, 20


def milliseconds(read: Callable[[str], object], text: str) -> float:
    """Return the CPU milliseconds of one read, the median of several rounds."""
    found = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(REPEATS):
            read(text)
        found.append((time.process_time() - begun) / REPEATS * 1000)
    return statistics.median(found)


def main() -> None:
    """Print the parsers side by side."""
    text = record(1)
    round_trip, pure = YAML(typ="rt"), YAML(typ="safe", pure=True)
    readers: dict[str, Callable[[str], object]] = {
        "libyaml, composed, read by YAML 1.2 (source.load: data and positions)": source.load,
        "libyaml, PyYAML's CSafeLoader (YAML 1.1, no positions)": lambda text: yaml.load(text, yaml.CSafeLoader),
        "PyYAML's SafeLoader in Python (YAML 1.1)": lambda text: yaml.load(text, yaml.SafeLoader),
        "ruamel.yaml safe, pure (YAML 1.2)": pure.load,
        "ruamel.yaml round-trip (YAML 1.2, comments kept)": round_trip.load,
    }
    print(f"One record of {len(text) / 1024:.1f} KB, CPU ms, median of {ROUNDS} rounds of {REPEATS}\n")
    first = None
    for name, read in readers.items():
        value = milliseconds(read, text)
        first = first or value
        print(f"{value:>8.2f} ms {value / first:>6.1f} x  {name}")


if __name__ == "__main__":
    main()
