"""Fuzz for a while: `make fuzz`. By hypothesis, whose failures shrink, and by atheris, which looks for code not yet reached.

A file that breaks a promise is kept below build/fuzz/<target>/, and the last lines say how to run it again.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import subprocess
import sys
import time
import traceback
from pathlib import Path
from random import Random, SystemRandom

sys.path.insert(0, str(Path(__file__).parents[1]))
FOLDER = Path(__file__).parents[2] / "build" / "fuzz"
TARGETS = (
    "loader",
    "oracle",
    "gate",
    "edits",
    "checker",
    "cached",
)  # as in targets.py, which atheris has to import itself
GUIDED = ("loader", "edits", "checker")  # where the code that is reached says something


def main() -> int:
    """Run what the arguments ask for; 1 where a target fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=240, help="for all targets together (default: 240)")
    parser.add_argument("--target", choices=TARGETS, action="append", help="only this one (may be repeated)")
    parser.add_argument("--seed", type=int, help="try the same files as every run with this number (default: new ones)")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="run a kept file again")
    parser.add_argument("--guided", choices=TARGETS, help=argparse.SUPPRESS)  # a process of atheris calls itself so
    options = parser.parse_args()
    if options.replay:
        return replay(options.replay)
    seed = SystemRandom().randrange(1, 2**31) if options.seed is None else options.seed
    if options.guided:
        return guided(options.guided, options.seconds, seed)
    chosen = options.target or TARGETS
    atheris = importlib.util.find_spec("atheris") is not None
    if not atheris:
        say("atheris is not installed here (it has wheels for Linux on x86-64 only): hypothesis alone.")
    runs = len(chosen) + sum(name in GUIDED for name in chosen) * atheris
    share = options.seconds / runs
    failed = 0
    for name in chosen:
        failed |= generated(name, share, seed)
        if atheris and name in GUIDED:
            failed |= in_a_process(name, share, seed)
    return failed


def say(line: str) -> None:
    """Print a line now."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def generated(name: str, seconds: float, begin: int) -> int:
    """Try new files until the time is up; let hypothesis shrink one that fails."""
    from hypothesis import HealthCheck, given, seed, settings  # noqa: PLC0415 - atheris runs without
    from hypothesis import strategies as st  # noqa: PLC0415

    from fuzz import targets  # noqa: PLC0415 - see above
    from fuzz.texts import File, make  # noqa: PLC0415

    begun, tried, last = time.monotonic(), 0, File("", "")
    numbers = Random(begin)  # noqa: S311 - no secret
    while time.monotonic() < begun + seconds:
        number = numbers.randrange(2**32)

        @seed(number)
        @settings(max_examples=50, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(st.randoms(use_true_random=False))
        def holds(random: Random) -> None:
            nonlocal tried, last
            tried += 1
            file = make(random)
            try:
                targets.TARGETS[name](file)
            except Exception:
                last = file
                raise

        try:
            holds()
        except Exception:  # noqa: BLE001 - whatever it is, it is a finding
            traceback.print_exc()
            report(name, keep(name, last))
            return 1
    say(f"{name:<8} hypothesis {tried:>7,} files: holds")
    return 0


def keep(name: str, file: tuple[str, str]) -> Path:
    """Write a file that fails; return where."""
    path, data = file[0], file[1].encode("utf-8", "surrogateescape")
    kept = FOLDER / name / hashlib.sha256(path.encode() + data).hexdigest()[:12] / path
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(data)
    return kept


def report(name: str, kept: Path) -> None:
    """Say which file fails and how to run it again."""
    say(f'{name} fails on a file, kept as {kept}\nRun it again: make fuzz ARGS="--replay {kept}"')


def replay(path: Path) -> int:
    """Run a kept file again; its path names the target and its place in a knowledge base."""
    from fuzz import targets  # noqa: PLC0415 - see above
    from fuzz.texts import File  # noqa: PLC0415

    parts = path.resolve().parts
    at = max((place for place, part in enumerate(parts) if part in TARGETS), default=None)
    if at is None:
        say(f"{path} does not lie where a target keeps its files: build/fuzz/TARGET/DIGEST/ and its place below that")
        return 2
    file = File("/".join(parts[at + 2 :]), path.read_bytes().decode("utf-8", "surrogateescape"))
    targets.TARGETS[parts[at]](file)
    say(f"{path}: {parts[at]} holds")
    return 0


def in_a_process(name: str, seconds: float, seed: int) -> int:
    """Let atheris run in a process of its own, since it ends the one that it runs in."""
    log = FOLDER / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        command = [sys.executable, __file__, "--guided", name, "--seconds", str(seconds), "--seed", str(seed)]
        status = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, check=False).returncode
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    if status:
        say("\n".join(lines[-40:]))
        return 1
    runs = next((line.split()[1] for line in reversed(lines) if line.startswith("Done ")), "0")
    say(f"{name:<8} atheris    {int(runs):>7,} files: holds")
    return 0


def guided(name: str, seconds: float, begin: int) -> int:
    """Fuzz by coverage of this package. Never returns: libFuzzer ends the process."""
    import atheris  # noqa: PLC0415 - not everywhere

    with atheris.instrument_imports(include=["incidentbook"]):
        from fuzz import targets  # noqa: PLC0415 - so that atheris sees what it imports
        from fuzz.texts import NAMES, File, damage, read  # noqa: PLC0415

    def file_of(data: bytes) -> File:
        head, _, text = data.decode("utf-8", "surrogateescape").partition("\n")
        return File(head if head in NAMES else NAMES[len(data) % len(NAMES)], text)

    def one(data: bytes) -> None:
        file = file_of(data)
        try:
            targets.TARGETS[name](file)
        except Exception:
            report(name, keep(name, file))
            raise

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        if seed % 3 == 0:
            return bytes(atheris.Mutate(data, most))
        file = file_of(data)
        made = damage(Random(seed), file.text)  # noqa: S311 - no secret
        return f"{file.name}\n{made}".encode("utf-8", "surrogateescape")[:most]

    corpus = FOLDER / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(NAMES):
        (corpus / f"seed-{number}").write_text(f"{path}\n{read(path)}", encoding="utf-8")
    time_left = f"-max_total_time={max(1, int(seconds))}"
    arguments = [time_left, f"-seed={begin}", "-max_len=20000", "-timeout=20", "-rss_limit_mb=2048"]
    atheris.Setup(
        [sys.argv[0], *arguments, f"-artifact_prefix={FOLDER}/{name}-", str(corpus)], one, custom_mutator=mutate
    )
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
