"""Accounts of citizens and enterprises, and what is theirs."""

from lienthong.online.models.citizen import Citizen, OwnCase

__all__ = ["Citizen", "OwnCase"]
