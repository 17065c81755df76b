"""A loaded version of a register never changes; an entry is never deleted."""

from __future__ import annotations

from django.db import migrations

GUARD = """
CREATE FUNCTION registers_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'registers_registerversion'
       AND (to_jsonb(NEW) - 'valid_to') = (to_jsonb(OLD) - 'valid_to') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of % is refused: what stands in a register stays', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER loaded_stays BEFORE UPDATE OR DELETE ON registers_registerversion
    FOR EACH ROW EXECUTE FUNCTION registers_refuse_change();
CREATE TRIGGER entry_stays BEFORE DELETE ON registers_entry
    FOR EACH ROW EXECUTE FUNCTION registers_refuse_change();
"""
UNGUARD = """
DROP TRIGGER entry_stays ON registers_entry;
DROP TRIGGER loaded_stays ON registers_registerversion;
DROP FUNCTION registers_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
