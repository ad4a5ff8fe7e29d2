"""Mutation testing of the rules: `make mutants`, or `make mutants ARGS="files freshness"` for some families.

mutmut changes the rules in every small way that it knows, and the tests of a rule have to notice. A change that they do not
notice has to stand in survivors.txt; there a line that ends in a reason is one that cannot matter.

mutmut knows the layouts `.`, `src` and `source` and writes to `mutants/`; so it runs in build/mutants, where links show it
this repository in the layout that it knows.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "mutants"
RULES = WORK / "mutants" / "src" / "incidentbook" / "rules"
KNOWN = Path(__file__).with_name("survivors.txt")
LINKS = {"src": "tooling"} | {
    name: name for name in ("tests", "schemas", "incidents", "postmortems", "playbooks", "policy", "pyproject.toml")
}
OPEN = "open"  # in place of a reason: nobody has looked yet
KILLED, NO_TESTS = (
    (1, 3, 36, 24, -24, 152, 255),
    (5, 33),
)  # exit statuses, as mutmut has them: a run without end is noticed too


def main() -> int:
    """Run mutmut over what the arguments name and say what survived; 1 where it is not known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "modules", nargs="*", help="families or modules below incidentbook.rules; all when none is given"
    )
    parser.add_argument("--update", action="store_true", help="write tests/mutation/survivors.txt anew; reasons stay")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    prepare()
    wanted = [f"incidentbook.rules.{name}.*" for name in options.modules]
    log = WORK / "log.txt"
    with log.open("wb") as output:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "mutation")}
        command = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", str(options.jobs), *wanted]
        status = subprocess.run(
            command, cwd=WORK, env=environment, stdout=output, stderr=output, check=False
        ).returncode
    if status:
        say(log.read_text(encoding="utf-8", errors="replace").replace("\r", "\n")[-3000:])
        return status
    return judge(verdicts(options.modules), options.modules, update=options.update)


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def prepare() -> None:
    """Make the folder that mutmut runs in, with nothing of an earlier run."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    for name, target in LINKS.items():
        (WORK / name).symlink_to(ROOT / target)


def verdicts(modules: list[str]) -> dict[str, int]:
    """Return mutmut's exit status for each mutant of ``modules`` that it ran."""
    found: dict[str, int] = {}
    for meta in sorted(RULES.rglob("*.meta")):
        module = meta.relative_to(RULES).with_suffix("").with_suffix("").as_posix().replace("/", ".")
        if within(module, modules):
            found |= json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def within(module: str, modules: list[str]) -> bool:
    """Tell whether a dotted name lies below one of ``modules``, or none is named."""
    return not modules or any(module == name or module.startswith(f"{name}.") for name in modules)


def judge(found: dict[str, int], modules: list[str], *, update: bool) -> int:
    """Compare what survived of ``modules`` with what is known to; an update leaves the lines of all others alone."""
    known = dict(line.rsplit(" ## ", 1) for line in KNOWN.read_text(encoding="utf-8").splitlines() if " ## " in line)
    survived = {described(name): name for name, status in found.items() if status not in KILLED}
    counts = Counter(
        "killed" if status in KILLED else "no tests" if status in NO_TESTS else "survived" for status in found.values()
    )
    score = 100 * counts["killed"] / max(1, len(found))
    say(f"{len(found):,} mutants: {', '.join(f'{n:,} {name}' for name, n in sorted(counts.items()))} ({score:.1f} %)")
    excused = sum(known.get(text, OPEN) != OPEN for text in survived)
    say(
        f"Of those that live, {excused:,} cannot matter, by the reason given for each; {len(survived) - excused:,} are open."
    )
    if update:
        others = {text: reason for text, reason in known.items() if not within(text.partition(":")[0], modules)}
        kept = others | {text: known.get(text, OPEN) for text in survived}
        lines = [f"{text} ## {reason}\n" for text, reason in sorted(kept.items())]
        KNOWN.write_text("".join(lines), encoding="utf-8")
        return 0
    new = sorted(text for text in survived if text not in known)
    for text in new:
        say(f"\n{survived[text]}\n  {text}")
    if new:
        say("\nNo test notices these changes. Write one; or, where a change cannot matter, add its line to")
        say("tests/mutation/survivors.txt with ` ## ` and the reason.")
    return 1 if new else 0


def described(name: str) -> str:
    """Return a mutant as its function and what it changes: its number moves with every line above it."""
    diff = subprocess.run(
        [str(Path(sys.executable).with_name("mutmut")), "show", name], cwd=WORK, capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    changed = [line for line in diff.splitlines() if re.match(r"[-+](?![-+]{2})", line)]
    before, after = ("; ".join(" ".join(line[1:].split()) for line in changed if line[0] == sign) for sign in "-+")
    function = name.removeprefix("incidentbook.rules.").partition("__mutmut_")[0].replace(".x_", ".")
    return f"{function}: {before} => {after}"


if __name__ == "__main__":
    sys.exit(main())
