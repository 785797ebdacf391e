"""The addresses of the bank's own pages."""

from django.urls import path

from marketplace.payments.standin.pages import desk, faults, statement

app_name = "bank"
urlpatterns = [
    path("", desk.index, name="index"),
    path("statement", statement.page, name="statement"),
    path("statement.csv", statement.download, name="statement_csv"),
    path("disputes/open", statement.dispute, name="open_dispute"),
    path("faults", faults.page, name="faults"),
    path("faults/set", faults.set_fault, name="set_fault"),
    path("faults/clear", faults.clear, name="clear_faults"),
    path("clock/advance", faults.advance, name="advance_clock"),
    path("deliveries/<int:delivery_id>/send", faults.send_again, name="send_again"),
]
