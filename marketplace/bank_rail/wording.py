from django.utils.translation import gettext_lazy as _

from marketplace.bank_rail.files.table import WrongFile

SENTENCES = {
    "bank_other_content": _("The bank's books have this with other values."),
    "bank_not_enough_there": _("Less than that stands on the payee's account."),
    "bank_more_than_there": _("Less than that is left of the payment."),
    "bank_no_account_named": _("There is no account to send it to: name its holder, its bank and its number."),
    "bank_bad_account_number": _("This is not the number of an account. Compare it with the card, digit by digit."),
    "bank_file_refused": _("Nothing was read. %(problem)s"),
    "bank_uploaded_before": _("The same file was uploaded before: %(name)s, %(at)s."),
    "bank_nothing_queued": _("Nothing waits to be sent in this currency."),
    "bank_same_person": _("You began this yourself; somebody else of finance decides it."),
    "bank_answers_differ": _("Nothing was read. %(code)s is not as this batch has it."),
    "bank_no_such_pay_in": _("No transfer of exactly this amount is waited for with these words."),
    "bank_not_sent_yet": _("Nobody has downloaded this batch yet, so no bank has answered it."),
}

# Why a file is refused; `table.WrongFile` has the codes.
PROBLEMS = {
    "empty_file": _("The file is empty."),
    "no_rows": _("There are no rows below the names of the columns."),
    "file_too_large": _("The file is larger than 5 MB."),
    "too_many_rows": _("There are more than 20,000 rows."),
    "not_a_table": _("This is not a table of text: export it as CSV."),
    "columns_missing": _("A column is missing: %(column)s."),
    "more_cells_than_columns": _("Row %(row)s has more cells than there are columns."),
    "cell_too_long": _("Row %(row)s has a cell that is longer than 500 characters."),
    "balances_do_not_follow": _("The balances do not follow from the amounts: a row is missing, or was changed."),
    "other_currency": _("Row %(row)s, %(column)s: this is another currency."),
    "serial_twice": _("Row %(row)s, %(column)s: this number is in the file twice."),
    "both_ways": _("Row %(row)s, %(column)s: an amount for each way, or one below nought."),
    "no_amount": _("Row %(row)s, %(column)s: there is no amount."),
    "not_an_amount": _("Row %(row)s, %(column)s: this is not an amount of this currency."),
    "not_a_date": _("Row %(row)s, %(column)s: this is not a date."),
    "not_a_reference": _("Row %(row)s, %(column)s: this is not a reference of ours."),
    "reference_twice": _("Row %(row)s, %(column)s: this reference is in the file twice."),
    "not_a_result": _("Row %(row)s, %(column)s: this is neither paid nor failed."),
}


def problem(wrong: WrongFile) -> str:
    return str(PROBLEMS[wrong.code]) % {"row": wrong.row, "column": wrong.column}
