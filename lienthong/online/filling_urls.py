"""Addresses of procedures for citizens, and of their drafts. Comes last: a code of a procedure is any word."""

from __future__ import annotations

from django.urls import path

from lienthong.online.views import filling, filling_files, finding, submitting

DRAFT = "ho-so-cua-toi/soan/<uuid:key>/"
urlpatterns = [
    path("dich-vu-cong/thu-tuc/", finding.listing, name="procedures"),
    path("dich-vu-cong/<str:code>/", finding.service, name="service"),
    path("dich-vu-cong/<str:code>/nop/", finding.starting, name="start"),
    path("ho-so-cua-toi/xa-phuong/", finding.communes, name="communes"),
    path("ho-so-cua-toi/soan/", filling.drafts, name="fillings"),
    path(DRAFT, filling.filling, name="filling"),
    path(f"{DRAFT}luu/", filling.saving, name="filling_save"),
    path(f"{DRAFT}bo/", filling.dropping, name="filling_drop"),
    path(f"{DRAFT}doi-mau/", filling.changed, name="filling_changed"),
    path(f"{DRAFT}giay-to/", filling_files.papers, name="filling_papers"),
    path(f"{DRAFT}giay-to/<str:paper>/", filling_files.uploading, name="filling_upload"),
    path(f"{DRAFT}tep/<int:pk>/", filling_files.file, name="filling_file"),
    path(f"{DRAFT}tep/<int:pk>/anh/", filling_files.picture, name="filling_picture"),
    path(f"{DRAFT}lien-he/", submitting.contact, name="filling_contact"),
    path(f"{DRAFT}nop/", submitting.check, name="filling_check"),
    path("ho-so-cua-toi/<int:pk>/da-nop/", submitting.submitted, name="submitted"),
]
