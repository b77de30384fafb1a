"""A body may take back work that it gave away, or take the place of one that it gave
work to: nobody follows such steps on, so they close no ring."""

from django.db import migrations

DROP = "DROP TRIGGER no_ring ON landscape_succession;"
RING = """
CREATE CONSTRAINT TRIGGER no_ring AFTER INSERT OR UPDATE ON landscape_succession
    FOR EACH ROW {when} EXECUTE FUNCTION refuse_ring('old_id', 'new_id', '{which}');
"""
OF_WHOLE_BODIES = DROP + RING.format(
    when="WHEN (NEW.kind <> 'took-over')", which="t.kind <> ''took-over''"
)
AS_BEFORE = DROP + RING.format(when="", which="true")


class Migration(migrations.Migration):
    dependencies = [("landscape", "0009_some_are_bound")]

    operations = [migrations.RunSQL(OF_WHOLE_BODIES, AS_BEFORE)]
