"""All incidents as one lean table with the form that narrows it: finished HTML, a row of which costs few bytes on the wire.

The script ``theme/assets/incidents.js`` reads what it needs from the table itself. Services and factors, of which a row may have
many, are the places of their options in the form (``data-s``, ``data-f``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from incidentbook import slices
from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.records.policy.factors import Factors
from incidentbook.records.policy.services import Services
from incidentbook.records.vocabulary import IncidentType, Severity, Status
from incidentbook.site import markup, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place

_HEADER = ("Incident", "Started", "Severity", "Type", "Services", "Duration", "Status")
_MOST_SERVICES = 3
_QUARTERS = 8
_LATELY = (("30d", "Last 30 days"), ("90d", "Last 90 days"), ("365d", "Last 365 days"))
_OVER = (Status.RESOLVED, Status.CLOSED)
_SEVERITY_CLASSES = {severity.value: f"s{severity.value[-1]}" for severity in Severity}
_WORDS = (
    '<p class="ib-filter__field ib-filter__field--words"><label for="ib-words">Words</label><input id="ib-words" name="q" '
    'type="search" autocomplete="off" spellcheck="false" placeholder="Title, id or service"></p>'
)
Pairs = Sequence[tuple[Entry[Incident], Incident]]


def table(site: Site, place: Place, found: Pairs) -> str:
    """Return the form and the table of all incidents, in their order."""
    incidents = [item for _, item in found]
    services = _ordered(site.repo.policy(Services).name, (slug for item in incidents for slug in item.services))
    factors = _ordered(site.repo.policy(Factors).name, (slug for item in incidents for slug in _factors(site, item)))
    form = _form(site, incidents, services, factors)
    places = {slug: place for place, slug in enumerate(services)}, {slug: place for place, slug in enumerate(factors)}
    rows = "".join(_row(site, place, entry.path, item, places) for entry, item in found)
    content = f"{markup.columns_head(_HEADER)}<tbody>{rows}</tbody>"
    made = markup.block(content, "ib-rows ib-rows--incidents", "table")
    status = '<p class="ib-filter__count" role="status" aria-live="polite"></p>'
    more = '<p class="ib-filter__more" hidden><button type="button" class="ib-button">Show more</button></p>'
    empty = '<p class="ib-filter__empty" hidden>No incident is like that. Take a condition away.</p>'
    return markup.block(f'{form}{status}<div class="ib-rows__scroll">{made}</div>{empty}{more}', "ib-register")


def _ordered(name: Callable[[str], str], slugs: Iterable[str]) -> dict[str, str]:
    """Return names by slug, in the order of the names."""
    return dict(sorted(((slug, name(slug)) for slug in set(slugs)), key=lambda pair: (pair[1].lower(), pair[0])))


def _factors(site: Site, incident: Incident) -> list[str]:
    return [label for label in slices.labels(site.repo, incident, "factor") if label != slices.NONE]


def _row(site: Site, place: Place, source: str, item: Incident, places: tuple[dict[str, int], dict[str, int]]) -> str:
    data = [
        f' data-{name}="{" ".join(str(known[slug]) for slug in slugs)}"'
        for name, known, slugs in (
            ("s", places[0], dict.fromkeys(item.services)), ("f", places[1], _factors(site, item)),
        )
        if slugs
    ]  # fmt: skip
    name = place.link(site.pages.sources[source], text.escape(item.title, begins=False) or "Untitled")
    marks = "".join(
        f" <i>{mark}</i>" for mark, holds in (("Drill", item.exercise), ("Near miss", item.near_miss)) if holds
    )
    severity = item.severity or Severity.UNCLASSIFIED
    cells = (
        text.escape(site.day(item.started), begins=False),
        f'<b class="{_SEVERITY_CLASSES[severity.value]}">{severity.label if item.severity else "Unknown"}</b>',
        item.type.label if item.type else "",
        text.escape(site.services(item, _MOST_SERVICES), begins=False),
        text.escape(site.duration(item), begins=False),
        _status(item),
    )
    first = f'<th scope="row">{name}{marks}<small>{text.escape(item.id, begins=False) or "no id"}</small></th>'
    return f"<tr{''.join(data)}>{first}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _status(item: Incident) -> str:
    if item.status is None:
        return "Unknown"
    label = item.status.value.capitalize()
    if item.status.is_open and not item.unresolved_when_last_seen:
        return f'<b class="o">{label}</b>'
    return label


def _form(site: Site, incidents: Sequence[Incident], services: Mapping[str, str], factors: Mapping[str, str]) -> str:
    severities = [severity for severity in Severity if any(item.severity is severity for item in incidents)]
    types = {kind.value: kind.label for kind in IncidentType if any(item.type is kind for item in incidents)}
    fields = (
        _WORDS,
        _checks(severities),
        '<p class="ib-filter__field ib-filter__field--clear"><button type="reset" class="ib-button">Clear all</button></p>',
        _select("type", "Type", types),
        _select("service", "Service", services),
        _select("factor", "Factor", factors),
        _periods(site, incidents),
    )
    now = site.today
    return (
        f'<form class="ib-filter" role="search" aria-label="Filter incidents" data-now="{now}">{"".join(fields)}</form>'
    )


def _checks(severities: Sequence[Severity]) -> str:
    if len(severities) < 2:  # noqa: PLR2004 - nothing to choose
        return ""
    boxes = "".join(
        f'<label class="{_SEVERITY_CLASSES[item.value]}"><input type="checkbox" name="severity" value="{item.value}">'
        f"<span>{item.label}</span></label>"
        for item in severities
    )
    return f'<fieldset class="ib-filter__field ib-filter__field--checks"><legend>Severity</legend>{boxes}</fieldset>'


def _select(name: str, label: str, options: Mapping[str, str]) -> str:
    if not options:
        return ""
    made = "".join(
        f'<option value="{text.attribute(value)}">{text.escape(said, begins=False)}</option>'
        for value, said in options.items()
    )
    return (
        f'<p class="ib-filter__field"><label for="ib-{name}">{label}</label>'
        f'<select id="ib-{name}" name="{name}"><option value="">Any</option>{made}</select></p>'
    )


def _periods(site: Site, incidents: Sequence[Incident]) -> str:
    """Return the choice of a period, in the words of the grammar that all commands use; a month is one in the address."""
    days = [item.started.astimezone(site.repo.zone).date() for item in incidents if item.started]
    if not days:
        return ""
    options = "".join(f'<option value="{value}">{label}</option>' for value, label in _LATELY)
    years = "".join(f'<option value="{year}">{year}</option>' for year in range(max(days).year, min(days).year - 1, -1))
    quarters = "".join(f'<option value="{label}">{label}</option>' for label in _quarters(max(days), min(days)))
    return (
        '<p class="ib-filter__field"><label for="ib-period">Started in</label><select id="ib-period" name="period">'
        f'<option value="">Any time</option>{options}<optgroup label="Quarters">{quarters}</optgroup>'
        f'<optgroup label="Years">{years}</optgroup><option value="..">Between two days</option></select></p>'
        '<p class="ib-filter__field ib-filter__field--days" hidden><label for="ib-from">From</label>'
        '<input id="ib-from" type="date"><label for="ib-to">to</label><input id="ib-to" type="date"></p>'
    )


def _quarters(last: dt.date, first: dt.date) -> list[str]:
    place, begin = (day.year * 4 + (day.month - 1) // 3 for day in (last, first))
    return [f"{one // 4}-Q{one % 4 + 1}" for one in range(place, max(begin, place - _QUARTERS + 1) - 1, -1)]
