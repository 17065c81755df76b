"""How long something is kept: the same three columns on what is planned and on what is opened."""

from __future__ import annotations

from django.db import models

from lienthong.workfiles.retention import in_words


class Kept(models.Model):
    """Thời hạn bảo quản: for ever, or for a number of years; neither while nobody has said."""

    is_permanent = models.BooleanField("bảo quản vĩnh viễn", default=False)
    retention_years = models.PositiveSmallIntegerField("số năm bảo quản", null=True, blank=True)
    retention_rule = models.CharField("mức thời hạn", max_length=40, blank=True)

    class Meta:
        abstract = True

    @property
    def maintenance(self) -> str:
        """The retention as papers say it (NĐ 30/2020 Phụ lục VI: Maintenance)."""
        return in_words(self.retention_years, is_permanent=self.is_permanent)

    @property
    def has_retention(self) -> bool:
        """Whether somebody has said how long."""
        return self.is_permanent or self.retention_years is not None
