import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The papers of a case lie below its line."""

    dependencies = [
        ("organisation", "0004_one_stop_desks"),
        ("workfiles", "0003_copy_use"),
    ]

    operations = [
        migrations.AddField(
            model_name="filing",
            name="whole",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="workfiles.filing",
            ),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(condition=models.Q(("whole__isnull", False)), fields=["whole"], name="filing_of_whole"),
        ),
    ]
