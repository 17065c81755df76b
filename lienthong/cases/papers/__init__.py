"""The papers of a case (mẫu số 01 to 05, A5) as PDF: set from rows that do not change, so the same bytes each time."""
