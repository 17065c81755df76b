"""Addresses of the statistics; what everybody may read has a Vietnamese one. They stand before ``cases/<pk>/``."""

from __future__ import annotations

from django.urls import path

from lienthong.cases.views import statistics

urlpatterns = [
    path("cases/statistics/", statistics.statistics, name="statistics"),
    path("cases/statistics/list/", statistics.statistics_list, name="statistics_list"),
    path("ket-qua-giai-quyet/", statistics.results, name="results"),
]
