"""Files of a draft: sent, used again, put in order, taken off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.files import File
from django.db import transaction
from django.db.models import Max

from lienthong.files.models import StoredFile
from lienthong.files.operations import receive
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.online.keeping import keeping_on
from lienthong.online.models import Filling, FillingFile
from lienthong.online.operations.filling import drop, locked
from lienthong.online.queries.fillings import offered
from lienthong.online.standing import Standing

NO_PAPER = "Thủ tục không yêu cầu giấy tờ này nữa. Hãy tải lại trang."


@transaction.atomic
def add_file(filling: Filling, paper: str, file: StoredFile, *, at: dt.datetime) -> FillingFile:
    """Put a file that the account sent on a paper of its draft, after those that are there; twice is once.

    Refuses a paper that is not asked for, another's file, and one file too many.
    """
    row = locked(filling)
    asked = next((one for one in Standing(row, at).papers if one.key == paper), None)
    if asked is None:
        raise Refusal(NO_PAPER)
    if file.account_id != row.citizen.user_id:
        raise Refusal("Tệp này không phải của tài khoản. Hãy tải tệp lên lại.")
    known = row.files.filter(paper=paper, file=file).first()
    if known is not None:
        return known
    most = keeping_on(local_date(at)).files
    if row.files.count() >= most:
        raise Refusal(f"Một hồ sơ gửi nhiều nhất {most} tệp. Hãy bỏ bớt hoặc gộp các trang vào một tệp PDF.")
    last = row.files.filter(paper=paper).aggregate(last=Max("order"))["last"] or 0
    row.saved_at = at
    row.save(update_fields=["saved_at"])
    return FillingFile.objects.create(filling=row, paper=paper, file=file, reuse=asked.reuse, order=last + 1)


@transaction.atomic
def add_files(filling: Filling, paper: str, sent: Sequence[File[bytes]], *, at: dt.datetime) -> int:
    """Receive files that came with a plain form, without JavaScript, and put them on a paper."""
    account = filling.citizen.user
    for one in sent:
        file = receive(one, name=one.name or "tệp", actor=None, account=account, at=at)
        add_file(filling, paper, file, at=at)
    return len(sent)


@transaction.atomic
def use_again(filling: Filling, paper: str, pk: int, *, at: dt.datetime) -> FillingFile:
    """Use again a file that the account handed in with an earlier case. Refuses any other."""
    asked = next((one for one in Standing(filling, at).papers if one.key == paper), None)
    some = offered(filling.citizen, [asked.reuse]).get(asked.reuse, []) if asked else []
    found = next((one for one in some if one.file_id == pk), None)
    if found is None:
        raise Refusal("Tệp này không dùng lại được ở đây. Hãy tải tệp lên.")
    return add_file(filling, paper, found.file, at=at)


@transaction.atomic
def take_off(filling: Filling, pk: int, *, at: dt.datetime) -> None:
    """Take a file off a draft; its bytes go too where nothing else has them. Refuses what is not there."""
    row = locked(filling)
    found = row.files.filter(pk=pk).select_related("file").first()
    if found is None:
        raise Refusal("Tệp này đã được bỏ.")
    file = found.file
    found.delete()
    row.saved_at = at
    row.save(update_fields=["saved_at"])
    drop(file)


@transaction.atomic
def move_up(filling: Filling, pk: int) -> None:
    """Put a file one place earlier among those of its paper."""
    row = locked(filling)
    found = row.files.filter(pk=pk).first()
    if found is None:
        raise Refusal("Tệp này đã được bỏ.")
    line = list(row.files.filter(paper=found.paper).order_by("order", "pk"))
    place = [one.pk for one in line].index(pk)
    if place:
        line[place - 1], line[place] = line[place], line[place - 1]
    for order, one in enumerate(line, 1):
        one.order = order
    FillingFile.objects.bulk_update(line, ["order"])
