"""MkDocs as a library: its configuration with our options put in, a build and a preview whose messages are sentences."""

from __future__ import annotations

import contextlib
import html
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from incidentbook import resources
from incidentbook.cli import _context
from incidentbook.errors import IncidentbookError
from incidentbook.repository import Repository

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.plugins import BasePlugin

    from incidentbook.mkdocs_plugin import IncidentbookPlugin

PLUGIN = "incidentbook"
Options = dict[str, Any]


class SiteError(IncidentbookError):
    """The site cannot be made: the configuration, a folder or a port is not as it must be."""


class Messages(logging.Handler):
    """Collects what MkDocs warns of, and shows each warning once as it comes."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message; print a new one."""
        message = record.getMessage()
        if message not in self.seen:
            self.seen.append(message)
            print(f"{record.levelname.lower()}: {message}", file=sys.stderr)  # noqa: T201 - a handler's purpose


@contextlib.contextmanager
def messages() -> Iterator[Messages]:
    """Listen to MkDocs, and to nothing that the theme has to say about its own future."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    handler, logger = Messages(), logging.getLogger("mkdocs")
    logger.addHandler(handler)
    before, logger.propagate = logger.propagate, False
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
        logger.propagate = before


@contextlib.contextmanager
def options(repo: Repository, own: Options, **given: Any) -> Iterator[Options]:
    """Yield the arguments of ``load_config``: the knowledge base's ``mkdocs.yml``, or ours where it has none.

    Args:
        repo: the knowledge base.
        own: options of our plugin that go before those in ``mkdocs.yml``.
        given: settings of MkDocs that go before those in ``mkdocs.yml``.

    """
    from mkdocs.utils.yaml import yaml_load  # noqa: PLC0415

    path = next((repo.root / name for name in ("mkdocs.yml", "mkdocs.yaml") if (repo.root / name).is_file()), None)
    with contextlib.ExitStack() as stack:
        if path is None:
            path = resources.templates_dir() / "mkdocs.yml"
            docs = repo.root / "docs"
            if not docs.is_dir():
                docs = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="incidentbook-docs-")))
            given = {
                "site_name": html.escape(repo.knowledge_base.name, quote=False),
                "docs_dir": str(docs.resolve()),
                **given,
            }
            own = {"root": str(repo.root.resolve()), **own}
        with path.open("rb") as stream:
            try:
                written = yaml_load(stream) or {}
            except Exception as error:  # MkDocs raises YAML's own errors, and those of its environment tags
                raise SiteError(f"{path} cannot be read: {' '.join(str(error).split())}") from error
        yield {
            "config_file": str(path.resolve()),
            "plugins": _plugins(written.get("plugins", ["search"]), own),
            **given,
        }


def _plugins(written: object, own: Options) -> dict[str, Any]:
    """Return the plugins by name with our options merged into ours, which is added where it is missing.

    A mapping, because MkDocs empties the items of a list as it reads them, and a preview reads them again and again.
    """
    found: dict[str, Any] = {}
    for item in [written] if isinstance(written, dict) else written if isinstance(written, list) else []:
        found |= item if isinstance(item, dict) else {str(item): None}
    found[PLUGIN] = {**(found.get(PLUGIN) or {}), **own}
    return {name: options or {} for name, options in found.items()}


def build(arguments: Options) -> MkDocsConfig:
    """Build the site and return the configuration that it was built with.

    Raises:
        SiteError: the configuration is wrong, or the knowledge base cannot be read.
        mkdocs.exceptions.Abort: there were warnings in a strict build.

    """
    from mkdocs.commands.build import build as build_site  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    with _sentences():
        config = load_config(**arguments)
        if sys.stderr.isatty():
            config.plugins["incidentbook/progress"] = _progress()
            cast("IncidentbookPlugin", config.plugins[PLUGIN]).progress = _context.progress
        build_site(config)
    return config


def serve(arguments: Options) -> None:
    """Show the site at a local address until interrupted, rebuilt on every change. Raises SiteError."""
    from mkdocs.commands.serve import serve as serve_site  # noqa: PLC0415

    with _sentences():
        serve_site(**arguments)


@contextlib.contextmanager
def _sentences() -> Iterator[None]:
    """Turn the errors of MkDocs, except a failed strict build, into ours."""
    from mkdocs.exceptions import Abort, ConfigurationError, PluginError  # noqa: PLC0415

    try:
        yield
    except (ConfigurationError, PluginError) as error:
        raise SiteError(str(error)) from error
    except Abort as error:
        if "strict" in str(error):
            raise
        raise SiteError("The site was not built; the reason stands above.") from error


def _progress() -> BasePlugin[Any]:
    """Return a plugin that shows a bar once a build has taken more than a second."""
    from mkdocs.plugins import BasePlugin  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    class ProgressPlugin(BasePlugin[Any]):  # type: ignore[no-untyped-call] # MkDocs types all but this hook
        """Counts every page twice: when it is read and when it is written."""

        def __init__(self) -> None:
            self.bar, self.started = Progress(console=Console(stderr=True), transient=True), time.monotonic()
            self.task = self.bar.add_task("Building", total=None, visible=False)

        def on_files(self, files: Any, **_: Any) -> None:
            """Learn how many pages there are."""
            self.bar.start()
            self.bar.update(self.task, total=2 * len(files.documentation_pages()))

        def on_page_content(self, *_: Any, **__: Any) -> None:
            """A page was read."""
            self.bar.update(self.task, advance=1, visible=time.monotonic() - self.started > 1)

        def on_post_page(self, *_: Any, **__: Any) -> None:
            """A page was written."""
            self.on_page_content()

        def on_post_build(self, **_: Any) -> None:
            """Leave the terminal as it was."""
            self.bar.stop()

        def on_build_error(self, **_: Any) -> None:
            """The same when it failed."""
            self.bar.stop()

    return ProgressPlugin()
