"""Development only: the mails that would have been sent, newest first, as their readers see them."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

NEWEST = 50
RULE = "-" * 79 + "\n"  # what the file backend writes behind every message


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("to", "")
    mails = [mail for mail in map(read, files()) if wanted in mail["to"]]
    return render(request, "mailbox/list.html", {"mails": mails, "wanted": wanted})


@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    file = next((file for file in files() if file.name == name), None)
    if file is None:
        raise Http404
    return render(request, "mailbox/mail.html", {"mail": read(file)})


def files() -> list[Path]:
    """What the file-based backend wrote, newest first; never a path from outside."""
    return sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), reverse=True)[:NEWEST]


def read(file: Path) -> dict[str, str]:
    parsed: EmailMessage = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = parsed.get_body(preferencelist=("plain",))
    return {
        "name": file.name,
        "to": str(parsed["To"]),
        "subject": str(parsed["Subject"]),
        "date": str(parsed["Date"]),
        "text": body.get_content().removesuffix(RULE) if body else "",
    }
