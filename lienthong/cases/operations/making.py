"""A page that is handed in makes one case, however often and however fast it comes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec

from django.db import IntegrityError, transaction

from lienthong.cases.models import Case
from lienthong.cases.operations import writing

P = ParamSpec("P")


def made_before(pk: int) -> Case:
    """Return a case that was made of the same page before."""
    return Case.objects.select_related(*writing.TOGETHER).defer("version__text").get(pk=pk)


def once(make: Callable[P, Case]) -> Callable[P, Case]:
    """Make the case in a transaction; where another request made it of the same page meanwhile, return that one."""

    @functools.wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> Case:
        try:
            with transaction.atomic():
                return make(*args, **kwargs)
        except IntegrityError:
            reception: Any = kwargs.get("reception", args[0] if args else None)
            known = Case.objects.filter(request_key=reception.key).values_list("pk", flat=True).first()
            if known is None:
                raise
            return made_before(known)

    return made
