"""What programs read of the published knowledge base: JSON files with published schemas, each narrowed as the pages are.

One module a resource, found by its name. Files of one record hold no "now", so that a record that is as it was leaves its file as
it was.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType

import orjson

from incidentbook import outputs, resources
from incidentbook.records.time import utc_text
from incidentbook.site import feeds
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.data_file import DataFile
from incidentbook.site.interface import _paths

ROOT = "api/v1"
INDEX = f"{ROOT}/index.json"


def of_page(page: str) -> str:
    """Return the path, below the root of the site, of the file that holds the record of a page: the two are called alike."""
    return f"{ROOT}/{_paths.of(page)}"


def render(site: Site, addresses: Addresses) -> Iterator[DataFile]:
    """Yield every file: the index, the resources in it, and the schemas that they keep to."""
    yield DataFile(INDEX, functools.partial(_text, "site-index-output", functools.partial(_index, site)))
    for module in registry():
        for one in module.render(site, addresses):
            yield DataFile(f"{ROOT}/{one.path}", functools.partial(_text, one.schema, one.says), one.basis)
    for name in schema_names():
        yield DataFile(f"{ROOT}/{_schema(name)}", resources.schema_text(name))


@functools.cache
def registry() -> tuple[ModuleType, ...]:
    """Return the modules of all resources in their order (``ORDER``, then name)."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(sorted(modules, key=lambda module: (module.ORDER, module.__name__)))


def schema_names() -> list[str]:
    """Return the names of the schemas that are published beside the files."""
    return sorted({"site-index-output", *(name for module in registry() for name in module.SCHEMAS)})


def _index(site: Site) -> Mapping[str, object]:
    """Say what there is, where, and by which schema."""
    resources_ = [
        {"name": module.NAME, "path": module.PATH, "description": module.SAID, "schema": _schema(module.SCHEMAS[0])}
        for module in registry()
    ]
    subscribed = [
        {"title": module.TITLE, "path": f"../../{module.PATH}", "media_type": module.MEDIA}
        for module in feeds.registry()
    ]
    return {
        "knowledge_base": site.knowledge_base.name,
        "audience": site.audience.value,
        "as_of": utc_text(site.now),
        "resources": resources_,
        "feeds": subscribed,
    }


def _schema(name: str) -> str:
    return f"schemas/{name}.schema.json"


def _text(name: str, says: Callable[[], Mapping[str, object]]) -> str:
    whole = {"schema": outputs.identity(name), **says()}
    return orjson.dumps(whole, option=orjson.OPT_APPEND_NEWLINE).decode()
