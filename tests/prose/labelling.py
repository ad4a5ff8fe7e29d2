"""Real post-mortems and their hand-made labels: which sentences there are, which were drawn, and which still lack a label.

`python tests/prose/labelling.py` lists what is flagged, or drawn, and not labelled yet. It prints the sentences, which stay
on the terminal; labels.json holds locations and labels only.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incidentbook.prose import Flag, Kind, Sentence, flags, sentences
from incidentbook.prose.given_names import GIVEN_NAMES

ROOT = Path(__file__).parents[2]
LABELS = Path(__file__).with_name("labels.json")
DATA = Path(os.environ.get("INCIDENTBOOK_TEST_DATA") or ROOT.parent / "shared" / "data")
FOLDER = "3_postmortems"
NOT_GENUINE = "icco"  # summaries written by a program: no authentic prose
SEED, DRAWN, WORDS = 20261124, (210, 10), 5  # a second, smaller draw: of 220 statements some 200 are not flagged
# A wide net of words: what it catches and the checker does not is read in full, as random draws alone would see too little.
NET = re.compile(
    r"\b(?:(?:should|could|would|might|ought)(?:n.t| not)? (?:have|of|to have|.ve)|(?:should|could|would).ve|if only|"
    r"hindsight|human|mistak\w*|forg[eo]t\w*|neglig\w*|neglect\w*|careless\w*|blam\w*|faults?|overlook\w*|oversight|"
    r"accident\w*|inadvert\w*|fail(?:ed|ure|ing)? to|ignored|rushed|mis(?:understood|understanding|judged|read|configured)|"
    r"wrongly|incorrectly|typo|missed|unaware|lack of|poor(?:ly)?|not enough|sloppy|responsib\w*|assum\w*|nobody|no one|someone|"
    r"(?:did not|didn.t) (?:check|test|follow|notice|reali[sz]e|verify|read|communicate|catch|know)|"
    r"without (?:test|check|review|com|tell|ask|inform)\w*)\b",
    re.IGNORECASE,
)
CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w-]+")


@dataclass(frozen=True, slots=True)
class Read:
    """One sentence of the data, with what the checker says about it."""

    path: str
    sentence: Sentence
    flags: tuple[Flag, ...]

    @property
    def key(self) -> tuple[str, int, str]:
        """How labels.json calls it."""
        return self.path, self.sentence.whole.line, hashlib.sha256(self.sentence.text.encode()).hexdigest()[:12]


def read(data: Path = DATA) -> list[Read]:
    """Return every sentence of the genuine post-mortems, in the order of the files' names."""
    return [item for path in sorted(_files(data)) for item in _read(data, path)]


def _files(data: Path) -> Iterator[Path]:
    for path in (data / FOLDER).rglob("*"):
        if path.is_file() and NOT_GENUINE not in path.parts:
            yield path


def _read(data: Path, path: Path) -> Iterator[Read]:
    text = path.read_text(encoding="utf-8", errors="replace")
    found: dict[Any, list[Flag]] = {}
    for flag in flags(text):
        found.setdefault(flag.sentence.whole, []).append(flag)
    for sentence in sentences(text):
        yield Read(path.relative_to(data).as_posix(), sentence, tuple(found.get(sentence.whole, ())))


def draw(items: list[Read]) -> list[Read]:
    """Draw statements: one from each of so many equal slices of all files in order, so that each file has its share.

    Flagged ones are drawn too, so that the draw and its labels stay when the checker changes.
    """
    pool = [item for item in items if is_statement(item.sentence)]
    generator = random.Random(SEED)  # noqa: S311 - a sample, no secret
    slices = (itertools.pairwise(len(pool) * i // count for i in range(count + 1)) for count in DRAWN)
    return [pool[generator.randrange(start, end)] for start, end in itertools.chain.from_iterable(slices)]


def is_statement(sentence: Sentence) -> bool:
    """Whether it is long enough to say something about somebody: no heading, at least five words."""
    return sentence.kind is not Kind.HEADING and len(sentence.text.split()) >= WORDS


def is_in_net(sentence: Sentence) -> bool:
    """Whether the wide net catches it: a telling word, an at sign, a given name."""
    return bool(
        NET.search(sentence.text)
        or "@" in sentence.text
        or any(word.lower() in GIVEN_NAMES for word in CAPITAL.findall(sentence.text))
    )


def labels() -> dict[tuple[str, int, str, str], dict[str, Any]]:
    """Return the labels, by location and category (the checker's for flagged sentences, else empty)."""
    plain = json.loads(LABELS.read_text(encoding="utf-8")) if LABELS.exists() else []
    return {(item["path"], item["line"], item["sha256"], item.get("flag", "")): item for item in plain}


def wilson(hits: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """Return the 95 per cent interval of a share."""
    if total == 0:
        return 0.0, 1.0
    share, square = hits / total, z * z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = z / (1 + square / total) * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


def main() -> None:
    """Print what has no label."""
    known, items = labels(), read()
    drawn = {item.key for item in draw(items)}
    for item in items:
        text = item.sentence.text
        for flag in item.flags:
            if (*item.key, flag.category.value) not in known:
                print("flagged", *item.key, flag.category.value, f"«{flag.words}»", text)  # noqa: T201
        if not item.flags and (*item.key, "") not in known and (item.key in drawn or is_in_net(item.sentence)):
            print("drawn" if item.key in drawn else "net", *item.key, text)  # noqa: T201


if __name__ == "__main__":
    main()
