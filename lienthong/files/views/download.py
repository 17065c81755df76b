"""Giving a file back."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lienthong.files.downloads import send
from lienthong.files.models import StoredFile
from lienthong.ui.requests import OfficerRequest, officers_only


@require_safe
@officers_only()
def download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """Send a file to be saved; resumable."""
    return send(request, _file(request, pk))


@require_safe
@officers_only()
def inline(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """Send a file to be shown by the browser where its kind is harmless (PDF, plain text); else to be saved."""
    return send(request, _file(request, pk), inline=True)


def _file(request: OfficerRequest, pk: int) -> StoredFile:
    return get_object_or_404(StoredFile.objects.visible_to(request.actor, [pk]).select_related("blob"))
