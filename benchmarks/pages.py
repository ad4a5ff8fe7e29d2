"""`inc site build` cold and after one change, beside plain Material on as many pages outside its navigation: `make bench`.

Every incident has a post-mortem, so a knowledge base of 1,000 incidents has 2,000 pages and some; Material's pages have 3.75 KB.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from generate import knowledge_base, postmortem, sentence
from measure import Run, Work, compiled, run

BIN = Path(sys.executable).parent
PLAIN = "site_name: Plain\ntheme: {name: material, font: false}\nplugins: [search]\nnot_in_nav: /pages/\n"
PAGE = 3750  # bytes


class Base:
    """A generated knowledge base in which every incident has a post-mortem, and Material's site of as many pages."""

    def __init__(self, folder: Path, records: int) -> None:
        """Generate both."""
        self.records, self.folder, self.plain = records, folder / "base", folder / "plain"
        self.folder.mkdir(parents=True)
        for bad in knowledge_base(self.folder, records):
            bad.unlink()
        self.incidents = sorted((self.folder / "incidents").rglob("*.yml"))
        (self.folder / "postmortems" / "2024").mkdir(parents=True)
        for path in self.incidents:
            text = postmortem(int(path.stem.rpartition("-")[2]))
            (self.folder / "postmortems" / "2024" / f"{path.stem}.md").write_text(text, encoding="utf-8")
        (self.plain / "docs" / "pages").mkdir(parents=True)
        (self.plain / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")
        (self.plain / "docs" / "index.md").write_text("# Plain\n", encoding="utf-8")
        for number in range(len(self.incidents) * 2):
            (self.plain / "docs" / "pages" / f"p{number}.md").write_text(_page(number), encoding="utf-8")

    def build(self, *, cold: bool) -> Run:
        """Build ours: with nothing kept, or after one record was changed."""
        if cold:
            shutil.rmtree(self.folder / ".incidentbook", ignore_errors=True)
        else:
            path = random.choice(self.incidents)  # noqa: S311 - any
            text = path.read_bytes().decode()
            path.write_text(text.replace("\ntitle: ", "\ntitle: Again ", 1), encoding="utf-8", newline="")
        return run(Work([str(BIN / "inc"), "site", "build", "--audience", "internal"], self.folder))

    def material(self) -> Run:
        """Build Material's."""
        return run(Work([str(BIN / "mkdocs"), "build", "--quiet"], self.plain))

    def articles(self) -> float:
        """Return the mean size of the articles of incidents, in bytes, without the blank lines of the theme around them."""
        pages = sorted((self.folder / "site" / "incidents").glob("*/index.html"))[:200]
        found = (
            re.search(r"<article[^>]*>(.*?)</article>", page.read_text(encoding="utf-8"), re.DOTALL) for page in pages
        )
        return statistics.mean(len(match[1].strip().encode()) for match in found if match)


def _page(number: int) -> str:
    random_ = random.Random(number)  # noqa: S311 - the same files in every run
    parts = [f"# Page {number}\n"]
    while sum(map(len, parts)) < PAGE:
        parts.append(
            f"## {sentence(random_)}\n\n- **{sentence(random_)}**\n- {sentence(random_)}\n\n{sentence(random_)}.\n"
        )
    return "\n".join(parts)


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    compiled()
    with tempfile.TemporaryDirectory(prefix="incidentbook-bench-") as name:
        base = Base(Path(name).resolve(), options.records)
        rounds = [(base.build(cold=True), base.build(cold=False), base.material()) for _ in range(options.rounds)]
        cold, warm, plain = (statistics.median(r.seconds for r in runs) for runs in zip(*rounds, strict=True))
        memory = max(r.megabytes for r in rounds[0][:2])
        print(f"\nCPU seconds, median of {options.rounds}, {options.records:,} incidents with post-mortems\n")
        print(f"cold       {cold:8.2f}  {cold / plain:5.2f} x plain Material ({plain:.2f})   must 1.2, aim 0.6")
        print(f"one change {warm:8.2f}  {warm / cold:5.2f} x cold                     must 0.2, aim 0.05")
        print(f"memory     {memory:8.0f}  MB                               must 1,000, aim 400")
        print(f"article    {base.articles() / 1000:8.1f}  KB                               must 10, aim 5")


if __name__ == "__main__":
    main()
