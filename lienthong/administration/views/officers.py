"""Officers: the list, one person, their posts, absences, delegations and account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lienthong.administration import letters
from lienthong.administration.forms import (
    AbsenceForm,
    DelegationForm,
    InvitationForm,
    OfficerForm,
    PostForm,
    proposed_username,
)
from lienthong.administration.views.asof import day_of
from lienthong.administration.views.filling import fill
from lienthong.identity.operations.invitation import Letter
from lienthong.journal.queries import timeline
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation import operations, queries
from lienthong.organisation.models import Absence, Delegation, Officer, Post, Unit
from lienthong.organisation.policies import can_administer, can_hand_over, can_invite, require_arranger
from lienthong.organisation.rules import clean
from lienthong.ui.answering import done
from lienthong.ui.requests import OfficerRequest, officers_only

PAGE = 50
TIMELINE = 30


@officers_only()
def officers(request: OfficerRequest) -> HttpResponse:
    """People by given name, page by page."""
    on, words = day_of(request, chosen=False), clean(request.GET.get("q", ""))
    rows = Officer.objects.visible_to(request.actor)
    unit = Unit.objects.visible_to(request.actor).filter(pk=_whole(request.GET.get("unit", ""))).first()
    if words:
        rows = rows.named_like(words)
    if unit is not None:
        rows = rows.in_unit(unit, on)
    sort_name, _, pk = request.GET.get("after", "").replace("\0", "").rpartition("~")
    people, more = queries.page_of_officers(rows, on, after=(sort_name, _whole(pk)) if sort_name else None, limit=PAGE)
    away = queries.substitutes_on([post for person in people for post in person.posts_now], on)  # type: ignore[attr-defined]
    older = (
        {"q": words, "unit": unit.pk if unit else "", "after": f"{people[-1].sort_name}~{people[-1].pk}"}
        if more
        else {}
    )
    page = {
        "people": people,
        "away": away,
        "words": words,
        "unit": unit,
        "older": f"?{urlencode(older)}" if older else "",
        "may_change": can_administer(request.actor),
        "may_invite": can_invite(request.actor),
    }
    return render(request, "administration/officers.html", page)


@officers_only()
def officer(request: OfficerRequest, pk: int) -> HttpResponse:
    """One person: posts, absences, delegations, account, what happened."""
    person = _officer(request, pk)
    is_self = request.actor.officer.pk == person.pk
    page = person_page(request, person) | {
        "may_change": can_administer(request.actor),
        "may_invite": can_invite(request.actor),
        "may_arrange": is_self or can_administer(request.actor),
        "is_self": is_self,
    }
    return render(request, "administration/officer.html", page)


def person_page(request: OfficerRequest, person: Officer) -> dict[str, object]:
    """Return what the page of a person and their own account page both show."""
    on = day_of(request, chosen=False)
    service = queries.service_of(person, on)
    return {
        "person": person,
        "on": on,
        "service": service,
        "movable": {post.pk for post in service.posts if can_hand_over(request.actor, post)},
        "invitation": getattr(person.user, "invitation", None) if person.user else None,
        "entries": timeline(Subject("officer", person.pk), after=None, limit=TIMELINE),
    }


@officers_only("organisation.administer")
def new_officer(request: OfficerRequest) -> HttpResponse:
    """Enter a person."""
    return fill(
        request,
        OfficerForm(request.POST or None),
        lambda typed: operations.add_officer(**typed, actor=request.actor, at=request.at),
        title="Thêm cán bộ",
        submit="Thêm cán bộ",
        back=reverse("administration:officers"),
        done="Đã thêm cán bộ. Bước tiếp: ghi chức vụ (Bổ nhiệm), rồi mời lập tài khoản.",
        then=_address,
    )


@officers_only("organisation.administer")
def officer_details(request: OfficerRequest, pk: int) -> HttpResponse:
    """Correct a person's name or how to reach them."""
    person = _officer(request, pk)
    initial = {name: getattr(person, name) for name in ("full_name", "email", "phone", "staff_code")}
    return fill(
        request,
        OfficerForm(request.POST or None, initial=initial),
        lambda typed: operations.amend_officer(person, **typed, actor=request.actor, at=request.at),
        title=f"Sửa thông tin {person}",
        submit="Lưu",
        back=_address(person),
        done="Đã lưu.",
    )


@officers_only("organisation.administer")
def officer_posts(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give a person a post."""
    person = _officer(request, pk)
    on = day_of(request, chosen=False)

    def act(typed: dict[str, object]) -> object:
        is_primary = False if typed.pop("concurrent") else None
        return operations.appoint(person, **typed, is_primary=is_primary, actor=request.actor, at=request.at)  # type: ignore[arg-type]  # checked by the form

    return fill(
        request,
        PostForm(request.POST or None, on=on, initial={"valid_from": on, "unit": request.GET.get("unit")}),
        act,
        title=f"Bổ nhiệm {person}",
        submit="Bổ nhiệm",
        back=_address(person),
        done="Đã ghi chức vụ.",
    )


@officers_only()
def post_absences(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say that the holder of a post is away, and who stands in."""
    post = _arrangeable(request, pk)
    on = day_of(request, chosen=False)
    return fill(
        request,
        AbsenceForm(request.POST or None, post=post, on=on, initial={"valid_from": on}),
        lambda typed: operations.record_absence(post, **typed, actor=request.actor, at=request.at),
        title="Khai vắng mặt",
        lead=f"{post.officer}, {post.title}. Người thay thấy và làm việc của chức vụ này trong những ngày đó.",
        submit="Khai vắng mặt",
        back=_home(request, post.officer),
        done="Đã khai vắng mặt.",
    )


@officers_only()
def post_delegations(request: OfficerRequest, pk: int) -> HttpResponse:
    """Let another use some rights of a post."""
    post = _arrangeable(request, pk)
    on = day_of(request, chosen=False)
    return fill(
        request,
        DelegationForm(request.POST or None, post=post, on=on, initial={"valid_from": on}),
        lambda typed: operations.delegate(post, **typed, actor=request.actor, at=request.at),
        title="Ủy quyền",
        lead=f"{post.officer}, {post.title}. Người nhận không ủy quyền lại được.",
        submit="Ủy quyền",
        back=_home(request, post.officer),
        done="Đã ủy quyền.",
    )


@require_POST
@officers_only()
def absence_end(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take an absence back."""
    absence = get_object_or_404(Absence.objects.visible_to(request.actor).select_related("post__officer"), pk=pk)
    return done(
        request,
        lambda: operations.cancel_absence(
            absence, on=day_of(request, chosen=False), actor=request.actor, at=request.at
        ),
        back=_home(request, absence.post.officer),
        word="Đã bỏ khai vắng mặt.",
    )


@require_POST
@officers_only()
def delegation_end(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take a delegation back."""
    delegation = get_object_or_404(Delegation.objects.visible_to(request.actor).select_related("giver__officer"), pk=pk)
    return done(
        request,
        lambda: operations.revoke_delegation(delegation, actor=request.actor, at=request.at),
        back=_home(request, delegation.giver.officer),
        word="Đã thu hồi ủy quyền.",
    )


@officers_only("identity.invite")
def officer_invitation(request: OfficerRequest, pk: int) -> HttpResponse:
    """Invite a person to their account."""
    person = _officer(request, pk)
    initial = {"username": proposed_username(person), "email": person.email}

    def act(typed: dict[str, str]) -> None:
        _send(request, person, operations.invite_officer(person, **typed, actor=request.actor, at=request.at))

    return fill(
        request,
        InvitationForm(request.POST or None, initial=initial),
        act,
        title=f"Mời {person} lập tài khoản",
        lead="Người nhận mở thư, đặt mật khẩu và vào được ngay. Thư dùng một lần, trong bảy ngày.",
        submit="Gửi thư mời",
        back=_address(person),
        done="Đã tạo tài khoản và thư mời.",
    )


@require_POST
@officers_only("identity.invite")
def account_change(request: OfficerRequest, pk: int, change: str) -> HttpResponse:
    """Send the letter again, take it back, shut the account, open it, sign the person out, forget second factors."""
    person = _officer(request, pk)
    at, actor = request.at, request.actor
    changes = {
        "letter": (
            lambda: _send(request, person, operations.invite_again(person, actor=actor, at=at)),
            "Đã tạo thư mời mới.",
        ),
        "no-letter": (lambda: operations.withdraw_invitation(person, actor=actor, at=at), "Đã thu hồi thư mời."),
        "closed": (lambda: operations.close_officer_account(person, actor=actor, at=at), "Đã khóa tài khoản."),
        "open": (lambda: operations.reopen_officer_account(person, actor=actor, at=at), "Đã mở lại tài khoản."),
        "no-factors": (
            lambda: operations.forget_second_factors(person, actor=actor, at=at),
            "Đã bỏ xác thực hai lớp. Người này đăng nhập bằng mật khẩu rồi bật lại.",
        ),
        "signed-out": (lambda: operations.sign_out_officer(person, actor=actor, at=at), "Đã đăng xuất khỏi mọi máy."),
    }
    act, word = changes[change]
    return done(request, act, back=_address(person), word=word)


@never_cache
@require_POST
@officers_only("identity.invite")
def officer_password_link(request: OfficerRequest, pk: int) -> HttpResponse:
    """Make a link with which a person sets a new password, and show it this once."""
    person = _officer(request, pk)
    try:
        link = operations.issue_password_link(person, actor=request.actor, at=request.at)
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return HttpResponseRedirect(_address(person))
    address = request.build_absolute_uri(reverse("administration:password_link", args=[link.token]))
    page = {"person": person, "link": link.row, "address": address}
    return render(request, "administration/password_link_issued.html", page)


def _send(request: OfficerRequest, person: Officer, letter: Letter) -> None:
    """Send the letter, and show its address once, for where the mail does not arrive."""
    address = request.build_absolute_uri(reverse("administration:invitation", args=[letter.token]))
    is_sent = letters.send_invitation(person.full_name, letter.invitation, address)
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        messages.warning(request, f"Máy chủ chưa cài gửi thư. Hãy đưa đường dẫn này cho người được mời: {address}")
    elif is_sent:
        messages.info(
            request, f"Thư mời đã gửi tới {letter.invitation.email}. Nếu thư không tới, đưa đường dẫn: {address}"
        )
    else:
        messages.warning(request, f"Máy chủ thư không nhận thư. Hãy đưa đường dẫn này cho người được mời: {address}")


def _officer(request: OfficerRequest, pk: int) -> Officer:
    return get_object_or_404(Officer.objects.visible_to(request.actor).select_related("user__invitation"), pk=pk)


def _post(request: OfficerRequest, pk: int) -> Post:
    return get_object_or_404(Post.objects.visible_to(request.actor).select_related("officer", "unit"), pk=pk)


def _arrangeable(request: OfficerRequest, pk: int) -> Post:
    """Return a post that the actor may arrange for; to others the form does not exist."""
    post = _post(request, pk)
    require_arranger(request.actor, post)
    return post


def _address(person: Officer) -> str:
    return reverse("administration:officer", args=[person.pk])


def _home(request: OfficerRequest, person: Officer) -> str:
    """Return where one came from: one's own account page, or the page of the person."""
    return reverse("administration:account") if request.actor.officer.pk == person.pk else _address(person)


def _whole(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 19 else 0
