"""One text that stands for values: it is what it was where they are what they were."""

from __future__ import annotations

import json

from incidentbook import files


def stamp(values: object) -> str:
    """Return what stands for plain data, as `files.digest` stands for a content."""
    return files.digest(json.dumps(values).encode())
