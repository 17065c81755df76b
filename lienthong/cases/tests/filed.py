"""Ended cases and the commune's work files for tests, made by calling operations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.operations.issuing import issue
from lienthong.cases.tests.builders import a_case
from lienthong.workfiles.models import FilePlan, Heading, WorkFile
from lienthong.workfiles.operations.files import open_unplanned
from lienthong.workfiles.operations.plans import (
    Retention,
    add_heading,
    approve_plan,
    begin_plan,
    plan_file,
    submit_plan,
)
from tests.cast import AT, Cast

HOUR = dt.timedelta(hours=1)
RESULT = "giay_khai_sinh"


def solved(cast: Cast, **changes: Any) -> Case:
    """A birth that was received (its receipt printed), signed, and handed back."""
    case = a_case(cast, **changes)
    issue(case, "01", actor=cast.commune_desk_officer, at=AT)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT)
    desk = cast.commune_desk_officer
    operations.write_result(case, RESULT, symbol="12/2014", signer="Đinh Công Tráng", actor=desk, at=AT)
    operations.hand_over(case, receiver="Trần Văn Nam", actor=desk, at=AT + HOUR)
    case.refresh_from_db()
    return case


def heading(cast: Cast) -> Heading:
    """The heading of justice in the commune's approved list of 2014."""
    plan: FilePlan = begin_plan(year=2014, actor=cast.commune_clerk, at=AT)
    made = add_heading(plan, abbreviation="TP", title="Tư pháp, hộ tịch", actor=cast.commune_clerk, at=AT)
    plan_file(made, title="Kế hoạch năm", retention=Retention(years=20), actor=cast.commune_clerk, at=AT)
    submit_plan(plan, actor=cast.commune_clerk, at=AT)
    approve_plan(plan, actor=cast.commune_leader, at=AT)
    made.refresh_from_db()
    return made


def work_file(cast: Cast, under: Heading | None = None) -> WorkFile:
    """A file of the registrar for births."""
    return open_unplanned(
        under or heading(cast),
        title="Hồ sơ đăng ký khai sinh năm 2014",
        reason="Hồ sơ một cửa",
        retention=Retention(years=20),
        actor=cast.registrar,
        at=AT + HOUR,
    )
