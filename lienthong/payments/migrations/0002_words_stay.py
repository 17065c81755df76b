from django.db import migrations

REFUSE = """
CREATE FUNCTION payments_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('lienthong.allow_truncate', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'what a gateway said and what was receipted never changes: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;
"""
ATTACH = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION payments_refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION payments_refuse_change();
"""
TABLES = ("payments_callbackreceived", "payments_receipt")


class Migration(migrations.Migration):
    """The database itself refuses to change what a gateway said and what the payer holds in hand."""

    dependencies = [("payments", "0001_initial")]
    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION payments_refuse_change() CASCADE"),
        *(migrations.RunSQL(ATTACH.format(table=table), migrations.RunSQL.noop) for table in TABLES),
    ]
