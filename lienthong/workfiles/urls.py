"""Addresses of lists of files, work files and hand-overs."""

from __future__ import annotations

from django.urls import path

from lienthong.workfiles.views import choosing, closing, copies, files, filing, hand_overs, plans, unplanned

app_name = "workfiles"
urlpatterns = [
    path("file-plans/", plans.listing, name="plans"),
    path("file-plans/new/", plans.new, name="plan_new"),
    path("file-plans/<int:pk>/", plans.show, name="plan"),
    path("file-plans/<int:pk>/headings/new/", plans.heading, name="heading_new"),
    path("file-plans/<int:pk>/headings/<int:heading_pk>/", plans.heading, name="heading"),
    path("file-plans/<int:pk>/headings/<int:heading_pk>/removal/", plans.heading_dropping, name="heading_drop"),
    path("file-plans/<int:pk>/files/new/", plans.planned, name="planned_new"),
    path("file-plans/<int:pk>/files/<int:planned_pk>/", plans.planned, name="planned"),
    path("file-plans/<int:pk>/files/<int:planned_pk>/removal/", plans.dropping, name="planned_drop"),
    path("file-plans/<int:pk>/import/", plans.table, name="plan_import"),
    path("file-plans/<int:pk>/submission/", plans.submission, name="plan_submission"),
    path("file-plans/<int:pk>/approval/", plans.approval, name="plan_approval"),
    path("file-plans/<int:pk>/return/", plans.giving_back, name="plan_return"),
    path("file-plans/<int:pk>/list.<str:form>", plans.paper, name="plan_paper"),
    path("work-files/", files.listing, name="files"),
    path("work-files/new/", unplanned.unplanned, name="file_new"),
    path("work-files/planned/<int:planned_pk>/", files.planned, name="file_planned"),
    path("work-files/filing/", choosing.choosing, name="choosing"),
    path("work-files/unfiled/", filing.unfiled, name="unfiled"),
    path("work-files/<int:pk>/", files.record, name="file"),
    path("work-files/<int:pk>/details/", files.details, name="file_details"),
    path("work-files/<int:pk>/keeper/", files.keeper, name="file_keeper"),
    path("work-files/<int:pk>/readers/", files.readers, name="file_readers"),
    path("work-files/<int:pk>/metadata.<str:form>", files.metadata, name="metadata"),
    path("work-files/<int:pk>/contents.<str:form>", files.contents, name="contents"),
    path("work-files/<int:pk>/filings/", filing.adding, name="adding"),
    path("work-files/<int:pk>/filings/order/", filing.ordering, name="ordering"),
    path("work-files/<int:pk>/filings/<int:filing_pk>/", filing.describing, name="filing"),
    path("work-files/<int:pk>/filings/<int:filing_pk>/place/", filing.moving, name="moving"),
    path("work-files/<int:pk>/filings/<int:filing_pk>/removal/", filing.removing, name="removing"),
    path("work-files/<int:pk>/filings/<int:filing_pk>/restoration/", filing.restoring, name="restoring"),
    path("work-files/<int:pk>/closing/", closing.closing, name="closing"),
    path("work-files/<int:pk>/mend/", closing.mending, name="mending"),
    path("work-files/<int:pk>/reopening/", closing.reopening, name="reopening"),
    path("hand-overs/", hand_overs.listing, name="hand_overs"),
    path("hand-overs/new/", hand_overs.new, name="hand_over_new"),
    path("hand-overs/<int:pk>/", hand_overs.show, name="hand_over"),
    path("hand-overs/<int:pk>/decision/", hand_overs.decision, name="decision"),
    path("hand-overs/<int:pk>/withdrawal/", hand_overs.withdrawal, name="withdrawal"),
    path("hand-overs/<int:pk>/<slug:which>.<str:form>", hand_overs.paper, name="hand_over_paper"),
    path("kept-copies/", copies.listing, name="copies"),
    path("kept-copies/new/", copies.new, name="copy_new"),
    path("kept-copies/<int:pk>/return/", copies.returning, name="copy_return"),
    path("kept-copies/register/<int:pk>/<slug:sort>/", copies.register, name="copy_register"),
]
