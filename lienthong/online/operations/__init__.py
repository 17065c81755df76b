"""The verbs of citizens."""

from lienthong.online.operations.accounts import open_account, open_case_to

__all__ = ["open_account", "open_case_to"]
