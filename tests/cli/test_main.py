"""The process: one exit status for each outcome, sentences instead of tracebacks, silence when the reader has gone."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from incidentbook import __main__, __version__, errors
from incidentbook import cli as commands
from incidentbook.cli import _context
from kb import ROOT, Inc, incident, write

INC = [sys.executable, "-m", "incidentbook"]


def process(*arguments: str, root: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `inc` as a process of its own."""
    command = [*INC, "-C", str(root), *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=os.environ | environment)


def test_a_command_that_has_nothing_to_complain_about() -> None:
    done = process("list")
    assert (done.returncode, done.stderr) == (errors.CLEAN, "")


def test_findings_are_one() -> None:
    done = process("actions", "overdue", "--fail", "--as-of", "2025-02-01")
    assert done.returncode == errors.FINDINGS
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lst"], "No such command 'lst'. Did you mean 'list'?"),
        (["list", "--sevrity", "sev1"], "No such option '--sevrity'"),
        (["list", "--severity", "sev9"], "'sev9' is not one of 'sev1', 'sev2'"),
        (["show"], "Missing argument 'INC-YYYY-NNN'"),
        (["show", "INC-2025-002"], "error: There is no incident INC-2025-002\n  Did you mean INC-2025-001?\n"),
        (["show", "nonsense"], "error: There is no incident nonsense\n  `inc list` shows all of them.\n"),
        (["metrics", "--period", "fortnightly"], "error: 'fortnightly' is not a period\n  A period is one of: 30d, 48h,"),
        (["metrics", "--as-of", "tomorrow"], "'tomorrow' is neither a date (2025-01-31) nor a time with an offset"),
        (["metrics", "--as-of", "2025-W03-3"], "is neither a date"),
        (["list", "--as-of", "2025-02-30"], "'2025-02-30' is neither a date"),
        (["list", "--service", "paymints"], "There is no 'paymints' here. Did you mean 'payments'?"),
        (["actions", "list", "--owner", "sree"], "There is no 'sree' here. Did you mean 'sre'?"),
        (["list", "--period", "2030"], "error: The period 2030 has not begun at 2025-01-15T06:00:00Z"),
        (
            ["metrics", "--output", "figures.xls"],
            "The ending of figures.xls names no format (.json, .csv, .md, .txt, .prom, .om); add --format.",
        ),
        (["metrics", "--output", "no/such/folder/x.csv"], "error: There is no folder no/such/folder to write x.csv into"),
        ([], "Usage: inc"),
    ],
)  # fmt: skip
def test_wrong_use_is_two_and_a_sentence(inc: Inc, arguments: list[str], said: str) -> None:
    done = inc(*arguments)
    assert done.status == errors.USAGE
    assert said in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_no_knowledge_base_is_two(inc: Inc, tmp_path: Path) -> None:
    for command in (["list"], ["metrics"], ["show", "INC-2025-001"], ["actions"], ["actions", "overdue"]):
        done = inc(*command, root=tmp_path)
        assert done.status == errors.USAGE
        assert done.err == (
            f"error: There is no knowledge base in {tmp_path} or above it (no policy/knowledge-base.yml)\n"
            "  `inc init` makes one here.\n"
        )


def test_a_folder_that_does_not_exist_is_two(inc: Inc, tmp_path: Path) -> None:
    done = inc("list", root=tmp_path / "nowhere")
    assert (done.status, done.err) == (errors.USAGE, f"error: There is no folder {tmp_path / 'nowhere'}\n")


def test_a_bug_is_three_with_the_traceback_in_a_file(inc: Inc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.delenv("INC_DEBUG", raising=False)
    monkeypatch.setattr("incidentbook.repository.load", lambda *_: 1 / 0)
    done = inc("list")
    assert done.status == errors.BUG
    assert done.err.startswith(
        "This is a bug in incidentbook, not in your files: ZeroDivisionError: division by zero\n"
    )
    assert "Traceback" not in done.err
    (log,) = tmp_path.glob("incidentbook-*.log")
    assert str(log) in done.err
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_a_bug_with_its_traceback_here(inc: Inc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INC_DEBUG", "1")
    monkeypatch.setattr("incidentbook.repository.load", lambda *_: 1 / 0)
    done = inc("list")
    assert (done.status, "Traceback" in done.err) == (errors.BUG, True)


def test_a_disk_that_refuses_is_two(inc: Inc, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "figures.csv")

    monkeypatch.setattr("incidentbook.writer.write_bytes", full)
    done = inc("metrics", "--output", "figures.csv")
    assert (done.status, done.err) == (errors.USAGE, "error: No space left on device: figures.csv\n")


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, click.exceptions.Abort])
def test_an_interruption_is_130(inc: Inc, monkeypatch: pytest.MonkeyPatch, interruption: type[BaseException]) -> None:
    def interrupt(*_: object) -> None:
        raise interruption

    monkeypatch.setattr("incidentbook.repository.load", interrupt)
    done = inc("list")
    assert done.status == errors.INTERRUPTED
    assert "Traceback" not in done.err


def test_ctrl_c_in_a_running_process(tmp_path: Path) -> None:
    root = write(tmp_path, {})
    (root / "incidents").mkdir()
    script = (
        "import time, sys\nfrom incidentbook import __main__, repository\n"
        "def load(*_):\n    print('reading', flush=True)\n    time.sleep(60)\n"
        "repository.load = load\nsys.argv[0] = 'inc'\n__main__.main()\n"
    )
    command = [sys.executable, "-c", script, "-C", str(root), "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == "reading\n"
        time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == errors.INTERRUPTED
        assert "Traceback" not in running.stderr.read()


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["list", "--json"],
        ["metrics"],
        ["metrics", "--format", "csv"],
        ["show", "INC-2025-001"],
        ["actions"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_a_reader_that_has_gone_is_met_with_silence(arguments: list[str]) -> None:
    read, write_end = os.pipe()
    os.close(read)  # what `| head` does once it has its lines
    try:
        command = [*INC, "-C", str(ROOT), *arguments]
        done = subprocess.run(command, check=False, stdout=write_end, stderr=subprocess.PIPE, text=True)
    finally:
        os.close(write_end)
    assert (done.returncode, done.stderr) == (errors.CLEAN, "")


def test_head_gets_its_line() -> None:
    shell = f"'{sys.executable}' -m incidentbook -C '{ROOT}' list | head -n 1"
    done = subprocess.run(["sh", "-c", shell], check=True, capture_output=True, text=True)
    assert done.stdout.split()[:3] == ["ID", "Start", "Sev"]
    assert done.stderr == ""


def test_a_terminal_that_knows_no_bullet_still_shows_the_rest() -> None:
    done = process("show", "INC-2025-001", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (errors.CLEAN, "")
    assert "Incident ID: INC-2025-001" in done.stdout
    assert "? Time to detect (TTD): 2 minutes 15 seconds" in done.stdout


def test_a_machine_without_git_shows_figures_too() -> None:
    done = process("metrics", PATH="/nonexistent")
    assert (done.returncode, done.stderr) == (errors.CLEAN, "")
    assert "not in Git" in done.stdout


@pytest.mark.parametrize("variable", ["HOME", "TERM", "LANG"])
def test_no_variable_of_the_environment_is_needed(variable: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {variable, "XDG_CONFIG_HOME"}}
    done = subprocess.run([*INC, "-C", str(ROOT), "list"], check=False, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (errors.CLEAN, "")


def test_the_version(inc: Inc) -> None:
    done = inc("--version")
    assert (done.status, done.out) == (errors.CLEAN, f"incidentbook {__version__}\n")


def names() -> list[str]:
    context = click.Context(commands.root)
    found = []
    for name in commands.root.list_commands(context):
        command = commands.root.get_command(context, name)
        found.append(name)
        if isinstance(command, click.Group):
            found += [f"{name} {inner}" for inner in command.list_commands(context)]
    return found


@pytest.mark.parametrize("name", names())
def test_every_command_explains_itself_with_an_example(inc: Inc, name: str) -> None:
    done = inc(*name.split(), "--help")
    assert done.status == errors.CLEAN
    assert "Example" in done.out
    assert f"inc {name.split(maxsplit=1)[0]}" in done.out


def test_every_file_of_the_package_is_a_command() -> None:
    assert {"list", "show", "metrics", "actions", "check", "init", "import"} <= set(names())
    assert not any(name.startswith("_") for name in names())


def test_importing_the_command_line_imports_no_command_and_no_heavy_library() -> None:
    script = (
        "import sys, incidentbook.cli\n"
        "heavy = {'rich', 'git', 'scipy', 'numpy', 'jsonschema', 'mkdocs', 'ruamel', 'jinja2', 'yaml', 'markdown_it'}\n"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}))\n"
        "print([name for name in sys.modules if name.startswith('incidentbook.cli.')])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n[]\n"


def test_the_run_is_what_the_console_scripts_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(__main__, "run", lambda: 1)
    with pytest.raises(SystemExit) as caught:
        __main__.main()
    assert caught.value.code == 1


def test_a_record_that_cannot_be_read_stops_no_command_and_none_is_silent_about_it(inc: Inc, tmp_path: Path) -> None:
    files = {
        "incidents/2025/INC-2025-001.yml": incident(1),
        "incidents/2025/INC-2025-002.yml": "id: [",
        "policy/services.yml": "- 1\n",
    }
    root = write(tmp_path, files)
    for command in (["list"], ["metrics"], ["show", "INC-2025-001"], ["actions"], ["actions", "overdue", "--fail"]):
        done = inc(*command, root=root)
        assert done.out
        assert done.status == errors.FINDINGS, "what it says is not the whole"
        assert done.err == (
            "warning: policy/services.yml cannot be read, so its defaults stand in; `inc check` says why\n"
            "warning: incidents/2025/INC-2025-002.yml cannot be read, so it is left out; `inc check` says why\n"
        )


def test_a_broken_postmortem_never_turns_ci_green(inc: Inc, tmp_path: Path) -> None:
    root = write(
        tmp_path, {"postmortems/2025/INC-2025-001.md": "---\nincidents: [INC-2025-001]\naction_items: [\n---\n"}
    )
    done = inc("actions", "overdue", "--fail", root=root)
    assert (done.status, done.out) == (errors.FINDINGS, "No action item is overdue.\n")
    assert "postmortems/2025/INC-2025-001.md cannot be read" in done.err


def test_of_many_broken_files_five_are_named(inc: Inc, tmp_path: Path) -> None:
    root = write(tmp_path, {f"incidents/2025/INC-2025-00{number}.yml": "" for number in range(1, 9)})
    assert inc("list", root=root).err.splitlines()[4:] == [
        "warning: incidents/2025/INC-2025-005.yml cannot be read, so it is left out; `inc check` says why",
        "warning: 3 more files cannot be read",
    ]


def test_a_bar_on_a_terminal_once_it_takes_a_while_and_none_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        terminal = True

        def isatty(self) -> bool:
            return self.terminal

    def drawn(count: int, pause: float, *, terminal: bool = True) -> str:
        screen = Screen()
        screen.terminal = terminal
        monkeypatch.setattr(sys, "stderr", screen)
        clock = iter(range(10**6))
        monkeypatch.setattr("time.monotonic", lambda: next(clock) * pause)
        assert list(_context.progress(range(count), count)) == list(range(count))
        return screen.getvalue()

    monkeypatch.setenv("TERM", "xterm")
    assert "Reading" in drawn(200, 0.5)
    assert "Reading" not in drawn(200, 0.0), "it was quick"
    assert drawn(10, 0.5) == "", "few files are always quick"
    assert drawn(200, 0.5, terminal=False) == ""
