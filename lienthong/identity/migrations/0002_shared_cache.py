"""The table of the cache that all processes share: failed sign-ins are counted once, whoever answers."""

from __future__ import annotations

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
