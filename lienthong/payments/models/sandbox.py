"""The books of the gateway that exists in the demo only."""

from __future__ import annotations

from django.db import models


class SandboxOrder(models.Model):
    """Lệnh của cổng thử: what the sandbox gateway of the demo knows of one request, as a bank would know it."""

    reference = models.CharField(max_length=30, unique=True)
    transaction = models.CharField(max_length=80, blank=True)
    amount = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, default="pending")
    back = models.CharField(max_length=300)
    at = models.DateTimeField()
