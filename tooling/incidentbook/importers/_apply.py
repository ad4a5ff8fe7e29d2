"""An import from files to the knowledge base: read all, decide all, then write under the lock, one record at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from incidentbook import files, repository
from incidentbook.errors import EditError, ImportFileError, IncidentbookError
from incidentbook.frozen import frozen
from incidentbook.importers import Importer, _record, _services
from incidentbook.importers._model import ReadFile, Result
from incidentbook.importers._plan import Here, Plan, all_ids, highest_numbers, in_order
from incidentbook.importers._read import read_json
from incidentbook.repository import Repository
from incidentbook.writer import lock, write_text

Progress = Callable[[Iterable[Any], int, str], Iterable[Any]]
SERVICES = "policy/services.yml"


@frozen
class Report:
    """What an import did, or would do.

    Attributes:
        source: the importer's name.
        services: slugs that were added to ``policy/services.yml``.
        dry_run: whether nothing was written.

    """

    source: str
    files: tuple[ReadFile, ...]
    results: tuple[Result, ...]
    services: tuple[str, ...]
    dry_run: bool

    @property
    def records(self) -> int:
        """How many records stand in the files."""
        return sum(file.records for file in self.files)

    @property
    def faults(self) -> int:
        """How many records could not be imported, as against set aside on purpose."""
        return sum(1 for result in self.results if result.reason is not None and result.reason.is_fault)


def read_files(importer: Importer, paths: Sequence[Path]) -> list[ReadFile]:
    """Read and parse every file before anything is decided.

    Raises:
        ImportFileError: one of them is not JSON, or not of the importer's format.

    """
    found = []
    for path in paths:
        data, notes = read_json(path)
        try:
            found.append(ReadFile(str(path), importer.parse(data), notes))
        except ImportFileError as error:
            raise ImportFileError(f"{path}: {error}", hint="Nothing was imported.") from error
    return found


def run(
    root: Path, name: str, files: Sequence[ReadFile], services: Sequence[str], progress: Progress, *, dry_run: bool
) -> Report:
    """Import ``files`` into the knowledge base at ``root``; with ``dry_run`` only decide.

    The services come first, then the records in the order of their ids: killed half-way, no record names a service that is not
    there, and the next run goes on where this one ended.

    Raises:
        IncidentbookError: a record or policy file here cannot be read, or the lock is held.
        OSError: the disk refuses.

    """
    if dry_run:
        return _decide(root, name, files, services, progress)[0]
    with lock(root):
        report, writes = _decide(root, name, files, services, progress)
        for path, text in progress(writes, len(writes), "Writing"):
            write_text(root / path, text)
    return replace(report, dry_run=False)


def _decide(
    root: Path, name: str, files: Sequence[ReadFile], services: Sequence[str], progress: Progress
) -> tuple[Report, list[tuple[str, str]]]:
    repo = repository.load(root, lambda paths, total: progress(paths, total, "Reading"))
    plan = _start(repo, services)
    plan.reserve(files)
    for file in files:
        drafts = in_order(file.parsed.drafts)
        plan.read(file, progress(drafts, len(drafts), "Importing"))
    records = sorted(plan.writes.items(), key=lambda item: repository.id_key(item[0]))
    report = Report(name, tuple(files), tuple(plan.results), tuple(plan.book.added), dry_run=True)
    return report, [*_policy_writes(repo, plan), *records]


def _start(repo: Repository, services: Sequence[str]) -> Plan:
    """Return the state before the first file: which imported records are here, and which numbers are taken."""
    here: dict[_record.Key, Here] = {}
    for entry in repo.incidents:
        value = entry.document.value
        if not isinstance(value, dict):
            where = next((f":{problem.span.line}" for problem in entry.document.problems), "")
            raise IncidentbookError(
                f"{entry.path}{where} cannot be read, so nobody can say whether it is one of the records to import",
                hint="Nothing was imported. `inc check` says what is wrong with it.",
            )
        key = _record.key_of(value.get("provenance"))
        if key is not None:
            here.setdefault(key, Here(entry.path, entry.document.text, value))
    records = ((entry.path, entry.document.value) for entry in repo.incidents)
    covered = (item for entry in repo.postmortems if entry.record for item in entry.record.incidents)
    return Plan(
        here, highest_numbers(all_ids(records, covered)), _services.Book(_known_services(repo), tuple(services))
    )


def _known_services(repo: Repository) -> dict[str, Mapping[str, Any]]:
    entry = repo.policies.get("services")
    listed = entry.document.value.get("services") if entry and isinstance(entry.document.value, dict) else None
    if not isinstance(listed, dict):
        return {}
    return {slug: value if isinstance(value, dict) else {} for slug, value in listed.items()}


def _policy_writes(repo: Repository, plan: Plan) -> list[tuple[str, str]]:
    """Return the new texts of policy files: the team that owns what nobody owns, then the services met."""
    if not plan.book.added:
        return []
    writes = []
    if _services.TEAM not in repo.knowledge_base.teams:
        writes.append((files.MARKER, _edited(repo, "knowledge-base", _services.with_team)))
    day = f"{min(highest_numbers(here.id for here in plan.here.values()), default=2000):04}-01-01"
    entry = repo.policies.get("services")
    if entry is None:
        return [*writes, (SERVICES, _services.with_services(None, plan.book.added, day))]
    return [
        *writes,
        (SERVICES, _edited(repo, "services", lambda text: _services.with_services(text, plan.book.added, day))),
    ]


def _edited(repo: Repository, policy: str, change: Callable[[str], str]) -> str:
    entry = repo.policies[policy]
    try:
        return change(entry.document.text)
    except EditError as error:
        raise EditError(
            f"{entry.path} cannot take the services that were met: {error}",
            hint="Nothing was imported. `inc check` says what is wrong with it.",
        ) from error
