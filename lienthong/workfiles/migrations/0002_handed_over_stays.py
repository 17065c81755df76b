from django.db import migrations

REFUSE = """
CREATE FUNCTION workfiles_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was handed over never changes: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;
CREATE FUNCTION workfiles_refuse_filing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held text;
BEGIN
    SELECT state INTO held FROM workfiles_workfile
     WHERE id IN (CASE WHEN TG_OP = 'INSERT' THEN NEW.file_id ELSE OLD.file_id END) FOR SHARE;
    IF held = 'handed_over' THEN
        RAISE EXCEPTION 'what was handed over never changes: % on % is refused', TG_OP, TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER handed_over_stays BEFORE UPDATE OR DELETE ON workfiles_workfile
    FOR EACH ROW WHEN (OLD.state = 'handed_over') EXECUTE FUNCTION workfiles_refuse_change();
CREATE TRIGGER filing_stays BEFORE INSERT OR UPDATE OR DELETE ON workfiles_filing
    FOR EACH ROW EXECUTE FUNCTION workfiles_refuse_filing();
CREATE TRIGGER hand_over_stays BEFORE UPDATE OR DELETE ON workfiles_handover
    FOR EACH ROW WHEN (OLD.state <> 'submitted') EXECUTE FUNCTION workfiles_refuse_change();
CREATE TRIGGER hand_over_item_stays BEFORE UPDATE OR DELETE ON workfiles_handoveritem
    FOR EACH ROW WHEN (OLD.state <> 'waiting') EXECUTE FUNCTION workfiles_refuse_change();
"""
UNDO = """
DROP FUNCTION workfiles_refuse_change() CASCADE;
DROP FUNCTION workfiles_refuse_filing() CASCADE;
"""


class Migration(migrations.Migration):
    """The database itself refuses to change what the archive took, what lies in it, and what was decided."""

    dependencies = [("workfiles", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, UNDO)]
