from django.db import migrations, models


class Migration(migrations.Migration):
    """A series may begin again each day: the year becomes a period."""

    dependencies = [("numbering", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("counter", "counter_once_a_year"),
        migrations.RemoveConstraint("number", "number_given_once"),
        migrations.RenameField("counter", "year", "period"),
        migrations.RenameField("number", "year", "period"),
        migrations.AlterField("counter", "period", models.PositiveIntegerField(verbose_name="kỳ đánh số")),
        migrations.AlterField("number", "period", models.PositiveIntegerField(verbose_name="kỳ đánh số")),
        migrations.AddConstraint(
            "counter", models.UniqueConstraint(fields=["series", "period"], name="counter_once_a_period")
        ),
        migrations.AddConstraint(
            "number",
            models.UniqueConstraint(fields=["series", "period", "number", "suffix"], name="number_given_once"),
        ),
    ]
