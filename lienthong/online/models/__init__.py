"""Accounts of citizens and enterprises, and what is theirs."""

from lienthong.online.models.citizen import Citizen, OwnCase
from lienthong.online.models.codes import OneTimeCode

__all__ = ["Citizen", "OneTimeCode", "OwnCase"]
