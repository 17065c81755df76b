"""One line of text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field, Kind, whole_number
from lienthong.fields.values import clean_text
from lienthong.kernel.faults import Fault


class Text(Kind):
    """Chữ: one line, at most ``max_length`` letters, of the shape ``pattern`` where it has one."""

    name = "text"
    label = "Một dòng chữ"
    options = {"max_length": 300, "pattern": "", "pattern_says": ""}
    lines = False

    def faults(self, options: Mapping[str, Any], earlier: Mapping[str, str]) -> list[Fault]:  # noqa: ARG002
        """Return what is wrong with the length or the pattern."""
        found = whole_number(options, "max_length", 1)
        if options.get("pattern"):
            try:
                re.compile(options["pattern"])
            except (re.error, TypeError):
                found.append(Fault(("pattern",), "Mẫu (pattern) không phải là biểu thức chính quy đúng."))
            if not options.get("pattern_says"):
                found.append(Fault(("pattern",), "Có pattern thì ghi pattern_says: câu báo khi không đúng mẫu."))
        return found

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:  # noqa: ARG002
        """Return the text trimmed, NFC."""
        if not isinstance(value, str | int):
            return value, {"": f"{field.name}: cần ghi bằng chữ."}
        text = clean_text(value, lines=self.lines)
        longest = field.options["max_length"]
        if len(text) > longest:
            return text, {"": f"{field.name} dài {len(text)} ký tự; tối đa {longest}. Hãy ghi ngắn lại."}
        pattern = field.options.get("pattern")
        if text and pattern and not re.fullmatch(pattern, text):
            return text, {"": field.options["pattern_says"]}
        return text, {}


KIND = Text()
