"""A responder's commands on ten incidents and on five thousand, beside what importing click takes: `make bench`.

In each knowledge base one incident is open. Its record is the same before each round, so that no round pays for the entries of
those before. Nothing is committed: what Git takes is Git's.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from generate import knowledge_base
from measure import Work, compiled, medians, row

INC = str(Path(sys.executable).parent / "inc")
CLICK = [sys.executable, "-c", "import click"]
COMMANDS = {
    "inc log": [INC, "log", "Failover of the standby begins", "--kind", "action"],
    "inc status": [INC, "status"],
    "inc current": [INC, "current"],
}


class Base:
    """A generated knowledge base with one open incident."""

    def __init__(self, folder: Path, records: int) -> None:
        """Generate ``records`` closed incidents, and open one."""
        folder.mkdir()
        knowledge_base(folder, records)
        self.folder = folder
        subprocess.run(
            [INC, "start", "Checkout answers with errors", "--severity", "sev1"],
            cwd=folder, check=True, capture_output=True,
        )  # fmt: skip
        (self.record,) = (folder / "incidents" / "2025").glob("*.yml")
        self.text = self.record.read_text(encoding="utf-8")

    def work(self, command: list[str]) -> Work:
        """Return ``command`` as work to be done here on the record as it was at the first minute."""
        return Work(command, self.folder, lambda: self.record.write_text(self.text, encoding="utf-8"))


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000, help="the larger knowledge base has five times as many")
    parser.add_argument("--rounds", type=int, default=11)
    options = parser.parse_args()
    compiled()
    with tempfile.TemporaryDirectory(prefix="incidentbook-bench-") as name:
        small = Base(Path(name).resolve() / "small", 10)
        large = Base(Path(name).resolve() / "large", options.records * 5)
        print(f"\nCPU seconds (user and system), median of {options.rounds} rounds in turns\n")
        print(f"{'':<34}{'inc':>7}{'peer':>9}  {'peer':<18}{'ratio':>7}{'must':>7}{'aim':>6}")
        for label, command in COMMANDS.items():
            works = {"inc": large.work(command), "on 10": small.work(command), "import click": large.work(CLICK)}
            runs = medians(works, options.rounds)
            row(f"{label}, {options.records * 5:,} incidents", runs, "on 10", "1.5")
            row("", runs, "import click", "3", "2")


if __name__ == "__main__":
    main()
