from django.db import migrations

REFUSE = """
CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('lienthong.allow_truncate', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the journal is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;
"""
ATTACH = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
"""
TABLES = ("journal_event", "journal_seal")


class Migration(migrations.Migration):
    """The database itself refuses to change or delete what was recorded (test databases may truncate)."""

    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION journal_refuse_change() CASCADE"),
        *(migrations.RunSQL(ATTACH.format(table=table), migrations.RunSQL.noop) for table in TABLES),
    ]
