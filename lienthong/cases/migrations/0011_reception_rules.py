import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Rules of reception that were entered on screen."""

    dependencies = [
        ("cases", "0010_filed"),
        ("organisation", "0004_one_stop_desks"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceptionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("desks", "Nơi nhận hồ sơ"), ("hour", "Giờ cuối nhận trong ngày")],
                        max_length=5,
                        verbose_name="loại",
                    ),
                ),
                (
                    "channels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), size=None, verbose_name="cách nộp"
                    ),
                ),
                (
                    "desks",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("competent", "Chỉ Một cửa của cơ quan giải quyết"),
                            ("line", "Một cửa của cơ quan giải quyết và của cơ quan cấp dưới trong địa bàn"),
                            ("province", "Mọi Bộ phận Một cửa trong tỉnh"),
                        ],
                        max_length=9,
                        verbose_name="nơi nhận",
                    ),
                ),
                ("hour", models.TimeField(blank=True, null=True, verbose_name="giờ cuối")),
                ("valid_from", models.DateField(verbose_name="áp dụng từ")),
                ("source", models.CharField(max_length=300, verbose_name="căn cứ")),
                ("is_verified", models.BooleanField(default=False, verbose_name="đã đối chiếu nguyên văn")),
                ("entered_at", models.DateTimeField(verbose_name="nhập lúc")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="rút lúc")),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do rút")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.post"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "quy tắc tiếp nhận",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hour__isnull", True), ("kind", "desks"), models.Q(("desks", ""), _negated=True)),
                            models.Q(("desks", ""), ("kind", "hour")),
                            _connector="OR",
                        ),
                        name="reception_rule_says_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channels", []), _negated=True), name="reception_rule_has_channels"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("withdrawn_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="reception_rule_withdrawn_why",
                    ),
                ],
            },
        ),
    ]
