"""Addresses of the whole product: each app answers for its own resources, from the root."""

from __future__ import annotations

from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

from lienthong.site import views

app_urls = [
    path("", include(f"{app.name}.urls"))
    for app in apps.get_app_configs()
    if app.name.startswith("lienthong.") and app.name != "lienthong.site" and find_spec(f"{app.name}.urls")
]
site_urls = [
    path("acting-post/", views.acting_post, name="acting_post"),
    path("healthz", views.health, name="health"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((site_urls, "site"))),
    path("accounts/email/", views.own_address),  # before the library's page: addresses are the administrator's
    path("accounts/", include("allauth.urls")),
    *app_urls,
]

handler400 = "lienthong.site.views.bad_request"
handler403 = "lienthong.site.views.forbidden"
handler404 = "lienthong.site.views.not_found"
handler500 = "lienthong.site.views.server_error"
