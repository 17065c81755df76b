"""Addresses for citizens, in Vietnamese, for they are typed and read aloud."""

from __future__ import annotations

from django.urls import path

from lienthong.online.own_urls import urlpatterns as own_urlpatterns
from lienthong.online.views import tracking

app_name = "online"
urlpatterns = [
    *own_urlpatterns,
    path("tra-cuu/", tracking.lookup, name="lookup"),
    path("tra-cuu/<str:token>/", tracking.track, name="track"),
]
