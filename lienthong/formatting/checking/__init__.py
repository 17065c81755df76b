"""Checking the form of a document (kiểm tra thể thức) by rules that are data."""

from lienthong.formatting.checking.check import Finding, abbreviations_of, check
from lienthong.formatting.checking.elements import Parts, identify
from lienthong.formatting.checking.rules import Rule, rules

__all__ = ["Finding", "Parts", "Rule", "abbreviations_of", "check", "identify", "rules"]
