"""Addresses of charges and payments; those of payers are Vietnamese and need no account."""

from __future__ import annotations

from django.urls import path

from lienthong.payments.views import charges, payer, payments, reconciliation, sandbox, takings

app_name = "payments"
urlpatterns = [
    path("charges/<int:pk>/waiver/", charges.waiver, name="waiver"),
    path("charges/<slug:kind>/<int:pk>/", charges.subject, name="subject"),
    path("charges/<slug:kind>/<int:pk>/desk/", charges.desk, name="desk"),
    path("charges/<slug:kind>/<int:pk>/online/", charges.online, name="online"),
    path("payments/<int:pk>/", payments.payment, name="payment"),
    path("payments/<int:pk>/receipt.pdf", payments.receipt, name="receipt"),
    path("payments/<int:pk>/refund/", payments.refunding, name="refund"),
    path("payments/<int:pk>/refunds/<int:refund_pk>/proof/", payments.refund_proof, name="refund_proof"),
    path("payments/gateways/<slug:code>/callback/", payer.called_back, name="callback"),
    path("takings/", takings.day, name="takings"),
    path("takings/table.xlsx", takings.table, name="takings_table"),
    path("reconciliation/", reconciliation.reconciliation, name="reconciliation"),
    path("reconciliation/<int:pk>/", reconciliation.reconciled, name="reconciled"),
    path("discrepancies/<int:pk>/", reconciliation.discrepancy, name="discrepancy"),
    path("thanh-toan/<uuid:token>/", payer.pay, name="pay"),
    path("thanh-toan/<uuid:token>/cong/", payer.to_gateway, name="to_gateway"),
    path("thanh-toan/<uuid:token>/tro-lai/", payer.returned, name="returned"),
    path("thanh-toan/<uuid:token>/lam-lai/", payer.again, name="again"),
    path("thanh-toan/<uuid:token>/bien-lai.pdf", payer.own_receipt, name="own_receipt"),
    path("cong-thanh-toan-thu/", sandbox.sandbox, name="sandbox"),
    path("cong-thanh-toan-thu/bang-ke.csv", sandbox.statement, name="sandbox_statement"),
]
