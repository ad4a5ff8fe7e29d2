"""A small editor: it drives a language server over stdio, as editors do, and keeps what the server says of each file.

Source: Language Server Protocol 3.17, base protocol and lifecycle.
"""

from __future__ import annotations

import json
import queue
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

PATIENCE = 60.0  # seconds for one answer; a server that says nothing for so long hangs
CURSOR = "▮"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem that the server shows: its message, and the text that it underlines with its first line (from 1)."""

    line: int
    marked: str
    message: str
    severity: int


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text as the protocol counts: line from 0, and UTF-16 units from the line's start."""

    line: int
    character: int

    @classmethod
    def of_cursor(cls, text: str) -> tuple[str, Position]:
        """Return ``text`` without its one cursor mark, and the place where the mark stood."""
        before, after = text.split(CURSOR)
        line = before.rpartition("\n")[2]
        return before + after, cls(before.count("\n"), units(line))


def units(text: str) -> int:
    """Return how many UTF-16 units ``text`` takes."""
    return len(text.encode("utf-16-le")) // 2


def between(text: str, span: Mapping[str, Mapping[str, int]]) -> str:
    """Return the part of ``text`` that a range of the protocol covers."""
    lines = text.split("\n")

    def offset(place: Mapping[str, int]) -> int:
        line = lines[place["line"]].encode("utf-16-le")[: 2 * place["character"]].decode("utf-16-le")
        return sum(len(before) + 1 for before in lines[: place["line"]]) + len(line)

    return text[offset(span["start"]) : offset(span["end"])]


class LanguageServer:
    """One running server on the folder ``root``, with an editor's ``settings`` (dotted keys, as .vscode/settings.json has them).

    Use it as a context manager; leaving it shuts the server down as the protocol says, and ends it where it does not listen.
    """

    def __init__(self, command: Sequence[str], root: Path, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._texts: dict[str, str] = {}
        self._shown: dict[str, list[dict[str, Any]]] = {}
        self._inbox: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._number = 0
        self._versions = 1
        self._asked_for_settings = False
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  # closed in _end
        self._process = subprocess.Popen(
            command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors
        )
        assert self._process.stdin
        assert self._process.stdout
        self._to_server: IO[bytes] = self._process.stdin
        self._reader = threading.Thread(target=self._read, args=[self._process.stdout], daemon=True)
        self._reader.start()
        try:
            self._initialize(root)
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if self._process.poll() is None:
                self.request("shutdown", None)
                self.notify("exit", None)
                self._process.wait(PATIENCE)
        finally:
            self._end()

    def open(self, path: Path, text: str, language: str = "yaml") -> str:
        """Open ``text`` as the unsaved content of ``path``, which need not exist; return its URI."""
        uri = path.as_uri()
        self._texts[uri] = text
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def change(self, uri: str, text: str) -> None:
        """Replace the whole text of an open file, once the server has judged the text before."""
        self.diagnostics(uri)
        self._texts[uri] = text
        del self._shown[uri]
        self._versions += 1
        document = {"uri": uri, "version": self._versions}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def diagnostics(self, uri: str) -> list[Diagnostic]:
        """Wait until the server has judged an open file; return what it shows, from top to bottom."""
        while uri not in self._shown:
            self._take()
        text = self._texts[uri]
        found = [
            Diagnostic(
                problem["range"]["start"]["line"] + 1,
                between(text, problem["range"]),
                problem["message"],
                problem["severity"],
            )
            for problem in self._shown[uri]
        ]
        return sorted(found, key=lambda problem: (problem.line, problem.message))

    def completions(self, uri: str, place: Position) -> list[dict[str, Any]]:
        """Return what the server offers at ``place``, in the order of its own sorting."""
        answer = self._at("textDocument/completion", uri, place)
        items: list[dict[str, Any]] = answer["items"] if isinstance(answer, dict) else answer or []
        return sorted(items, key=lambda item: str(item.get("sortText") or item["label"]))

    def hover(self, uri: str, place: Position) -> str:
        """Return the Markdown that the server shows for what stands at ``place``, or an empty text."""
        answer = self._at("textDocument/hover", uri, place)
        return str(answer["contents"]["value"]) if answer else ""

    def request(self, method: str, params: object) -> Any:
        """Send a request; return its result, and raise ``RuntimeError`` with the server's words where it fails."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == number and "method" not in message:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message.get("result")

    def notify(self, method: str, params: object) -> None:
        """Send a notification, which has no answer."""
        self._send({"method": method, "params": params})

    def _initialize(self, root: Path) -> None:
        folder = {"uri": root.as_uri(), "name": root.name}
        abilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {
                "completion": {
                    "completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}
                },
                "hover": {"contentFormat": ["markdown", "plaintext"]},
                "publishDiagnostics": {"relatedInformation": True},
            },
        }
        self.request(
            "initialize",
            {"processId": None, "rootUri": root.as_uri(), "workspaceFolders": [folder], "capabilities": abilities},
        )
        self.notify("initialized", {})
        while not self._asked_for_settings:
            self._take()

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._to_server.close()
        self._reader.join()
        self._errors.close()

    def _at(self, method: str, uri: str, place: Position) -> Any:
        position = {"line": place.line, "character": place.character}
        return self.request(method, {"textDocument": {"uri": uri}, "position": position})

    def _send(self, message: dict[str, object]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to_server.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._to_server.flush()

    def _take(self) -> dict[str, Any]:
        """Take the next message in; answer it where the server asks, keep it where it judges a file."""
        try:
            message = self._inbox.get(timeout=PATIENCE)
        except queue.Empty:
            raise TimeoutError(f"the language server said nothing for {PATIENCE:.0f} s{self._last_words()}") from None
        if message is None:
            raise ConnectionError(f"the language server has ended{self._last_words()}")
        if message.get("method") == "textDocument/publishDiagnostics":
            self._shown[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            self._answer(message)
        return message

    def _answer(self, message: dict[str, Any]) -> None:
        result: object = None
        if message["method"] == "workspace/configuration":
            result = [self._section(item.get("section", "")) for item in message["params"]["items"]]
            self._asked_for_settings = True
        self._send({"id": message["id"], "result": result})

    def _section(self, name: str) -> object:
        """Return a section of the settings as VS Code gives it: dotted keys below it as nested objects."""
        section: dict[str, Any] = {}
        for key, value in self._settings.items():
            if key == name:
                return value
            if key.startswith(f"{name}."):
                *parents, last = key[len(name) + 1 :].split(".")
                inner = section
                for parent in parents:
                    inner = inner.setdefault(parent, {})
                inner[last] = value
        return section

    def _read(self, stream: IO[bytes]) -> None:
        """Read messages until the server closes its side (runs in a thread of its own)."""
        with stream:
            while header := stream.readline():
                length = 0
                while header.strip():
                    name, _, value = header.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                    header = stream.readline()
                body = stream.read(length)
                if len(body) < length:
                    break
                self._inbox.put(json.loads(body))
        self._inbox.put(None)

    def _last_words(self) -> str:
        time.sleep(0.1)  # what it wrote at its end may still be on its way
        self._errors.seek(0)
        words = self._errors.read().decode(errors="replace").strip()
        return f":\n{words[-2000:]}" if words else ""
