from django.db import migrations

REFUSE = """
CREATE FUNCTION outgoing_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('lienthong.allow_truncate', true) = 'on' THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - '{state,pdf_id,pages,published_at}'::text[]
         = to_jsonb(OLD) - '{state,pdf_id,pages,published_at}'::text[]
       AND (OLD.pdf_id IS NULL OR OLD.pdf_id = NEW.pdf_id)
       AND (OLD.pages IS NULL OR OLD.pages = NEW.pages)
       AND (OLD.published_at IS NULL OR OLD.published_at = NEW.published_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an issued document never changes: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER issued_stays BEFORE UPDATE OR DELETE ON outgoing_outgoingdocument
    FOR EACH ROW EXECUTE FUNCTION outgoing_refuse_change();
CREATE TRIGGER issued_stays_whole BEFORE TRUNCATE ON outgoing_outgoingdocument
    FOR EACH STATEMENT EXECUTE FUNCTION outgoing_refuse_change();
"""


class Migration(migrations.Migration):
    """The database itself refuses to change or delete what was issued (test databases may truncate)."""

    dependencies = [("outgoing", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, "DROP FUNCTION outgoing_refuse_change() CASCADE")]
