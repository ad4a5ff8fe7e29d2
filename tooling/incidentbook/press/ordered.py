"""A search index in order: Pagefind writes filters and their values as chance has them, here they are sorted.

So the same pages give the same bytes. Its files are CBOR behind a signature, packed with gzip; the word index and the pages
come in the same order each time. Versions that we have not seen are refused by pyproject.toml.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from typing import Any

import cbor2

_SIGNATURE = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
_FILTERS = 3  # where the parts of a site's index has its filters: version, pages, words, filters


def ordered(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an index, by path, with what stood in an order of chance sorted and named by its content."""
    found = dict(files)
    entry = json.loads(found[_ENTRY])
    for language, held in entry["languages"].items():
        meta = _read(found.pop(f"pagefind.{held['hash']}.pf_meta"))
        meta[_FILTERS] = sorted(_sorted_filter(found, language, name, digest) for name, digest in meta[_FILTERS])
        packed = _written(meta)
        held["hash"] = f"{language}_{_digest(packed)}"
        found[f"pagefind.{held['hash']}.pf_meta"] = packed
    found[_ENTRY] = json.dumps(entry, separators=(",", ":")).encode()
    return found


def _sorted_filter(files: dict[str, bytes], language: str, name: str, digest: str) -> list[str]:
    """Sort the values of a filter; return its name and the new name of its file."""
    held = _read(files.pop(f"filter/{digest}.pf_filter"))
    packed = _written([held[0], sorted(held[1])])
    renamed = f"{language}_{_digest(packed)}"
    files[f"filter/{renamed}.pf_filter"] = packed
    return [name, renamed]


def _read(packed: bytes) -> Any:
    return cbor2.loads(gzip.decompress(packed).removeprefix(_SIGNATURE))


def _written(value: Any) -> bytes:
    return gzip.compress(_SIGNATURE + cbor2.dumps(value), mtime=0)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=5).hexdigest()
