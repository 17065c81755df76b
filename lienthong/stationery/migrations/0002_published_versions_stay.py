from django.db import migrations

REFUSE = """
CREATE FUNCTION stationery_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published version of a template never changes: % is refused', TG_OP;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON stationery_templateversion
    FOR EACH ROW EXECUTE FUNCTION stationery_refuse_change();
"""


class Migration(migrations.Migration):
    """The database itself refuses to change or delete a published version of a template."""

    dependencies = [("stationery", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, "DROP FUNCTION stationery_refuse_change() CASCADE")]
