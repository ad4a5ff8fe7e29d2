"""What the pages need of a site's configuration and files: our looks and scripts, template parts and Markdown extensions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files

from incidentbook import site
from incidentbook.site import assets

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = get_plugin_logger(__name__)
EXTENSIONS = ("attr_list", "md_in_html", "tables", "incidentbook.site.finished")


def provide(config: MkDocsConfig, *more: Path) -> None:
    """Add our looks and scripts, our few template parts and the Markdown extensions of the pages; no web fonts."""
    for folder in (site.THEME, *more):
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(folder))
    for ending, named in zip(assets.ENDINGS, (config.extra_css, config.extra_javascript), strict=True):
        if assets.address(ending) not in named:
            named.append(assets.address(ending))
    config.markdown_extensions.extend(name for name in EXTENSIONS if name not in config.markdown_extensions)
    if "pymdownx.superfences" not in config.markdown_extensions:
        config.markdown_extensions.append("pymdownx.superfences")
    if config.theme.name == "material" and config.theme.get("font") is not False:
        log.info("Web fonts are left out: a reader's browser asks nobody else (theme: font: false says so too)")
        config.theme["font"] = False


def put_together(files: Files, config: MkDocsConfig, *more: Path) -> None:
    """Replace the files of our looks and scripts by one of each."""
    for ending in assets.ENDINGS:
        parts = assets.parts(ending, *more)
        for file in [files.get_file_from_path(path) for path in parts]:
            if file is not None:
                files.remove(file)
        files.append(File.generated(config, assets.address(ending), content="\n".join(parts.values())))
