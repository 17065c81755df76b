"""What stands between braces in a template: only fields, ``if`` and ``for``, and each fault with its line.

A template is data that people type. It is read here by a grammar of our own before anything runs: ``{{ field }}``,
``{% if [not] field [and|or …] %} … {% else %} … {% endif %}``, ``{% for item in list %} … {% endfor %}``. Nothing else:
no attributes, no calls, no filters.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass, field

NAME = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
_TAG = re.compile(r"\{\{(?P<value>.*?)\}\}|\{%-?\s*(?P<letters>p |tr |tc )?(?P<block>.*?)-?%\}|\{#.*?#\}")
MARK = "dau_cau"
"""Inside ``for``: ";" after an item, "." after the last one."""
_MARK = re.compile(r"\{\{\s*dau_cau\s*\}\}")
_OPENING = re.compile(r"\{[{%#]|[}%#]\}")
DEEPEST = 3
RESERVED = frozenset({"if", "else", "elif", "endif", "for", "endfor", "in", "and", "or", "not", "true", "false", "none",
                      "loop", "self", "super", "range", "dict", "lipsum", "cycler", "joiner", "namespace"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Chỗ sai trong mẫu: on which line of which part, what is there, and what to do."""

    part: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.part}, dòng {self.line}: {self.message}"


@dataclass(slots=True)
class _Reader:
    known: Collection[str]
    lists: Collection[str]
    part: str
    in_word_file: bool
    faults: list[Fault] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    open: list[tuple[str, int, str]] = field(default_factory=list)  # the word, its line, the item that it brings

    def fail(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.part, line, message))

    def value(self, inside: str, line: int) -> None:
        self.name(inside.strip(), line, shown=inside.strip(), printed=True)

    def name(self, word: str, line: int, *, shown: str, printed: bool = False) -> None:
        if word == MARK:
            if not printed or self.in_word_file or not any(opened == "for" for opened, _, _ in self.open):
                self.fail(line, f"“{MARK}” chỉ dùng cuối một mục giữa for và endfor, không dùng trong tệp Word.")
            return
        if word in {item for _, _, item in self.open if item}:
            return
        if not NAME.match(word):
            self.fail(line, f"“{shown}” không phải tên trường. Chỉ ghi một tên trường, không thêm dấu hay phép tính.")
        elif word not in self.known:
            near = difflib.get_close_matches(word, self.known, n=1)
            hint = (
                f" Có phải “{near[0]}” không?"
                if near
                else " Hãy chọn trong danh sách trường hoặc khai thêm trường này."
            )
            self.fail(line, f"không có trường “{word}”.{hint}")
        else:
            self.used.add(word)
            if printed and word in self.lists:
                self.fail(line, f"“{word}” là danh sách: hãy lặp bằng for muc in {word} … endfor.")

    def block(self, inside: str, line: int) -> None:
        words = inside.split()
        verb = words[0] if words else ""
        if verb == "if":
            self._condition(words[1:], line, inside)
            self._enter("if", line, "")
        elif verb == "for":
            self._loop(words, line, inside)
        elif verb == "else" and len(words) == 1:
            if not self.open or self.open[-1][0] != "if":
                self.fail(line, "“else” không nằm trong “if” nào. Hãy bỏ dòng này hoặc thêm if ở trên.")
        elif verb in {"endif", "endfor"} and len(words) == 1:
            self._leave(verb.removeprefix("end"), line)
        else:
            self.fail(line, f"không dùng được “{inside}”. Chỉ có if, else, endif, for, endfor.")

    def _condition(self, words: list[str], line: int, inside: str) -> None:
        expects_name = True
        for word in words:
            if expects_name and word == "not":
                continue
            if expects_name:
                self.name(word, line, shown=word)
            elif word not in {"and", "or"}:
                self.fail(
                    line, f"không hiểu điều kiện “{inside}”. Viết: if trường, if not trường, if a and b, if a or b."
                )
                return
            expects_name = not expects_name
        if expects_name:
            self.fail(line, f"điều kiện “{inside}” thiếu tên trường.")

    def _loop(self, words: list[str], line: int, inside: str) -> None:
        if len(words) != 4 or words[2] != "in" or not NAME.match(words[1]) or words[1] in RESERVED:
            self.fail(line, f"không hiểu “{inside}”. Viết: for muc in tên_danh_sách.")
            self._enter("for", line, "")
            return
        if any(opened == "for" for opened, _, _ in self.open):
            self.fail(line, "không lặp bên trong một đoạn lặp khác. Hãy đóng đoạn trước bằng endfor.")
        item, source = words[1], words[3]
        if item in self.known:
            self.fail(line, f"“{item}” đã là tên một trường. Hãy đặt tên khác, ví dụ “muc”.")
        if source in self.known and source not in self.lists:
            self.fail(line, f"“{source}” không phải danh sách nên không lặp được. Hãy khai trường kiểu danh sách.")
        else:
            self.name(source, line, shown=source)
        self._enter("for", line, item)

    def _enter(self, word: str, line: int, item: str) -> None:
        self.open.append((word, line, item))
        if len(self.open) > DEEPEST:
            self.fail(line, f"lồng quá {DEEPEST} tầng if, for. Hãy viết đơn giản hơn.")

    def _leave(self, word: str, line: int) -> None:
        if not self.open or self.open[-1][0] != word:
            self.fail(line, f"“end{word}” không đóng “{word}” nào. Hãy kiểm tra các cặp if–endif, for–endfor.")
            return
        self.open.pop()

    def finish(self) -> None:
        for word, line, _ in self.open:
            self.fail(line, f"“{word}” chưa được đóng. Hãy thêm end{word}.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a text: its faults, and the fields that it uses."""

    faults: tuple[Fault, ...]
    used: frozenset[str]


def read(
    text: str, *, part: str, known: Collection[str], lists: Collection[str] = (), in_word_file: bool = False
) -> Reading:
    """Read the tags of a text line by line; a tag does not go over the end of a line.

    ``in_word_file``: ``{%p if … %}`` and ``{%tr for … %}`` take their paragraph or row with them (docxtpl).
    """
    reader = _Reader(known, lists, part, in_word_file)
    for number, line in enumerate(text.splitlines(), 1):
        for found in _TAG.finditer(line):
            if found["value"] is not None:
                reader.value(found["value"], number)
            elif found["block"] is not None and (in_word_file or not found["letters"]):
                reader.block(found["block"].strip(), number)
            elif found["block"] is not None:
                reader.fail(
                    number,
                    f"“{found['letters'].strip()}” chỉ dùng trong tệp Word. Ở đây viết {found['block'].strip()}.",
                )
        rest = _TAG.sub("", line)
        if _OPENING.search(rest):
            reader.fail(
                number, "dấu ngoặc nhọn không thành cặp. Mở bằng hai dấu, đóng bằng hai dấu, trên cùng một dòng."
            )
    reader.finish()
    return Reading(tuple(reader.faults), frozenset(reader.used))


def runnable(text: str) -> str:
    """Return a text that has been read without fault as Jinja runs it."""
    return _MARK.sub('{{ "." if loop.last else ";" }}', text)
