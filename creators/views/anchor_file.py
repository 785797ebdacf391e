"""An anchor's own file: a calm list of sections, each with a page of its own, each saved on its own."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from creators.flows.uploads import upload_cover, upload_piece
from creators.forms import (
    ChannelForm,
    CoverForm,
    NewPieceForm,
    PieceForm,
    PortraitForm,
    RatesForm,
    TimeOffForm,
    WeekForm,
)
from creators.limits import PORTFOLIO
from creators.models import AnchorFile, Channel, PortfolioItem
from creators.selectors.pages import find_own_file
from creators.services.channels import add_channel, change_channel, remove_channel
from creators.services.portfolio import change_piece, move_piece, remove_piece
from creators.services.profiles import show_anchor_file
from creators.services.sections import (
    add_time_off,
    remove_cover,
    remove_time_off,
    save_portrait,
    save_rates,
    save_week,
)
from marketplace.accounts.models import PartyKind
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.core.errors import Conflict, NotFound, Refused
from marketplace.http.sharing import shared
from marketplace.http.views import PartyView, say_refusal
from marketplace.media.selectors import find_picture, pictures_of


class SectionView(PartyView):
    """A page of the anchor's own file. Reading is for everybody of the party, writing for those who may."""

    kinds = frozenset({PartyKind.ANCHOR})
    template_name: ClassVar[str]

    @property
    def file(self) -> AnchorFile | None:
        if not hasattr(self, "_file"):
            self._file = find_own_file(self.actor)
        return self._file

    def authorise(self) -> None:
        PARTY.authorise(self.actor, PartyAction.PROFILE, self.request.party)

    def show(self, request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
        may_edit = PARTY.can(self.actor, PartyAction.PROFILE, request.party)
        return render(request, self.template_name, {"file": self.file, "may_edit": may_edit} | context, status=status)

    def done(self, request: HttpRequest, where: str, said: str = "") -> HttpResponse:
        messages.success(request, said or _("Saved."))
        return redirect(where)


class AnchorFileHubView(SectionView):
    template_name = "creators/file/hub.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        file = self.file
        return self.show(
            request,
            cover=find_picture(self.actor, file.cover) if file else None,
            cover_form=CoverForm(),
            share=shared(reverse("anchor", args=[request.party.public_id])),
        )


class CoverView(AnchorFileHubView):
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        self.authorise()
        form = CoverForm(request.POST, request.FILES)
        if not form.is_valid():
            share = shared(reverse("anchor", args=[request.party.public_id]))
            cover = find_picture(self.actor, self.file.cover) if self.file else None
            return self.show(request, status=422, cover=cover, cover_form=form, share=share)
        upload_cover(actor=self.actor, file=form.cleaned_data["cover"])
        return self.done(request, "anchor-file", _("The picture is in. Its sizes are drawn within seconds."))


class CoverRemoveView(SectionView):
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        remove_cover(actor=self.actor)
        return self.done(request, "anchor-file", _("The picture is gone."))


class ShowView(SectionView):
    """Shown to everybody, or not."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        public = request.POST.get("public") == "1"
        show_anchor_file(actor=self.actor, public=public)
        said = _("Everybody can see your page.") if public else _("Your page is hidden from now on.")
        return self.done(request, "anchor-file", said)


class ChannelsView(SectionView):
    template_name = "creators/file/channels.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, form=ChannelForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        self.authorise()
        form = ChannelForm(request.POST)
        if form.is_valid():
            try:
                add_channel(actor=self.actor, **form.cleaned_data)
            except (Refused, Conflict) as refusal:
                say_refusal(request, refusal)
                return redirect("anchor-channels")
            return self.done(request, "anchor-channels", _("Added. It counts as declared until we have looked at it."))
        return self.show(request, status=422, form=form)


class ChannelView(SectionView):
    template_name = "creators/file/channel.html"

    def channel(self, channel_id: str) -> Channel:
        found = self.file.channels.filter(public_id=channel_id).first() if self.file else None
        if found is None:
            raise NotFound
        return found

    def get(self, request: HttpRequest, channel_id: str) -> HttpResponse:
        channel = self.channel(channel_id)
        return self.show(request, form=ChannelForm(instance=channel), channel=channel)

    def post(self, request: HttpRequest, channel_id: str) -> HttpResponse:
        channel = self.channel(channel_id)
        self.authorise()
        form = ChannelForm(request.POST, instance=channel)
        if not form.is_valid():
            return self.show(request, status=422, form=form, channel=self.channel(channel_id))
        try:
            change_channel(actor=self.actor, public_id=channel_id, **form.cleaned_data)
        except Conflict as refusal:
            say_refusal(request, refusal)
            return redirect("anchor-channel", channel_id)
        return self.done(request, "anchor-channels")


class ChannelRemoveView(SectionView):
    http_method_names = ("post",)

    def post(self, request: HttpRequest, channel_id: str) -> HttpResponse:
        remove_channel(actor=self.actor, public_id=channel_id)
        return self.done(request, "anchor-channels", _("Removed."))


class RatesView(SectionView):
    template_name = "creators/file/rates.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, form=RatesForm(file=self.file))

    def post(self, request: HttpRequest) -> HttpResponse:
        self.authorise()
        form = RatesForm(request.POST, file=self.file)
        if not form.is_valid():
            return self.show(request, status=422, form=form)
        save_rates(actor=self.actor, rates=form.rates)
        return self.done(request, "anchor-file")


class WeekView(SectionView):
    template_name = "creators/file/week.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, form=WeekForm(file=self.file), off_form=TimeOffForm(prefix="off"))

    def post(self, request: HttpRequest) -> HttpResponse:
        self.authorise()
        form = WeekForm(request.POST, file=self.file)
        if not form.is_valid():
            return self.show(request, status=422, form=form, off_form=TimeOffForm(prefix="off"))
        save_week(actor=self.actor, free=form.free)
        return self.done(request, "anchor-week")


class TimeOffView(SectionView):
    template_name = "creators/file/week.html"
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        self.authorise()
        form = TimeOffForm(request.POST, prefix="off")
        if not form.is_valid():
            return self.show(request, status=422, form=WeekForm(file=self.file), off_form=form)
        try:
            add_time_off(actor=self.actor, **form.cleaned_data)
        except Refused as refusal:
            say_refusal(request, refusal)
            return redirect("anchor-week")
        return self.done(request, "anchor-week")


class TimeOffRemoveView(SectionView):
    http_method_names = ("post",)

    def post(self, request: HttpRequest, off_id: str) -> HttpResponse:
        remove_time_off(actor=self.actor, public_id=off_id)
        return self.done(request, "anchor-week", _("Removed."))


class PortfolioView(SectionView):
    template_name = "creators/file/portfolio.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show_pieces(request, NewPieceForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        self.authorise()
        form = NewPieceForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show_pieces(request, form, status=422)
        try:
            upload_piece(actor=self.actor, **form.cleaned_data)
        except Refused as refusal:
            say_refusal(request, refusal)
            return redirect("anchor-portfolio")
        return self.done(request, "anchor-portfolio", _("Added at the end of the row."))

    def show_pieces(self, request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
        pieces = list(self.file.portfolio.all()) if self.file else []
        pictures = pictures_of(self.actor, [piece.picture for piece in pieces])
        drawn = [(piece, pictures.get(piece.picture)) for piece in pieces]
        return self.show(request, status=status, form=form, pieces=drawn, most=PORTFOLIO)


class PieceView(SectionView):
    template_name = "creators/file/piece.html"

    def piece(self, piece_id: str) -> PortfolioItem:
        found = self.file.portfolio.filter(public_id=piece_id).first() if self.file else None
        if found is None:
            raise NotFound
        return found

    def get(self, request: HttpRequest, piece_id: str) -> HttpResponse:
        piece = self.piece(piece_id)
        return self.show(
            request, form=PieceForm(instance=piece), piece=piece, picture=find_picture(self.actor, piece.picture)
        )

    def post(self, request: HttpRequest, piece_id: str) -> HttpResponse:
        piece = self.piece(piece_id)
        self.authorise()
        form = PieceForm(request.POST, instance=piece)
        if not form.is_valid():
            picture = find_picture(self.actor, piece.picture)
            return self.show(request, status=422, form=form, piece=piece, picture=picture)
        change_piece(actor=self.actor, public_id=piece_id, **form.cleaned_data)
        return self.done(request, "anchor-portfolio")


class PieceMoveView(SectionView):
    http_method_names = ("post",)

    def post(self, request: HttpRequest, piece_id: str) -> HttpResponse:
        move_piece(actor=self.actor, public_id=piece_id, earlier=request.POST.get("where") == "earlier")
        return redirect("anchor-portfolio")


class PieceRemoveView(SectionView):
    http_method_names = ("post",)

    def post(self, request: HttpRequest, piece_id: str) -> HttpResponse:
        remove_piece(actor=self.actor, public_id=piece_id)
        return self.done(request, "anchor-portfolio", _("Removed."))


class PortraitView(SectionView):
    template_name = "creators/file/portrait.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, form=PortraitForm(portrait=getattr(self.file, "portrait", None)))

    def post(self, request: HttpRequest) -> HttpResponse:
        self.authorise()
        form = PortraitForm(request.POST, portrait=getattr(self.file, "portrait", None))
        if not form.is_valid():
            return self.show(request, status=422, form=form)
        save_portrait(actor=self.actor, shares=form.shares)
        return self.done(request, "anchor-file")
