"""Who must do what by when: tasks and their life, programmes of tasks, the inbox of every officer.

It owns tasks, what is reported on them, their deadlines' dates and who must act now. It does not own what a task is
about: that is a ``Subject`` (a document, a programme) which learns of its tasks through ``tasks.threads``.

The story: 1. a leader assigns: what, who leads, who takes part, by when (``operations.assignment``); 2. the unit
accepts and passes it on to a person; 3. they report, ask for more time, finish (``completion``, ``extension``); 4. the
assigner verifies or returns it; 5. whatever is late climbs a level by itself, in working time (``lateness``), and the
roll-up of a programme shows it in the five legal classes (``classes``).
"""
