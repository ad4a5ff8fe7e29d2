"""What no text file can hold: bytes, sizes and types of files. Each builder is handed the path of a file and makes it bad."""

from __future__ import annotations

import os
import socket
from pathlib import Path

_MEGABYTE = 1_000_000


def _repeated(text: str, size: int = _MEGABYTE) -> str:
    return text * (size // len(text))


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(text)


# -- bytes ---------------------------------------------------------------------------------------------------------------------


def byte_order_mark(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def two_byte_order_marks(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf\xef\xbb\xbf" + path.read_bytes())


def utf_16(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))


def utf_32(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-32"))


def latin_1(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Every request", b"Jeder Z\xfcgel"))


def overlong_utf_8(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Every request", b"Every \xc0\xaf request"))


def encoded_surrogate(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Every request", b"Every \xed\xa0\x80 request"))


def cut_inside_a_character(path: Path) -> None:
    path.write_bytes(path.read_bytes() + "summary: caf\u00e9".encode()[:-1])


def invalid_in_the_body(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n- One more \xff thing.\n")


def crlf(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def carriage_returns(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))


def mixed_line_ends(path: Path) -> None:
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"".join(line + (b"\r\n" if number % 2 else b"\n") for number, line in enumerate(lines[:-1])))


def nul(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Every request", b"Every\0request"))


def only_nul(path: Path) -> None:
    path.write_bytes(bytes(4096))


def escape_sequences(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Every request", b"\x1b[2J\x1b[31mEvery request"))


def escape_sequence_in_quotes(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"severity: sev1", b'severity: "\\e[2J\\e[31msev9"'))


def escape_sequence_in_a_key(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b'"\\e]0;mine\\a": 1\n')


def escape_sequence_in_the_body(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n- See [\x1b[31mit](\x1b[2Jgone.md).\n")


def delete_character(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Every request", b"Every\x7frequest"))


def next_line_character(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Every request", "Every\u0085request".encode()))


def line_separator(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Every request", "Every\u2028request".encode()))


def noncharacter(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Every request", "Every\uffferequest".encode()))


def right_to_left_override(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"severity: sev1", "severity: sev\u202e1".encode()))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def only_a_byte_order_mark(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf")


def trailing_blanks(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"  \n"))


def without_a_line_end(path: Path) -> None:
    path.write_bytes(path.read_bytes().rstrip(b"\n"))


# -- types and names of files --------------------------------------------------------------------------------------------------


def folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def fifo(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def unix_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may have a hundred characters
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(here)


def link_out_of_the_repository(path: Path) -> None:
    secret = path.parents[2].with_name("secret.yml")
    secret.write_text("id: INC-2025-002\ntitle: the audit keys of the vault\n", encoding="utf-8")
    path.unlink(missing_ok=True)
    path.symlink_to(secret)


def link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def link_to_nothing(path: Path) -> None:
    path.symlink_to("gone.yml")


def link_beside(path: Path) -> None:
    path.symlink_to("INC-2025-001.yml")


def link_of_a_folder_to_its_parent(path: Path) -> None:
    path.symlink_to("..")


def name_with_a_line_break(path: Path) -> None:
    path.with_name("INC-2025-\n002.yml").write_text("id: INC-2025-002\n", encoding="utf-8")


def name_with_an_escape_sequence(path: Path) -> None:
    path.with_name("\x1b[31mINC.yml").write_text("id: INC-2025-002\n", encoding="utf-8")


def name_that_is_no_utf_8(path: Path) -> None:
    with open(os.fsencode(path.parent) + b"/INC-2025-\xff.yml", "wb") as file:  # noqa: PTH123 - a Path holds text
        file.write(b"id: INC-2025-002\n")


def name_with_blanks_and_quotes(path: Path) -> None:
    path.with_name("""INC "2025" '002' $(x).yml""").write_text("id: INC-2025-002\n", encoding="utf-8")


# -- sizes ---------------------------------------------------------------------------------------------------------------------


def hundred_megabytes(path: Path) -> None:
    line = b"  - {id: e1, at: 2025-01-15T02:30:00Z, text: Requests fail}\n"
    with path.open("wb") as file:
        file.write(b"id: INC-2025-002\ntimeline:\n")
        for _ in range(100):
            file.write(line * (_MEGABYTE // len(line) + 1))


def hundred_megabytes_of_nothing(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 * _MEGABYTE)


def nearly_too_large(path: Path) -> None:
    _append(path, _repeated("All was well in the world, and nobody had to do anything. ", 4 * _MEGABYTE))


def ten_thousand_levels_of_brackets(path: Path) -> None:
    _append(path, f"summary: {'[' * 10_000}{']' * 10_000}\n")


def ten_thousand_levels_of_braces(path: Path) -> None:
    _append(path, f"summary: {'{a: ' * 10_000}1{'}' * 10_000}\n")


def ten_thousand_levels_of_dashes(path: Path) -> None:
    _append(path, f"summary:\n  {'-  ' * 10_000}x\n")


def thousand_levels_of_lines(path: Path) -> None:
    _append(path, "".join(f"{' ' * level}a:\n" for level in range(1_000)))


def billion_laughs(path: Path) -> None:
    lines = ["x-0: &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n"]
    lines += [f"x-{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 10)]
    _append(path, "".join(lines))


def billion_laughs_in_keys(path: Path) -> None:
    lines = ["x-0: &l0 {a: ha, b: ha, c: ha, d: ha}\n"]
    lines += [f"x-{n}: &l{n} {{a: *l{n - 1}, b: *l{n - 1}, c: *l{n - 1}, d: *l{n - 1}}}\n" for n in range(1, 16)]
    _append(path, "".join(lines))


def anchor_in_itself(path: Path) -> None:
    _append(path, "x-loop: &loop [*loop]\n")


def million_values(path: Path) -> None:
    _append(path, f"x-list: [{_repeated('a,', 2 * _MEGABYTE)}]\n")


def hundred_thousand_entries(path: Path) -> None:
    entry = "  - {id: e%d, at: 2025-01-15T02:30:00Z, kind: alert, text: Requests fail}\n"
    text = path.read_text(encoding="utf-8").replace(
        "timeline:\n", "timeline:\n" + "".join(entry % n for n in range(50_000))
    )
    path.write_text(text, encoding="utf-8")


def hundred_thousand_entries_of_the_wrong_type(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("timeline:\n", "timeline:\n" + "  - x\n" * 100_000)
    path.write_text(text, encoding="utf-8")


def thousand_bad_times(path: Path) -> None:
    entry = "  - {id: e%d, at: 02:30, text: Requests fail}\n"
    text = path.read_text(encoding="utf-8").replace(
        "timeline:\n", "timeline:\n" + "".join(entry % n for n in range(1_000))
    )
    path.write_text(text, encoding="utf-8")


def ten_thousand_unknown_keys(path: Path) -> None:
    _append(path, "".join(f"titel{n}: x\n" for n in range(10_000)))


def ten_thousand_unknown_services(path: Path) -> None:
    services = ", ".join(f"public-api-{n}" for n in range(10_000))
    path.write_text(path.read_text(encoding="utf-8").replace("[public-api]", f"[{services}]"), encoding="utf-8")


def ten_thousand_equal_services(path: Path) -> None:
    services = ", ".join(["public-api"] * 10_000)
    path.write_text(path.read_text(encoding="utf-8").replace("[public-api]", f"[{services}]"), encoding="utf-8")


def ten_thousand_mappings_for_services(path: Path) -> None:
    services = ", ".join(["{}"] * 10_000)
    path.write_text(path.read_text(encoding="utf-8").replace("[public-api]", f"[{services}]"), encoding="utf-8")


def same_key_again_and_again(path: Path) -> None:
    _append(path, _repeated("title: No booking could be made\n", 300_000))


def line_of_a_megabyte(path: Path) -> None:
    _append(path, f"sumary: {'a' * _MEGABYTE}\n")


def key_of_a_megabyte(path: Path) -> None:
    _append(path, f"{'a' * _MEGABYTE}: 1\n")


def digits(path: Path) -> None:
    _append(path, f"classification: {{customers_affected_pct: {'9' * _MEGABYTE}}}\n")


def digits_of_an_integer(path: Path) -> None:
    _append(path, f"classification: {{customers_affected_pct: {'9' * 3_999}}}\n")


def exponent(path: Path) -> None:
    _append(path, "classification: {customers_affected_pct: 1e999999999}\n")


# -- what patterns stumble over, in Markdown and in a record --------------------------------------------------------------------


def _in_the_body(path: Path, text: str) -> None:
    _append(path, f"\n{_repeated(text)}\n")


def _in_a_text(path: Path, text: str) -> None:
    _append(path, f"summary: '{_repeated(text)}'\n")


def backticks_in_a_text(path: Path) -> None:
    _in_a_text(path, "`")


def uneven_backticks(path: Path) -> None:
    _append(path, "\n" + " ".join("`" * length for length in range(1, 1_400)) + "\n")


def open_brackets(path: Path) -> None:
    _in_the_body(path, "[")


def links_never_closed(path: Path) -> None:
    _in_the_body(path, "](")


def parentheses(path: Path) -> None:
    _in_the_body(path, "](a(")


def blanks_behind_a_link(path: Path) -> None:
    _append(path, f"\n[x]({' ' * _MEGABYTE}\n")


def less_than_signs(path: Path) -> None:
    _in_the_body(path, "<a ")


def dashes_in_a_tag(path: Path) -> None:
    _append(path, f"\n<script{'-a' * (_MEGABYTE // 2)}\n")


def at_signs(path: Path) -> None:
    _in_a_text(path, "a@")


def dots_behind_an_at_sign(path: Path) -> None:
    _append(path, f"summary: a@{_repeated('a.')}\n")


def stars(path: Path) -> None:
    _in_the_body(path, "**a ")


def underscores(path: Path) -> None:
    _in_the_body(path, "_a")


def bars(path: Path) -> None:
    _in_the_body(path, "|a")


def cells(path: Path) -> None:
    _in_the_body(path, "|abc")


def quotation_marks(path: Path) -> None:
    _in_the_body(path, '"a ')


def exclamation_marks(path: Path) -> None:
    _in_the_body(path, "![")


def comments_never_closed(path: Path) -> None:
    _in_the_body(path, "<!-- ")


def fences(path: Path) -> None:
    _in_the_body(path, "```\n")


def empty_lines(path: Path) -> None:
    _in_the_body(path, "\n")


def short_sentences(path: Path) -> None:
    _in_the_body(path, "A. ")


def numbers(path: Path) -> None:
    _in_a_text(path, "2025 ")


def colons(path: Path) -> None:
    _in_a_text(path, "2001:")


def web_tokens(path: Path) -> None:
    _in_a_text(path, "eyJ")


def cloud_keys(path: Path) -> None:
    _in_a_text(path, "AKIA")


def keys_never_finished(path: Path) -> None:
    _append(path, f"summary: '{_repeated('sk-')}T3BlbkFJ'\n")


def registries_without_a_token(path: Path) -> None:
    _append(path, f"summary: '_authToken {_repeated('://@')}'\n")


def addresses_with_a_password(path: Path) -> None:
    _in_a_text(path, "://a:b")


def containers_in_a_command(path: Path) -> None:
    steps = f"steps:\n  - {{id: look, action: b, command: '{_repeated('docker a ')}'}}\n"
    path.write_text(
        path.read_text(encoding="utf-8").replace("status: active\n", f"status: active\n{steps}"), encoding="utf-8"
    )


def paths_in_a_command(path: Path) -> None:
    steps = f"steps:\n  - {{id: look, action: b, command: '{_repeated('x/y ')}'}}\n"
    path.write_text(
        path.read_text(encoding="utf-8").replace("status: active\n", f"status: active\n{steps}"), encoding="utf-8"
    )


def sentences_that_blame(path: Path) -> None:
    _in_a_text(path, "The engineer forgot it. ")


def sentences_that_claim(path: Path) -> None:
    _in_the_body(path, "MTTR fell by 20 %. ")


def claims_in_one_sentence(path: Path) -> None:
    _in_the_body(path, "availability dropped and we want the MTTR to fall from 2 to 3 hours in May ")


def links_that_are_dead(path: Path) -> None:
    _in_the_body(path, "[a](b.md) ")


def scripts(path: Path) -> None:
    _in_the_body(path, "<script>")


def personal_addresses(path: Path) -> None:
    _append(path, f"# {_repeated('jane.doe@mail.com ')}\n")


def texts_for_few(path: Path) -> None:
    entry = (
        "  - {id: e%d, at: 2025-01-15T02:30:00Z, disclosure: restricted, text: the audit key number %d was rotated}\n"
    )
    text = path.read_text(encoding="utf-8").replace(
        "timeline:\n", "timeline:\n" + "".join(entry % (n, n) for n in range(5_000))
    )
    path.write_text(text, encoding="utf-8")


def suppressions_in_a_comment(path: Path) -> None:
    _append(path, f"# {_repeated('inc: ignore[IB401 ')}\n")


def suppressions_line_by_line(path: Path) -> None:
    _append(path, _repeated("# inc: ignore[IB401] the service is called so\n", 300_000))


def suppression_of_a_long_list(path: Path) -> None:
    _append(path, f"# inc: ignore[{_repeated('IB401,', 300_000)}] the service is called so\n")


def suppressions_that_keep_much_back(path: Path) -> None:
    entry = "  - {id: e%d, at: 02:30, text: Requests fail}  # inc: ignore[IB202] nobody knows the day\n"
    text = path.read_text(encoding="utf-8").replace(
        "timeline:\n", "timeline:\n" + "".join(entry % n for n in range(3_000))
    )
    path.write_text(text, encoding="utf-8")


def suppressions_in_the_body(path: Path) -> None:
    _in_the_body(path, "<!-- inc: ignore[IB702 ")
