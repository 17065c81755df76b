from __future__ import annotations

from django.apps import AppConfig


class ApplicantsConfig(AppConfig):
    name = "lienthong.applicants"
    verbose_name = "Người nộp hồ sơ"
