"""Which mails one gets, and the link in each mail that stops its kind."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from marketplace.http.views import SignedInView
from marketplace.notifications.forms.preferences import GROUPS, MailPreferenceForm
from marketplace.notifications.groups import Group
from marketplace.notifications.selectors import mail_preference_of
from marketplace.notifications.services.preferences import prefer_mail, stop_mails
from marketplace.notifications.stop_link import read_stop


class MailPreferenceView(SignedInView):
    def get(self, request: HttpRequest) -> HttpResponse:
        chosen = mail_preference_of(self.actor)
        initial = {
            "on": [group.value for group in Group if group not in chosen.off],
            "quiet_from": chosen.quiet_from,
            "quiet_to": chosen.quiet_to,
            "time_zone": chosen.time_zone,
        }
        return self.show(request, MailPreferenceForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = MailPreferenceForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, 422)
        given = form.cleaned_data
        prefer_mail(
            actor=self.actor,
            off=set(Group) - set(given["on"]),
            quiet_from=given["quiet_from"],
            quiet_to=given["quiet_to"],
            time_zone=given["time_zone"],
        )
        messages.success(request, _("Saved."))
        return redirect("mail-preferences")

    def show(self, request: HttpRequest, form: MailPreferenceForm, status: int = 200) -> HttpResponse:
        return render(request, "notifications/preferences.html", {"form": form}, status=status)


@method_decorator(csrf_exempt, name="dispatch")
class MailStopView(View):
    """Mail programs post here by themselves (RFC 8058), so it asks for no session: the signature is the right."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        _user, group = read_stop(token)
        return render(request, "notifications/stop.html", {"group": dict(GROUPS)[group.value], "done": False})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        user, group = read_stop(token)
        stop_mails(user=user, group=group)
        return render(request, "notifications/stop.html", {"group": dict(GROUPS)[group.value], "done": True})
