from django.db import migrations

REFUSE = """
CREATE FUNCTION procedures_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('lienthong.allow_truncate', true) = 'on' AND TG_OP = 'TRUNCATE' THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' AND OLD.state <> 'published' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.state <> 'published'
        OR (NEW.text = OLD.text AND NEW.digest = OLD.digest AND NEW.state = OLD.state AND NEW.number = OLD.number
            AND NEW.procedure_id = OLD.procedure_id AND NEW.valid_from = OLD.valid_from)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published version of a procedure never changes';
END $$;
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON procedures_procedureversion
    FOR EACH ROW EXECUTE FUNCTION procedures_refuse_change();
CREATE TRIGGER published_stays_whole BEFORE TRUNCATE ON procedures_procedureversion
    FOR EACH STATEMENT EXECUTE FUNCTION procedures_refuse_change();
"""


class Migration(migrations.Migration):
    """A published version of a procedure never changes, but for the day on which it ends."""

    dependencies = [("procedures", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, "DROP FUNCTION procedures_refuse_change() CASCADE")]
