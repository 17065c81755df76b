"""Telephone numbers of cases as digits alone: until now the desk's blanks and dots were kept, and hid a case."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_reception_rules")]

    operations = [
        migrations.RunSQL(
            r"UPDATE cases_case SET contact_phone = regexp_replace(contact_phone, '[\s.()-]', '', 'g') "
            r"WHERE contact_phone ~ '[\s.()-]'",
            migrations.RunSQL.noop,
        )
    ]
