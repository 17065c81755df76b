"""How the whole is started: the console commands behind ``bin/run`` and ``bin/manage``, without Django.

Reading order: ``run`` (one start from beginning to end) or ``manage`` (one command), then ``cluster`` (the embedded
PostgreSQL), ``sharing`` (several processes, one server), ``preparation`` (migrations, catalogue, static files, demo)
and ``supervisor`` (web and worker kept alive).
"""
