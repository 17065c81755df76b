"""The data set: a province of 140 agencies and a year of cases, three of ten in one commune that works for real."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from lienthong.applicants.models import Applicant
from lienthong.applicants.operations import enter
from lienthong.applicants.particulars import Particulars
from lienthong.cases.models import Case
from lienthong.cases.operations import Given, Reception
from lienthong.cases.queries.recount import GRAINS, KEY, truth_of
from lienthong.kernel.clock import at_local, local_date
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.operations import add_officer, appoint, found_unit, give_code
from lienthong.organisation.queries import actor_for
from lienthong.procedures.models import ProcedureVersion, Sector
from lienthong.procedures.operations import set_competence
from lienthong.procedures.queries import published

FOUNDED = dt.date(2010, 1, 1)
AT = at_local(dt.date(2014, 12, 31), dt.time(10, 0))
"""The moment at which it is measured: the end of the year of the data set, under the procedures of that day."""
YEAR = (dt.date(2014, 1, 1), dt.date(2014, 12, 31))
AGENCIES = 140
COMMUNE = "Xã Đo"
CODE = "99901"
PROCEDURE = "1.001193"
VALUES: dict[str, Any] = {
    "tre": {"name": "Trần Minh Khang", "birth": "01/12/2014", "sex": "male"},
    "noi_sinh": "Bệnh viện đa khoa tỉnh",
    "co_chung_sinh": True,
    "qua_han": False,
    "me": {"name": "Nguyễn Thị Hòa", "birth": "1985"},
    "noi_cu_tru_me": {"commune": CODE, "street": "Thôn 1"},
    "nguoi_khai": {"name": "Trần Văn Nam", "id_kind": "cmnd", "id_number": "260123456"},
    "quan_he": "cha_me",
    "can_xac_minh": False,
}
PAPERS = {"to_khai": Given(originals=1), "chung_sinh": Given(originals=1), "ho_khau": Given(copies=1)}

_CASES = """
INSERT INTO cases_case (
    code, agency_code, code_date, code_number, procedure_id, version_id, applicant_id, contact_phone, contact_email,
    abstract, "values", channel, return_way, return_address, receiving_unit_id, receiving_agency_id,
    competent_agency_id, step, holder_unit_id, holder, status, submitted_at, received_at, promised_at, due_at,
    paused_at, finished_at, handed_over_at, ended_at, is_late, rounds, request_key, changed_at)
SELECT 'ĐO' || unit || '-' || to_char(day, 'YYMMDD') || '-' || n, 'ĐO' || unit, day, n,
       (%(procedures)s::bigint[])[kind], (%(versions)s::bigint[])[kind], %(applicant)s, '0918123456', '',
       'Hồ sơ số ' || n || ' của công dân trong xã, phường', '{"noi_dung": "Hồ sơ đo tốc độ"}',
       CASE WHEN n %% 10 < 6 THEN 'counter' WHEN n %% 10 < 9 THEN 'online' ELSE 'post' END, 'counter', '',
       CASE WHEN unit = %(commune)s THEN %(desk)s ELSE unit END, unit, unit, 'xu_ly',
       CASE WHEN is_open THEN unit END, CASE WHEN is_open THEN unit ELSE 0 END,
       CASE WHEN is_open THEN CASE WHEN n %% 7 = 0 THEN 5 ELSE 4 END WHEN n %% 50 = 3 THEN 8 WHEN n %% 50 = 4 THEN 7
            ELSE 10 END,
       at, at, at + interval '5 days', at + interval '5 days', CASE WHEN is_open AND n %% 7 = 0 THEN at END,
       CASE WHEN NOT is_open AND n %% 50 NOT IN (3, 4) THEN done END,
       CASE WHEN NOT is_open AND n %% 50 NOT IN (3, 4) THEN done END, CASE WHEN NOT is_open THEN done END,
       CASE WHEN NOT is_open AND n %% 50 NOT IN (3, 4) THEN n %% 17 = 0 END, 0, gen_random_uuid(), at
  FROM (SELECT *, at + CASE WHEN n %% 17 = 0 THEN interval '7 days' ELSE (n %% 5) * interval '25 hours' END AS done,
               n %% 400 = 0 OR n > %(size)s * 0.98 AS is_open
          FROM (SELECT n, day, 1 + n / 7 %% %(kinds)s AS kind,
                       day + interval '1 hour' + n %% 480 * interval '1 minute' AS at,
                       CASE WHEN n %% 10 < 3 THEN %(commune)s
                            ELSE (%(agencies)s::bigint[])[1 + n * 31 / 10 %% %(many)s] END AS unit
                  FROM (SELECT n, %(since)s::date + (n * 357 / (%(size)s + 1))::int AS day
                          FROM generate_series(1::bigint, %(size)s) AS n) AS numbered) AS given) AS made
"""
_READERS = """
INSERT INTO cases_casereader (case_id, audience, status, due_at, procedure_id)
SELECT c.id, who.audience, c.status, c.due_at, c.procedure_id
  FROM cases_case c CROSS JOIN LATERAL (VALUES (c.competent_agency_id), (c.receiving_unit_id)) AS who (audience)
 WHERE who.audience = c.competent_agency_id OR c.receiving_unit_id <> c.competent_agency_id
ON CONFLICT DO NOTHING
"""
_FIGURES = [f"INSERT INTO {table} ({', '.join(KEY)}, count, amount) {truth_of(table)}" for table in GRAINS]


def prepare(size: int) -> None:
    """Make the province and ``size`` cases with their readers and figures, unless they are there."""
    if Case.objects.exists():
        return
    call_command("load_calendars", verbosity=0)
    with transaction.atomic():
        commune, desk = _province()
        facts = _facts(commune, desk, size)
        with connection.cursor() as cursor:
            for statement in (_CASES, _READERS, *_FIGURES):
                cursor.execute(statement, None if statement in _FIGURES else facts)
    with connection.cursor() as cursor:
        for table in ("case", "casereader", "casefigure", "monthlyfigure"):
            cursor.execute(f"VACUUM ANALYZE cases_{table}")


def actor_of(role: str) -> Actor:
    """Return somebody of the commune, or of its desk, by their role."""
    posts = Post.objects.select_related("officer", "unit__agency")
    return actor_for(posts.get(unit__agency__name=COMMUNE, role=role), on=local_date(AT))


def reception() -> Reception:
    """Return a birth handed in at the commune's desk."""
    version, desk = (
        published(PROCEDURE, local_date(AT)),
        Unit.objects.select_related("agency").get(name=f"Một cửa {COMMUNE}"),
    )
    assert version is not None  # noqa: S101 - the data set has it
    return Reception(
        version=version, applicant=Applicant.objects.order_by("pk")[0], desk=desk, key=uuid.uuid4(), values=VALUES,
        papers=PAPERS,
    )  # fmt: skip


def _province() -> tuple[Unit, Unit]:
    top = _unit("province_committee", "Tỉnh Đo", None)
    district = _unit("district", "Huyện Đo", top)
    commune = _unit("commune", COMMUNE, district)
    give_code(commune, kind="gso", code=CODE, valid_from=FOUNDED, actor=None, at=AT)
    give_code(commune, kind="edoc", code="ĐO.01", valid_from=FOUNDED, actor=None, at=AT)
    desk = _unit("one_stop", f"Một cửa {COMMUNE}", commune, is_agency=False)
    for number in range(AGENCIES):
        _unit("commune", f"Xã đo {number}", district)
    people = (("leader", commune), ("specialist", commune), ("one_stop_officer", desk))
    posts = {role: _post(role, unit) for role, unit in people}
    sector = Sector.objects.get(procedures__code=PROCEDURE)
    set_competence(commune, sector, unit=commune, post=posts["specialist"], valid_from=FOUNDED, actor=None, at=AT)
    said = Particulars("citizen", "Trần Văn Nam", phone="0918123456", commune_code=CODE, street="Thôn 1")
    enter(said, actor=actor_of("one_stop_officer"), at=AT)
    return commune, desk


def _unit(kind: str, name: str, parent: Unit | None, *, is_agency: bool = True) -> Unit:
    return found_unit(
        kind=kind, name=name, short_name=name, parent=parent, is_agency=is_agency, valid_from=FOUNDED, actor=None, at=AT
    )


def _post(role: str, unit: Unit) -> Post:
    officer = add_officer(full_name=f"Người Đo {role}", actor=None, at=AT)
    return appoint(officer, unit=unit, title=role, role=role, valid_from=FOUNDED, actor=None, at=AT)


def _facts(commune: Unit, desk: Unit, size: int) -> dict[str, Any]:
    agencies = list(Unit.objects.filter(name__startswith="Xã đo").order_by("pk").values_list("pk", flat=True))
    rows = ProcedureVersion.objects.published().in_force(local_date(AT)).order_by("procedure")
    kinds = list(rows.values_list("procedure", "pk"))
    return {
        "commune": commune.pk, "desk": desk.pk, "agencies": agencies, "many": len(agencies), "size": size,
        "since": YEAR[0], "procedures": [one for one, _ in kinds], "versions": [one for _, one in kinds],
        "kinds": len(kinds), "applicant": Applicant.objects.values_list("pk", flat=True)[0],
    }  # fmt: skip
