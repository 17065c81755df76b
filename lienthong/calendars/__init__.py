"""Working time: sessions, holidays, make-up days by version; deadlines and their day-by-day explanation."""
