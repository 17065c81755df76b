"""``bin/manage worker``: do the jobs that wait, without the library's English greeting under the banner."""

from __future__ import annotations

import asyncio
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

AT_ONCE = 4
SECONDS_TO_FINISH = 10


class Command(BaseCommand):
    """Do jobs until told to stop."""

    help = "Làm các việc nền đang chờ, tới khi được bảo dừng."

    def handle(self, *_: Any, **__: Any) -> None:
        """Run one worker over all queues; a job in hand has some seconds to finish when it must stop."""
        connector = app.connector
        assert isinstance(connector, DjangoConnector)  # noqa: S101 - django's app has no other
        with app.replace_connector(connector.get_worker_connector()):
            asyncio.run(_work())


async def _work() -> None:
    async with app.open_async():
        await app.run_worker_async(concurrency=AT_ONCE, shutdown_graceful_timeout=SECONDS_TO_FINISH)
