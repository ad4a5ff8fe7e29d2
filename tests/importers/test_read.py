"""Files that are not what they should be end in one sentence with a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from incidentbook.errors import ImportFileError
from incidentbook.importers._read import read_json


def write(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "in.json"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b'{"a": 1,\n  "b": }', ":2:8: this is not JSON"),
        (b"", ":1:1: this is not JSON"),
        (b'{"a": 1} trailing', ":1:10: this is not JSON"),
        (b'{"a":\n "\xff"}', ":2:3: byte 0xFF is not UTF-8"),
        (b"[" * 200_000, ": the JSON cannot be read"),
        (b"1" * 5_000, ": the JSON cannot be read"),
    ],
)
def test_a_broken_file_is_refused_with_line_and_column(tmp_path: Path, data: bytes, where: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(ImportFileError) as caught:
        read_json(path)
    assert str(caught.value).startswith(f"{path}{where}")


def test_a_byte_order_mark_is_no_trouble(tmp_path: Path) -> None:
    assert read_json(write(tmp_path, b'\xef\xbb\xbf{"a": 1}')) == ({"a": 1}, ())


def test_of_a_key_given_twice_both_values_stay(tmp_path: Path) -> None:
    value, notes = read_json(write(tmp_path, b'{"a": 1, "a": 2, "a": 3}'))
    assert value == {"a": 1, "a (2)": 2, "a (3)": 3}
    assert notes == ("the key `a` is given twice in one object; the later value is kept as `a (2)`",)


def test_half_a_character_becomes_its_escape(tmp_path: Path) -> None:
    value, notes = read_json(write(tmp_path, rb'{"a": ["\ud83d", "\ud83d\ude00"]}'))
    assert value == {"a": ["\\ud83d", "\U0001f600"]}
    assert len(notes) == 1
