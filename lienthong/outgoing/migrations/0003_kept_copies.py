from django.db import migrations, models

KEPT = """
UPDATE outgoing_dispatch SET state = 'kept', sent_at = NULL
FROM outgoing_recipient WHERE outgoing_recipient.id = outgoing_dispatch.recipient_id AND outgoing_recipient.way = 'file'
"""


class Migration(migrations.Migration):
    """The copy for the archive is kept, not sent."""

    dependencies = [("outgoing", "0002_issued_stays")]
    operations = [
        migrations.AlterField(
            model_name="dispatch",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Chờ gửi"),
                    ("sent", "Đã gửi"),
                    ("received", "Đã nhận"),
                    ("registered", "Đã vào sổ"),
                    ("returned", "Bị trả lại"),
                    ("failed", "Không gửi được"),
                    ("withdrawn", "Đã thu về"),
                    ("kept", "Lưu tại cơ quan"),
                ],
                default="waiting",
                max_length=10,
                verbose_name="tình trạng",
            ),
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
