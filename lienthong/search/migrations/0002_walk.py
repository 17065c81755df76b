from django.db import migrations

NEWEST = """
CREATE FUNCTION search_newest(sought text, reach text[], wanted_state text, skipped bigint[], most integer)
RETURNS bigint[] LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET jit = off SET max_parallel_workers_per_gather = 0 SET plan_cache_mode = force_generic_plan
AS $$
-- The newest entries that match and are not skipped. `reach` are ever wider parts of the index, the last one ('') is
-- all of it: a wider one is looked at only when the narrower gave too little, and where two gave nothing, all at once.
DECLARE
    found bigint[] := '{}';
    fresh bigint[];
    steps CONSTANT integer := cardinality(reach);
BEGIN
    FOR step IN 1 .. steps LOOP
        CONTINUE WHEN step > 2 AND step < steps AND found = '{}';
        SELECT COALESCE(array_agg(id ORDER BY id DESC), '{}') INTO fresh FROM (
            SELECT id FROM search_searchentry
             WHERE tsv @@ (sought || reach[step])::tsquery AND id <> ALL (skipped || found)
               AND (wanted_state = '' OR state = wanted_state)
             ORDER BY id + 0 DESC  -- never along the primary key until something matches
             LIMIT most - cardinality(found)
        ) AS matching;
        found := found || fresh;
        EXIT WHEN cardinality(found) >= most;
    END LOOP;
    RETURN found;
END $$
"""

WALK = """
CREATE FUNCTION search_walk(sweeps text[], reach text[], wanted_state text, need integer)
RETURNS TABLE (entry_id bigint, sweep integer) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
-- The first `need` entries: those of the first sweep, newest first, then those that only the second has, and so on.
-- The last sweep holds all others. Where it has but few entries, the others are sought among these alone.
DECLARE
    last CONSTANT integer := cardinality(sweeps);
    enough CONSTANT integer := greatest(need, 100);
    pool CONSTANT bigint[] := search_newest(sweeps[last], reach, wanted_state, '{}', enough);
    is_all CONSTANT boolean := cardinality(pool) < enough;
    found bigint[] := '{}';
    fresh bigint[];
BEGIN
    FOR place IN 1 .. last LOOP
        EXIT WHEN pool = '{}' OR cardinality(found) >= need OR (is_all AND cardinality(found) = cardinality(pool));
        IF place = last THEN
            SELECT array_agg(id ORDER BY id DESC) INTO fresh FROM unnest(pool) AS id WHERE id <> ALL (found);
        ELSIF is_all THEN
            SELECT array_agg(id ORDER BY id DESC) INTO fresh FROM search_searchentry
             WHERE id = ANY (pool) AND id <> ALL (found) AND tsv @@ sweeps[place]::tsquery;
        ELSE
            fresh := search_newest(sweeps[place], reach, wanted_state, found, need - cardinality(found));
        END IF;
        fresh := COALESCE(fresh, '{}');
        RETURN QUERY SELECT unnest(fresh), place;
        found := found || fresh;
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunSQL(NEWEST, "DROP FUNCTION search_newest(text, text[], text, bigint[], integer)"),
        migrations.RunSQL(WALK, "DROP FUNCTION search_walk(text[], text[], text, integer)"),
    ]
