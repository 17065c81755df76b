"""Addresses of the administration; the demo's change of role exists in the demo only."""

from __future__ import annotations

from django.conf import settings
from django.urls import path, re_path

from lienthong.administration.views import account, communes, handing_over, officers, signing, transfer, units

app_name = "administration"
urlpatterns = [
    path("communes/", communes.communes, name="communes"),
    path("units/", units.units, name="units"),
    path("units/new/", units.new_unit, name="new_unit"),
    path("units/export/", transfer.units_export, name="units_export"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/branch/", units.branch, name="branch"),
    path("units/<int:pk>/name/", units.unit_name, name="unit_name"),
    path("units/<int:pk>/place/", units.unit_place, name="unit_place"),
    path("units/<int:pk>/codes/", units.unit_codes, name="unit_codes"),
    path("units/<int:pk>/end/", units.unit_end, name="unit_end"),
    path("units/<int:pk>/successions/", units.unit_successions, name="unit_successions"),
    path("officers/", officers.officers, name="officers"),
    path("officers/new/", officers.new_officer, name="new_officer"),
    path("officers/export/", transfer.officers_export, name="officers_export"),
    path("officers/<int:pk>/", officers.officer, name="officer"),
    path("officers/<int:pk>/details/", officers.officer_details, name="officer_details"),
    path("officers/<int:pk>/posts/", officers.officer_posts, name="officer_posts"),
    path("officers/<int:pk>/invitation/", officers.officer_invitation, name="officer_invitation"),
    re_path(
        r"^officers/(?P<pk>\d{1,18})/account/(?P<change>letter|no-letter|closed|open|signed-out|no-factors)/$",
        officers.account_change,
        name="account_change",
    ),
    path("officers/<int:pk>/password-link/", officers.officer_password_link, name="officer_password_link"),
    path("officers/<int:pk>/account/end/", handing_over.account_end, name="account_end"),
    path("posts/<int:pk>/end/", handing_over.post_end, name="post_end"),
    path("posts/<int:pk>/reopening/", handing_over.post_reopening, name="post_reopening"),
    path("posts/<int:pk>/take-over/", handing_over.post_take_over, name="post_take_over"),
    path("take-overs/", handing_over.take_overs, name="take_overs"),
    path("take-overs/<int:pk>/", handing_over.take_over, name="take_over"),
    path("take-overs/<int:pk>/cancellation/", handing_over.take_over_cancellation, name="take_over_cancellation"),
    path("take-overs/<int:pk>/return/", handing_over.take_over_return, name="take_over_return"),
    path("posts/<int:pk>/absences/", officers.post_absences, name="post_absences"),
    path("posts/<int:pk>/delegations/", officers.post_delegations, name="post_delegations"),
    path("absences/<int:pk>/end/", officers.absence_end, name="absence_end"),
    path("delegations/<int:pk>/end/", officers.delegation_end, name="delegation_end"),
    path("signing-authorities/", signing.signing_authorities, name="signing_authorities"),
    path("signing-authorities/new/", signing.new_signing_authority, name="new_signing_authority"),
    path("signing-authorities/<int:pk>/end/", signing.signing_authority_end, name="signing_authority_end"),
    path("organisation/import/", transfer.organisation_import, name="organisation_import"),
    path("organisation/import/template/", transfer.template, name="import_template"),
    path("organisation/import/<int:pk>/", transfer.import_run, name="import_run"),
    path("organisation/import/<int:pk>/entry/", transfer.import_entry, name="import_entry"),
    path("organisation/import/<int:pk>/cancellation/", transfer.import_cancellation, name="import_cancellation"),
    path("organisation/import/<int:pk>/report/", transfer.import_report, name="import_report"),
    path("account/", account.account, name="account"),
    path("account/sessions/end/", account.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("account/sessions/<int:pk>/end/", account.sign_out_one, name="sign_out_one"),
    path("invitations/<str:token>/", account.invitation, name="invitation"),
    path("passwords/<str:token>/", account.password_link, name="password_link"),
]
if settings.DEMO:
    urlpatterns += [
        path("demo/people/", account.people, name="demo_people"),
        path("demo/sign-in/", account.sign_in_as, name="demo_sign_in"),
    ]
