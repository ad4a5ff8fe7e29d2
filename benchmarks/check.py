"""`inc check` beside check-jsonschema and ajv on the same records with the same schema, in one run: `make bench`.

All of ours run with every rule on; theirs validate the records. Before anything is measured, all name the same bad records.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generate import knowledge_base
from measure import Run, Work, compiled, medians, row, run

BIN = Path(sys.executable).parent
INC = str(BIN / "inc")
CHECK = [INC, "check", "--json"]
SCHEMA = "schemas/incident.schema.json"
NODE = Path(sys.prefix) / "node"


@dataclass(frozen=True, slots=True)
class Base:
    """A generated knowledge base."""

    folder: Path
    records: list[str]
    bad: frozenset[str]

    @classmethod
    def of(cls, folder: Path, records: int) -> Base:
        """Generate one of so many records."""
        folder.mkdir()
        bad = knowledge_base(folder, records)
        paths = sorted(path.relative_to(folder).as_posix() for path in (folder / "incidents").rglob("*.yml"))
        return cls(folder, paths, frozenset(path.relative_to(folder).as_posix() for path in bad))

    def work(self, command: list[str], prepare: Callable[[], object] = lambda: None) -> Work:
        """Return ``command`` as work to be done here."""
        return Work(command, self.folder, prepare)

    def forget(self) -> None:
        """Throw away what earlier checks kept."""
        shutil.rmtree(self.folder / ".incidentbook", ignore_errors=True)

    def change(self, numbers: itertools.count[int]) -> None:
        """Change one record, each time to something new."""
        path = self.folder / self.records[0]
        text = path.read_text(encoding="utf-8").split("# changed", maxsplit=1)[0]
        path.write_text(f"{text}# changed {next(numbers)}\n", encoding="utf-8", newline="")

    def peer(self, records: list[str] | None = None) -> list[str]:
        """Return the command line of check-jsonschema."""
        files = self.records if records is None else records
        return [str(BIN / "check-jsonschema"), "--output-format", "json", "--schemafile", SCHEMA, *files]

    def ajv(self) -> list[str]:
        """Return the command line of ajv."""
        program = [str(NODE / "bin" / "node"), str(NODE / "node_modules" / "ajv-cli" / "dist" / "index.js"), "validate"]
        options = ["--spec=draft2020", "--strict=false", "--all-errors", "-c", "ajv-formats", "-s", SCHEMA]
        return [*program, *options, "-d", "incidents/**/*.yml"]

    def agree(self) -> None:
        """Stop unless all three find exactly the planted records bad."""
        ours = run(self.work([INC, "check", "--no-cache", "--json"])).out
        said = {
            "inc check": {finding["path"] for finding in json.loads(ours)["findings"]},
            "check-jsonschema": {error["filename"] for error in json.loads(run(self.work(self.peer())).out)["errors"]},
            "ajv": {
                line.split(" ")[0] for line in run(self.work(self.ajv())).err.splitlines() if line.endswith(" invalid")
            },
        }
        for tool, named in said.items():
            if named != self.bad:
                sys.exit(f"{tool} does not name the planted records:\n  {sorted(named ^ self.bad)}")


def main() -> None:
    """Generate, let all agree on what is bad, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000, help="the larger knowledge base has five times as many")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    compiled()
    with tempfile.TemporaryDirectory(prefix="incidentbook-bench-") as name:
        small = Base.of(Path(name).resolve() / "small", options.records)
        large = Base.of(Path(name).resolve() / "large", options.records * 5)
        for base in (small, large):
            base.agree()
        size = sum((small.folder / path).stat().st_size for path in small.records) / len(small.records)
        print(f"{len(small.records):,} and {len(large.records):,} records of {size / 1024:.1f} KB, ", end="")
        print(f"{len(small.bad)} and {len(large.bad)} of them bad; all three tools name the same ones")
        fast = "with" if importlib.util.find_spec("_ruamel_yaml") else "without"
        print(f"check-jsonschema reads YAML by ruamel.yaml, {fast} its C parser")
        print(f"CPU seconds (user and system), median of {options.rounds} rounds in turns\n")
        report(small, large, options.rounds)


def report(small: Base, large: Base, rounds: int) -> None:
    """Measure row by row, and print each as soon as it is there."""
    print(f"{'':<34}{'inc':>7}{'peer':>9}  {'peer':<18}{'ratio':>7}{'must':>7}{'aim':>6}")
    few = cold_rows(small, rounds, "0.4")
    many = cold_rows(large, rounds, "0.25")
    numbers = itertools.count()
    run(large.work(CHECK))
    warm = medians({"inc": large.work(CHECK, lambda: large.change(numbers)), "ajv": large.work(large.ajv())}, rounds)
    row(f"warm, {len(large.records):,}, one changed", warm, "ajv", "0.3", "0.1")
    run(large.work(CHECK))
    one = large.records[:1]
    single = medians({"inc": large.work([INC, "check", *one]), "check-jsonschema": large.work(large.peer(one))}, rounds)
    row(f"one file of {len(large.records):,}, warm", single, "check-jsonschema", "0.8", "0.4")
    version = medians(
        {"inc": large.work([INC, "--version"]), "python -c pass": large.work([sys.executable, "-c", "pass"])}, rounds
    )
    row("inc --version", version, "python -c pass", "6", "4")
    growth = many["inc"].seconds / few["inc"].seconds
    print(f"\n{'growth, cold, five times as many':<34}{growth:>6.2f} x{'':>35}{'5.5':>7}")
    print(
        f"{f'peak memory, cold, {len(large.records):,}':<34}{many['inc'].megabytes:>5.0f} MB{'':>35}{'400':>7}{'150':>6}"
    )


def cold_rows(base: Base, rounds: int, must: str) -> dict[str, Run]:
    """Measure all three tools with nothing kept, print ours beside either peer, and return what each took."""
    runs = medians(
        {
            "inc": base.work(CHECK, base.forget),
            "check-jsonschema": base.work(base.peer()),
            "ajv": base.work(base.ajv()),
        },
        rounds,
    )
    row(f"cold, {len(base.records):,} records", runs, "check-jsonschema", must)
    row("", runs, "ajv", "", "1.0")
    return runs


if __name__ == "__main__":
    main()
