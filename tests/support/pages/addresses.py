"""What is behind every name of the URL conf: a page (with what it is asked for), or something else, with the reason.

A new address without arguments needs nothing here. One with arguments gets them where the permission matrix gets them
(`tests/web/test_permission_matrix.py`) or below; one that is no page is said to be none.
"""

from collections.abc import Iterator

from django.contrib import admin
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.web.test_permission_matrix import ARGUMENTS

POST_ONLY = "answers to a form"
DATA = "a file or data"
ELSEWHERE = "leads elsewhere at once"
NOT_PAGES = {
    **dict.fromkeys(
        (
            "set_theme",
            "set_language",
            "switch-party",
            "member-role",
            "invitation-revoke",
            "data-export",
            "token-revoke",
        ),
        POST_ONLY,
    ),
    "mail-stop": "a signed link of a mail",
    **dict.fromkeys(("uploads", "upload", "upload-finish"), DATA),
    **dict.fromkeys(("party-picture", "party-picture-remove"), POST_ONLY),
    **dict.fromkeys(
        ("webhook-test-bank", "webhook-stripe", "webhook-stripe-connected", "webhook-stripe-thin"), POST_ONLY
    ),
    **dict.fromkeys(
        ("verification-withdraw", "verification-revise", "verification-document-remove", "admin:verification_expire"),
        POST_ONLY,
    ),
    **dict.fromkeys(
        (
            "anchor-channel-remove",
            "anchor-cover",
            "anchor-cover-remove",
            "anchor-piece-move",
            "anchor-piece-remove",
            "anchor-shown",
            "anchor-time-off",
            "anchor-time-off-remove",
        ),
        POST_ONLY,
    ),
    **dict.fromkeys(("task-new", "attachment-remove", "search-forget"), POST_ONLY),
    **dict.fromkeys(
        (
            "admin:contracts_contracttemplate_copy",
            "admin:contracts_contracttemplate_publish",
            "admin:contracts_contracttemplate_discard",
            "admin:payments_reconciliation_ask",
            "admin:payments_payoutrun_plan",
            "admin:payments_payoutrun_approve",
            "admin:payments_payoutrun_cancel",
            "admin:bank_rail_batch_draft",
            "admin:bank_rail_batch_approve",
            "admin:bank_rail_batch_cancel",
            "admin:bank_rail_batch_file",
            "admin:bank_rail_upload_book",
            "admin:bank_rail_upload_discard",
            "admin:bank_rail_bankline_assign",
            "admin:bank_rail_bankline_send_back",
            "admin:bank_rail_bankline_approve",
            "admin:bank_rail_bankline_decline",
        ),
        POST_ONLY,
    ),
    "contract-document": DATA,
    "contract-sealed": DATA,
    "amendment-document": DATA,
    **dict.fromkeys(("amendment-decline", "amendment-withdraw"), POST_ONLY),
    "statement-file": DATA,
    "document-file": DATA,
    "admin:documents_document_pdf": DATA,
    **dict.fromkeys(
        ("livez", "readyz", "media-document", "media-file", "media-rendition", "mfa_download_recovery_codes"), DATA
    ),
    **dict.fromkeys(("mfa_login_webauthn", "admin:autocomplete", "admin:jsi18n", "admin:verification_paper"), DATA),
    **dict.fromkeys(("admin:login", "admin:logout", "admin:password_change", "admin:view_on_site"), ELSEWHERE),
    "conversation-log": "a part of a page",
    **dict.fromkeys(("conversation-mute", "conversation-block", "messages-arrived", "task-ask"), POST_ONLY),
    "account_confirm_login_code": "signing in by a mailed code is not offered",
}
# Whose ids the harbour knows (tests/support/pages/harbour.py).
MORE = {
    "mailbox-mail": ("mail",),
    "account_reset_password_from_key": ("reset_user", "=set-password"),
    "mfa_edit_webauthn": ("passkey",),
    "mfa_remove_webauthn": ("passkey",),
    "admin:verification_approve": ("waiting_check",),
    "admin:verification_reject": ("waiting_check",),
    "admin:verification_expire": ("waiting_check",),
    "admin:verification_paper": ("document",),
    "admin:compliance_report_decide": ("filed", "=dismiss"),
    "admin:compliance_objection_decide": ("objection", "=uphold"),
    **dict.fromkeys(
        ("admin:contracts_dispute_propose", "admin:contracts_dispute_decide", "admin:contracts_dispute_settle"),
        ("dispute",),
    ),
    **dict.fromkeys(
        (
            "admin:contracts_contracttemplate_edit",
            "admin:contracts_contracttemplate_preview",
            "admin:contracts_contracttemplate_difference",
        ),
        ("template",),
    ),
    "admin:payments_difference_explain": ("difference",),
    "admin:payments_chargeback_answer": ("chargeback",),
    "admin:payments_transfer_take_back": ("transfer",),
    "admin:bank_rail_upload_confirmation": ("bank_batch",),
    "admin:documents_fee_give_back": ("fee_release",),
    "report-filed": ("filed",),
    "supplier": ("supplier_party",),
}
MORE |= dict.fromkeys(("admin:v_task_approve", "admin:v_task_reject"), ("in_review",))
OF_A_TABLE = ("changelist", "add", "change", "history", "delete")


def names() -> set[str]:
    """Every name that leads somewhere; the admin's tables are walked by `tables`, the API by `tests/api`."""
    tables = {name for model in admin.site._registry for name in table_names(model).values()}
    found = {name for name in walk(get_resolver().url_patterns) if not name.startswith("api:")}
    return found - tables - {"admin:app_list"}


def walk(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            deeper = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, deeper)
        elif pattern.name:
            yield space + pattern.name


def table_names(model: type) -> dict[str, str]:
    stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    return {view: f"{stem}_{view}" for view in OF_A_TABLE}


def address(name: str, ids: dict[str, str]) -> str | None:
    """None when nobody has said what to ask it for."""
    given = MORE.get(name) or ARGUMENTS.get(name, ())
    known = [ids.get(part, part) if isinstance(part, str) and part[0] != "=" else str(part)[1:] for part in given]
    try:
        return reverse(name, args=known)
    except NoReverseMatch:
        return None
