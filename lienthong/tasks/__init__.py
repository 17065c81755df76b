"""Who must do what by when: assignment, co-workers, reports, extension, verification, programmes, roll-up; the inbox."""
