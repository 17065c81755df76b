"""Addresses of the citizens' entrance and of their account."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from lienthong.online.views import account, demo, entrance, national, security

urlpatterns = [
    path("dich-vu-cong/", entrance.home, name="home"),
    path("dich-vu-cong/dang-nhap/", entrance.sign_in, name="sign_in"),
    path("dich-vu-cong/dang-nhap/ma/", entrance.code, name="code"),
    path("dich-vu-cong/dang-nhap/ma-khac/", entrance.another_code, name="another_code"),
    path("dich-vu-cong/dang-nhap/ten/", entrance.name, name="name"),
    path("dich-vu-cong/dang-xuat/", entrance.sign_out, name="sign_out"),
    path("dich-vu-cong/dinh-danh/", national.start, name="national"),
    path("dich-vu-cong/dinh-danh/ve/", national.back, name="national_back"),
    path("dich-vu-cong/dinh-danh/lien-ket/", national.link, name="national_link"),
    path("dich-vu-cong/dinh-danh/bo-lien-ket/", national.unlink, name="national_unlink"),
    path("dich-vu-cong/tai-khoan/", account.account, name="account"),
    path("dich-vu-cong/tai-khoan/ho-ten/", account.name, name="account_name"),
    path("dich-vu-cong/tai-khoan/lien-he/<str:kind>/", account.contact, name="account_contact"),
    path("dich-vu-cong/tai-khoan/lien-he/<str:kind>/ma/", account.contact_code, name="account_contact_code"),
    path("dich-vu-cong/tai-khoan/cach-bao-tin/", account.wish, name="account_wish"),
    path("dich-vu-cong/tai-khoan/cac-may/", security.sessions, name="sessions"),
    path("dich-vu-cong/tai-khoan/cac-may/<int:pk>/dang-xuat/", security.end_session, name="session_end"),
    path("dich-vu-cong/tai-khoan/cac-may/dang-xuat/", security.end_others, name="sessions_end"),
    path("dich-vu-cong/tai-khoan/lop-hai/", security.second_factor, name="second_factor"),
    path("dich-vu-cong/tai-khoan/lop-hai/tat/", security.second_factor_off, name="second_factor_off"),
    path("dich-vu-cong/tai-khoan/dong/", account.closing, name="account_closing"),
]
if settings.DEMO:
    urlpatterns += [
        path("dung-thu/nguoi-dan/", demo.people, name="demo_people"),
        path("dung-thu/nguoi-dan/vao/", demo.sign_in_as, name="demo_sign_in"),
    ]
