"""Accounts of citizens and enterprises, and what is theirs."""

from lienthong.online.models.citizen import Citizen, OwnCase
from lienthong.online.models.codes import OneTimeCode
from lienthong.online.models.filling import Filling, FillingFile
from lienthong.online.models.national import NationalIdentity

__all__ = ["Citizen", "Filling", "FillingFile", "NationalIdentity", "OneTimeCode", "OwnCase"]
