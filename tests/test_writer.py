"""Writing loses nothing: the old file or the new one, never half of one; one writer at a time."""

from __future__ import annotations

import multiprocessing
import os
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from incidentbook import writer
from incidentbook.errors import LockedError


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.yml"
    path.write_bytes(b"id: old\n")
    return path


def test_a_file_is_replaced(record: Path) -> None:
    writer.write_text(record, "id: new\n")
    assert record.read_bytes() == b"id: new\n"
    assert list(record.parent.iterdir()) == [record]


def test_folders_are_made(tmp_path: Path) -> None:
    writer.write_text(tmp_path / "incidents/2025/INC-2025-001.yml", "id: INC-2025-001\n")
    assert (tmp_path / "incidents/2025/INC-2025-001.yml").read_text(encoding="utf-8") == "id: INC-2025-001\n"


@pytest.mark.parametrize(
    "text", ["a: 1\r\nb: 2\r\n", "a: 1\rb: 2", "", "no end", "ü\u2028€\U0001f600\n", "\ufeffid: x\n"]
)
def test_every_byte_is_as_given(record: Path, text: str) -> None:
    writer.write_text(record, text)
    assert record.read_bytes() == text.encode("utf-8")


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o400])
def test_the_mode_stays(record: Path, mode: int) -> None:
    record.chmod(mode)
    writer.write_text(record, "id: new\n")
    assert stat.S_IMODE(record.stat().st_mode) == mode


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        writer.write_text(tmp_path / "new.yml", "id: new\n")
        assert stat.S_IMODE((tmp_path / "new.yml").stat().st_mode) == mode
        assert os.umask(umask) == umask, "the process keeps its umask"
    finally:
        os.umask(before)


@pytest.mark.parametrize("step", ["replace", "fsync", "write"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    record: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    elif step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(os, "fchmod", fail)
    with pytest.raises(OSError, match="No space left"):
        writer.write_text(record, "id: new\n")
    assert record.read_bytes() == b"id: old\n"
    assert list(record.parent.iterdir()) == [record]


def test_text_that_is_no_unicode_leaves_the_old_file(record: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        writer.write_text(record, "id: \ud800\n")
    assert record.read_bytes() == b"id: old\n"
    assert list(record.parent.iterdir()) == [record]


KILLED = """
import os, pathlib, signal, sys
from incidentbook import writer
real = os.fsync
def die(handle):
    real(handle)
    os.kill(os.getpid(), signal.SIGKILL)
os.fsync = die
writer.write_text(pathlib.Path(sys.argv[1]), "id: new, and longer than before\\n" * 1000)
"""


def test_a_process_that_is_killed_leaves_the_old_file_whole(record: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(record)], check=False)
    assert done.returncode == -9
    assert record.read_bytes() == b"id: old\n"
    left = [path for path in record.parent.iterdir() if path != record]
    assert all(path.name.startswith(".record.yml.") for path in left), "what is left is hidden from the loader"


def test_a_reader_never_sees_half_a_file(record: Path) -> None:
    texts = {f"id: {letter * 200_000}\n" for letter in "ab"}
    writer.write_text(record, min(texts))
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            for text in texts:
                writer.write_text(record, text)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        seen = {record.read_text(encoding="utf-8") for _ in range(60)}
    finally:
        stop.set()
        thread.join()
    assert seen <= texts


def test_a_link_stays_a_link(record: Path) -> None:
    link = record.with_name("link.yml")
    link.symlink_to("record.yml")
    writer.write_text(link, "id: new\n")
    assert link.is_symlink()
    assert record.read_bytes() == b"id: new\n"


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    thread = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")))
    thread.start()
    writer.write_text(pipe, "figures\n")
    thread.join()
    assert got == ["figures\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode), "`--output /dev/null` must not make a file of it"


def _count(root: str, times: int) -> None:
    counter = Path(root) / "counter"
    for _ in range(times):
        with writer.lock(Path(root), 30):
            number = int(counter.read_text(encoding="utf-8"))
            time.sleep(0.001)
            writer.write_text(counter, str(number + 1))


def test_several_processes_take_turns(tmp_path: Path) -> None:
    (tmp_path / "counter").write_text("0", encoding="utf-8")
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_count, args=(str(tmp_path), 15)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    assert (tmp_path / "counter").read_text(encoding="utf-8") == "45"


HOLD = """
import pathlib, sys
from incidentbook import writer
with writer.lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_who_waits_too_long_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockedError, match="Another process has been writing") as caught, writer.lock(tmp_path, 0.2):
            pass
        assert "try again" in caught.value.hint
        holder.kill()
    with writer.lock(tmp_path, 0.2):
        pass  # a killed process holds nothing
    assert (tmp_path / ".incidentbook").is_dir()


def test_a_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="inside"), writer.lock(tmp_path):
        raise RuntimeError("inside")
    with writer.lock(tmp_path, 0.1):
        pass


def test_the_state_folder_is_ignored_by_git_even_where_its_maker_was_killed(tmp_path: Path) -> None:
    (tmp_path / writer.STATE_DIR).mkdir()
    writer.state_folder(tmp_path)
    assert (tmp_path / writer.STATE_DIR / ".gitignore").read_text(encoding="utf-8") == "*\n"
