"""Communes of today, for the boxes in which an officer picks an address."""

from __future__ import annotations

from django.http import Http404, JsonResponse
from django.views.decorators.http import require_safe

from lienthong.kernel.clock import local_date
from lienthong.organisation.queries.communes import find_communes
from lienthong.ui.requests import OfficerRequest, officers_only

LONGEST = 100


@require_safe
@officers_only()
def communes(request: OfficerRequest) -> JsonResponse:
    """Communes of today by any words of their name or their code."""
    words = request.GET.get("q", "")
    if len(words) > LONGEST:
        raise Http404
    return JsonResponse({"results": find_communes(words, on=local_date(request.at))})
