"""What the platform's finance staff read."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

BOOKS: dict[str, Wording] = {
    "books_differ": Wording(
        title=_("The books of %(provider)s and ours differ: %(count)s new"),
        body=_("Nothing was put right by itself. Take what you look into, and say in words how it comes about."),
        action=_("See the differences"),
        tone="turn",
    ),
    "bank_lines_unmatched": Wording(
        title=_("Lines of a bank statement that need a decision: %(count)s"),
        body=_("Nobody asked for them, or for another amount. Say what each is; somebody else of finance decides."),
        action=_("See the lines"),
        tone="turn",
    ),
    "bank_line_waits": Wording(
        title=_("A line of a bank statement waits for you: %(sum)s"),
        body=_("%(name)s says what it is. Look at it, and approve or decline."),
        action=_("See the line"),
        tone="turn",
    ),
    "bank_batch_waits": Wording(
        title=_("A file for the bank waits for you: %(sum)s"),
        body=_("%(name)s gathered %(count)s orders. Look at them; nothing is sent before somebody else approves."),
        action=_("See the batch"),
        tone="turn",
    ),
    "payout_run_waits": Wording(
        title=_("A payout run waits for two of you: %(sums)s"),
        body=_("Look at it, and approve it until %(until)s. After that it is cancelled, and nothing is paid out."),
        action=_("See the run"),
        tone="turn",
    ),
    "payout_run_second": Wording(
        title=_("%(name)s approved a payout run: %(sums)s"),
        body=_("It needs one more of you until %(until)s. After that it is cancelled, and nothing is paid out."),
        action=_("See the run"),
        tone="turn",
    ),
    "payout_run_lapsed": Wording(
        title=_("A payout run was cancelled: %(sums)s"),
        body=_("Nobody approved it in 72 hours. The money is where it was: the next run takes it, or one of yours."),
        action=_("See the run"),
        tone="stop",
    ),
}
