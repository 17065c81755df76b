"""Addresses for citizens, in Vietnamese, for they are typed and read aloud."""

from __future__ import annotations

from django.urls import path

from lienthong.online.entrance_urls import urlpatterns as entrance_urlpatterns
from lienthong.online.filling_urls import urlpatterns as filling_urlpatterns
from lienthong.online.own_urls import urlpatterns as own_urlpatterns
from lienthong.online.views import rating, tracking

app_name = "online"
urlpatterns = [
    *entrance_urlpatterns,
    *own_urlpatterns,
    path("tra-cuu/", tracking.lookup, name="lookup"),
    path("tra-cuu/<str:token>/", tracking.track, name="track"),
    path("tra-cuu/<str:token>/danh-gia/", rating.rating, name="track_rating"),
    *filling_urlpatterns,  # last: a code of a procedure is any word
]
