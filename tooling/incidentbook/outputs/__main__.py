"""``python -m incidentbook.outputs`` writes the published schemas of all outputs anew."""

from __future__ import annotations

import json
from pathlib import Path

from incidentbook import outputs, resources


def write(folder: Path) -> None:
    """Write the schema of every output into ``folder``."""
    for name in outputs.registry():
        text = json.dumps(outputs.schema(name), indent=2, ensure_ascii=False) + "\n"
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(resources.schemas_dir())
