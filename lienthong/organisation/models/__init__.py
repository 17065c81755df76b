from lienthong.organisation.models.authority import Absence, Delegation, SigningAuthority
from lienthong.organisation.models.officer import Officer, Post
from lienthong.organisation.models.succession import Succession
from lienthong.organisation.models.takeover import TakeOver
from lienthong.organisation.models.unit import Unit, UnitCode, UnitName, UnitPlacement

__all__ = [
    "Absence",
    "Delegation",
    "Officer",
    "Post",
    "SigningAuthority",
    "Succession",
    "TakeOver",
    "Unit",
    "UnitCode",
    "UnitName",
    "UnitPlacement",
]
