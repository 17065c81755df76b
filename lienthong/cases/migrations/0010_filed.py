from django.db import migrations, models


class Migration(migrations.Migration):
    """Cases that lie in a work file leave the list of those to be filed."""

    dependencies = [
        ("cases", "0009_results_as_documents"),
        ("procedures", "0002_published_stays"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="is_filed",
            field=models.BooleanField(db_default=False, default=False, verbose_name="đã lưu vào hồ sơ công việc"),
        ),
        migrations.AddField(
            model_name="casereader",
            name="is_filed",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name="casereader",
            index=models.Index(
                condition=models.Q(("is_filed", False), ("status__in", (7, 8, 9, 10))),
                fields=["audience", "-case"],
                name="case_list_to_file",
            ),
        ),
    ]
