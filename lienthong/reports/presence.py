"""What the apps below learn of reports when the house starts."""

from __future__ import annotations

from django.urls import reverse

from lienthong.kernel import rights
from lienthong.tasks import papers
from lienthong.ui import menu


def declare() -> None:
    """Declare the right to read reports of the agency, and the menu."""
    papers.declare(
        papers.Paper(
            "Soạn báo cáo tổng hợp",
            "file-text",
            "drafts.write",
            lambda pk: reverse("reports:programme_draft", args=[pk]),
        )
    )
    rights.declare("reports.read", "Xem báo cáo xử lý văn bản của cơ quan")
    menu.declare(
        menu.MenuEntry(
            key="reports",
            label="Báo cáo",
            icon="report-analytics",
            url_name="reports:processing",
            right="reports.read",
            order=80,
        )
    )
