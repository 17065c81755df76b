from __future__ import annotations

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "lienthong.workflow"
    verbose_name = "Quy trình"
