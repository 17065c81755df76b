"""What the demo's applicants write into forms: plausible values for every kind of field, all invented."""

from __future__ import annotations

import datetime as dt
import random
from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lienthong.fields.kind import Context, Field
from lienthong.site.demo.content import cases_file

ID_PARTS = {"id_kind": "cmnd", "nationality": "Việt Nam", "ethnicity": "Kinh", "id_place": "Công an tỉnh Bình Thuận"}


class Filler:
    """Fills forms; ``commune`` is the code of where it all happens."""

    def __init__(self, rng: random.Random, names: Iterator[str], *, commune: str, context: Context) -> None:
        self.rng, self.names, self.commune, self.context = rng, names, commune, context
        self.data = cases_file()

    def fill(self, fields: Sequence[Field], outer: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return raw values of the fields that are asked, in their order."""
        values: dict[str, Any] = {}
        for one in fields:
            if one.is_shown(ChainMap(values, dict(outer or {})), self.context):
                values[one.key] = self.value(one, values)
        return values

    def value(self, one: Field, before: Mapping[str, Any]) -> Any:
        """Return one value."""
        kind = one.kind.name
        if one.kind.has_fields:
            return [self.fill(one.fields, before) for _ in range(max(one.options["min"], self.rng.randint(1, 2)))]
        if kind in ("person", "enterprise"):
            return {part: self.part(part) for part in one.options["parts"] if part != "tax_code"}
        plain = getattr(self, f"_{kind}", None)
        return plain(one) if plain else ""

    def part(self, part: str) -> Any:
        """Return one part of a person or an enterprise."""
        rng = self.rng
        if part in ("residence", "address"):
            return self.address()
        if part in ID_PARTS:
            return ID_PARTS[part]
        made = {
            "name": lambda: next(self.names),
            "representative": lambda: next(self.names),
            "birth": lambda: f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(1950, 1992)}",
            "sex": lambda: rng.choice(("male", "female")),
            "id_number": lambda: f"26{rng.randrange(10**7):07}",
            "phone": self.phone,
        }
        return made[part]() if part in made else ""

    def phone(self) -> str:
        """Return an invented number of a mobile phone."""
        return f"09{self.rng.randrange(10**8):08}"

    def address(self) -> dict[str, str]:
        """Return an address in the commune."""
        return {"commune": self.commune, "street": self.rng.choice(self.data["texts"]["street"])}

    def _address(self, one: Field) -> Any:  # noqa: ARG002 - by kind
        return self.address()

    def _text(self, one: Field) -> str:
        return str(self.rng.choice(self.data["texts"].get(one.key, ["Theo giấy tờ kèm theo"])))

    _paragraph = _text

    def _number(self, one: Field) -> str:
        least, most = self.data["numbers"].get(one.key, (one.options["min"] or 1, (one.options["min"] or 1) + 20))
        return str(self.rng.randint(int(least), int(most)))

    def _money(self, one: Field) -> int:  # noqa: ARG002 - by kind
        return self.rng.randint(2, 60) * 10_000_000

    def _date(self, one: Field) -> str:
        days = self.rng.randint(1, 20)
        ahead = one.key == "xong"
        return f"{self.context.on + dt.timedelta(days=days * 20 if ahead else -days):%d/%m/%Y}"

    def _choice(self, one: Field) -> str:
        return str(self.rng.choice([option["key"] for option in one.options["options"]]))

    def _yes_no(self, one: Field) -> bool:
        return bool(self.rng.random() < self.data["shares"].get(one.key, 0.1))

    def _point(self, one: Field) -> dict[str, str]:  # noqa: ARG002 - by kind
        return {"lat": f"{10.9 + self.rng.random() / 10:.5f}", "lon": f"{108.1 + self.rng.random() / 10:.5f}"}
