from lienthong.organisation.queries.acting import actor_for, actors_of, actors_of_user
from lienthong.organisation.queries.heritage import heirs_of
from lienthong.organisation.queries.inheritance import custodians, inherits_from, successions_of, successors
from lienthong.organisation.queries.people import (
    demo_people,
    officer_lines,
    page_of_officers,
    posts_of_unit,
    service_of,
    substitutes_on,
)
from lienthong.organisation.queries.signing import authorities_on, signing_block, units_that_sign
from lienthong.organisation.queries.tree import children_on, find_units, name_on, unit_by_code, unit_lines

__all__ = [
    "actor_for",
    "actors_of",
    "actors_of_user",
    "authorities_on",
    "children_on",
    "custodians",
    "demo_people",
    "find_units",
    "heirs_of",
    "inherits_from",
    "name_on",
    "officer_lines",
    "page_of_officers",
    "posts_of_unit",
    "service_of",
    "signing_block",
    "substitutes_on",
    "successions_of",
    "successors",
    "unit_by_code",
    "unit_lines",
    "units_that_sign",
]
