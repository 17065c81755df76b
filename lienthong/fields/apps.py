from __future__ import annotations

from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "lienthong.fields"
    verbose_name = "Trường dữ liệu"
