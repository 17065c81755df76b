"""Addresses of a citizen's own cases."""

from __future__ import annotations

from django.urls import path

from lienthong.online.views import own, own_actions, own_opinions

urlpatterns = [
    path("ho-so-cua-toi/", own.listing, name="own"),
    path("ho-so-cua-toi/them/", own.adding, name="own_add"),
    path("ho-so-cua-toi/<int:pk>/", own.case, name="own_case"),
    path("ho-so-cua-toi/<int:pk>/thoi-han/", own.account, name="own_clock"),
    path("ho-so-cua-toi/<int:pk>/tep/<int:attachment>/", own.file, name="own_file"),
    path("ho-so-cua-toi/<int:pk>/giay-tiep-nhan.pdf", own.receipt, name="own_receipt"),
    path("ho-so-cua-toi/<int:pk>/bo-sung/", own_actions.supplementing, name="own_supplement"),
    path("ho-so-cua-toi/<int:pk>/rut/", own_actions.withdrawing, name="own_withdraw"),
    path("ho-so-cua-toi/<int:pk>/nhan-ket-qua/", own_actions.returning, name="own_return"),
    path("ho-so-cua-toi/<int:pk>/tin-nhan/", own_actions.talking, name="own_talk"),
    path("ho-so-cua-toi/<int:pk>/tin-nhan/thu-hoi/", own_actions.talk_taking_back, name="own_talk_back"),
    path("ho-so-cua-toi/<int:pk>/danh-gia/", own_opinions.rating, name="own_rating"),
    path("ho-so-cua-toi/<int:pk>/phan-anh/", own_opinions.complaint, name="own_complaint"),
    path("ho-so-cua-toi/<int:pk>/nop-tien/", own_actions.paying, name="own_pay"),
]
