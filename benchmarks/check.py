"""`inc check` and check-jsonschema on the same 1,000 records with the same schema, in one run: `make bench`."""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
from pathlib import Path

from generate import knowledge_base
from measure import cpu_seconds, medians

BIN = Path(sys.executable).parent
PEER = "check-jsonschema"


def main() -> None:
    """Generate, let both agree on what is bad, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="incidentbook-bench-") as name:
        folder = Path(name).resolve()
        bad = knowledge_base(folder, options.records)
        records = sorted(str(path) for path in (folder / "incidents").rglob("*.yml"))
        size = sum(Path(path).stat().st_size for path in records) / len(records)
        theirs = [str(BIN / PEER), "--schemafile", "schemas/incident.schema.json", *records]
        ours = [str(BIN / "inc"), "check"]
        agree(ours, theirs, folder, bad)
        seconds = medians({PEER: theirs, "inc check": ours}, folder, options.rounds)
    print(f"{options.records:,} records of {size / 1024:.1f} KB, {len(bad)} of them bad; both name the same ones")
    print(f"CPU seconds (user and system), no cache, median of {options.rounds} rounds in turns\n")
    print(f"{'':<18}{'CPU s':>8}{'ratio':>9}")
    for tool, value in seconds.items():
        print(f"{tool:<18}{value:>8.2f}{value / seconds[PEER]:>7.2f} x")
    fast = "with" if importlib.util.find_spec("_ruamel_yaml") else "without"
    print(f"\ncheck-jsonschema reads YAML by ruamel.yaml, here {fast} its C parser.")
    print("It validates the records; `inc check` runs all its rules, on the policy files too.")


def agree(ours: list[str], theirs: list[str], folder: Path, bad: list[Path]) -> None:
    """Stop unless both tools find exactly the planted records bad."""
    planted = {path.relative_to(folder).as_posix() for path in bad}
    mine = json.loads(cpu_seconds([*ours, "--json"], folder)[1].stdout)
    found = {finding["path"] for finding in mine["findings"]}
    other = json.loads(cpu_seconds([*theirs, "--output-format", "json"], folder)[1].stdout)
    errors = [*other.get("errors", ()), *other.get("parse_errors", ())]
    named = {Path(error["filename"]).relative_to(folder).as_posix() for error in errors}
    if not found == named == planted:
        sys.exit(
            f"The two disagree about what is bad:\n  inc check, not planted or not found: {sorted(found ^ planted)}"
            f"\n  {PEER}, likewise: {sorted(named ^ planted)}"
        )


if __name__ == "__main__":
    main()
