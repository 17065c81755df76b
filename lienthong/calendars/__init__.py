"""Working time by versions of data, and deadlines that can explain themselves day by day.

It owns when offices work, what a limit comes to, and the clock of every deadline. It does not know whose deadline it is
(``Subject``), nor reminds anybody (``tasks``).

The story: 1. ``load_calendars`` seeds the province's calendar from ``data/calendar``; 2. an operation above sets a
deadline on its record, with a limit or a day; 3. pauses and extensions are events on its clock; 4. an administrator
drafts a new version (a make-up Saturday, say) with the decision that orders it, sees what it will move, publishes it;
5. a job computes every open deadline anew and reports what moved to the administrator and to the apps that keep it.
"""
