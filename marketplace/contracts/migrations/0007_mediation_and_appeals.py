from datetime import timedelta

import django.db.models.deletion
import marketplace.contracts.machine
import marketplace.core.clock
import marketplace.core.fields
from django.conf import settings
from django.db import migrations, models

from marketplace.core import clock

MEDIATION = timedelta(days=30)


def carry_on(apps, schema_editor):
    """What was decided had moved its money at once, and is over. What waited for a decision is in mediation, for the
    whole of its days: nobody was told of a clock before. Its reminders and the shares that were asked for come along."""
    dispute_model = apps.get_model("contracts", "Dispute")
    proposal_model = apps.get_model("contracts", "DisputeProposal")
    timer_model = apps.get_model("core", "Timer")
    now = clock.now()
    dispute_model.objects.filter(state="decided").update(
        state="closed",
        decided="staff",
        decided_at=models.F("closed_at"),
        ended="decided",
        final_bp=models.F("decided_bp"),
    )
    dispute_model.objects.filter(state="in_decision").update(state="mediation", mediate_by=now + MEDIATION)
    for dispute in dispute_model.objects.filter(state__in=["awaiting_reply", "mediation"]):
        other = "anchor" if dispute.side == "merchant" else "merchant"
        proposal_model.objects.create(
            dispute=dispute,
            side=dispute.side,
            by_id=dispute.by_id,
            anchor_bp=dispute.anchor_bp,
            made_at=dispute.opened_at,
        )
        answer = replied_by(apps, dispute) if dispute.reply_bp is not None else None
        if answer is not None:
            proposal_model.objects.create(
                dispute=dispute, side=other, by_id=answer, anchor_bp=dispute.reply_bp, made_at=dispute.replied_at
            )
        for kind, due_at in clocks(dispute):
            if due_at > now:
                timer_model.objects.create(kind=kind, aggregate=dispute.public_id, due_at=due_at, state="pending")
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def replied_by(apps, dispute):
    """The person who gave the other side's account, as the event says."""
    events = apps.get_model("core", "Event").objects.filter(
        name="contract.dispute_answered", data__dispute=dispute.public_id, actor__isnull=False
    )
    return events.values_list("actor_id", flat=True).first()


def clocks(dispute):
    day = timedelta(days=1)
    if dispute.state == "awaiting_reply":
        return [("dispute.reply_remind", dispute.reply_by - day)]
    return [
        ("dispute.mediation_over", dispute.mediate_by),
        ("dispute.mediation_remind_7", dispute.mediate_by - 7 * day),
        ("dispute.mediation_remind_1", dispute.mediate_by - day),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('contracts', '0006_seal'),
        ('core', '0005_access_log'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='dispute', name='dispute_state'),
        migrations.RemoveConstraint(model_name='dispute', name='dispute_one_open'),
        migrations.RemoveConstraint(model_name='dispute', name='dispute_decided'),
        migrations.AddField(model_name='dispute', name='mediate_by', field=models.DateTimeField(blank=True, null=True, verbose_name='mediation ends')),
        migrations.AddField(model_name='dispute', name='decided', field=models.CharField(blank=True, choices=[('staff', 'By our staff'), ('silence', 'By silence, for the side that opened it'), ('proposal', 'By the clock, as the mediator last proposed')], default='', max_length=8, verbose_name='how it was decided'), preserve_default=False),
        migrations.AddField(model_name='dispute', name='decided_at', field=models.DateTimeField(blank=True, null=True, verbose_name='decided')),
        migrations.AddField(model_name='dispute', name='appeal_by', field=models.DateTimeField(blank=True, null=True, verbose_name='appeal by')),
        migrations.AddField(model_name='dispute', name='merchant_accepted_at', field=models.DateTimeField(blank=True, null=True, verbose_name='accepted by the merchant')),
        migrations.AddField(model_name='dispute', name='anchor_accepted_at', field=models.DateTimeField(blank=True, null=True, verbose_name='accepted by the anchor’s side')),
        migrations.AddField(model_name='dispute', name='settle_by', field=models.DateTimeField(blank=True, null=True, verbose_name='appeal to be settled by')),
        migrations.AddField(model_name='dispute', name='settlement', field=models.TextField(blank=True, default='', max_length=2000, verbose_name='reasons on appeal'), preserve_default=False),
        migrations.AddField(model_name='dispute', name='settled_by', field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='appeal settled by')),
        migrations.AddField(model_name='dispute', name='ended', field=models.CharField(blank=True, choices=[('agreed', 'Both sides agreed'), ('decided', 'As decided'), ('upheld', 'The appeal changed nothing'), ('changed', 'Changed on appeal'), ('overtaken', 'The contract ended before it was settled')], default='', max_length=9, verbose_name='how it ended'), preserve_default=False),
        migrations.AddField(model_name='dispute', name='final_bp', field=models.PositiveIntegerField(blank=True, null=True, verbose_name='carried out for the anchor, in basis points')),
        migrations.CreateModel(
            name='DisputeProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', marketplace.core.fields.PublicIdField(prefix='dpp')),
                ('side', models.CharField(choices=[('merchant', 'Merchant'), ('anchor', 'Anchor'), ('mediator', 'Mediator')], max_length=8, verbose_name='proposed by')),
                ('anchor_bp', models.PositiveIntegerField(verbose_name='for the anchor, in basis points')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='words')),
                ('state', marketplace.core.fields.StateField(default=marketplace.contracts.machine.ProposalState['STANDING'], max_length=32)),
                ('made_at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='proposed')),
                ('answer_by', models.DateTimeField(blank=True, null=True, verbose_name='answer by')),
                ('merchant_accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted by the merchant')),
                ('anchor_accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted by the anchor’s side')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='contracts.dispute', verbose_name='dispute')),
            ],
            options={
                'verbose_name': 'proposed split',
                'verbose_name_plural': 'proposed splits',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['standing', 'accepted', 'refused', 'replaced', 'lapsed'])), name='dispute_proposal_state'), models.UniqueConstraint(condition=models.Q(('state', 'standing')), fields=('dispute', 'side'), name='dispute_proposal_one_standing'), models.CheckConstraint(condition=models.Q(('anchor_bp__lte', 10000)), name='dispute_proposal_share'), models.CheckConstraint(condition=models.Q(models.Q(('side', 'mediator'), _negated=True), ('answer_by__isnull', False), _connector='OR'), name='dispute_proposal_answer_by')],
            },
        ),
        migrations.CreateModel(
            name='DisputeAppeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('merchant', 'Merchant'), ('anchor', 'Anchor')], max_length=8, verbose_name='appealed by')),
                ('words', models.TextField(max_length=3000, verbose_name='why')),
                ('at', models.DateTimeField(default=marketplace.core.clock.now, verbose_name='appealed')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='contracts.dispute', verbose_name='dispute')),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
                'constraints': [models.UniqueConstraint(fields=('dispute', 'side'), name='dispute_appeal_once')],
            },
        ),
        migrations.RunPython(carry_on),
        migrations.AddConstraint(model_name='dispute', constraint=models.CheckConstraint(condition=models.Q(('state__in', ['awaiting_reply', 'mediation', 'proposal', 'decided', 'appealed', 'closed', 'withdrawn'])), name='dispute_state')),
        migrations.AddConstraint(model_name='dispute', constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['awaiting_reply', 'mediation', 'proposal', 'decided', 'appealed'])), fields=('contract',), name='dispute_one_open')),
        migrations.AddConstraint(model_name='dispute', constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided', ''), ('decided_bp', None)), models.Q(('decided', 'silence'), ('decided_bp__lte', 10000), ('decided_by', None)), models.Q(('decided__in', ['staff', 'proposal']), ('decided_bp__lte', 10000), ('decided_by__isnull', False)), _connector='OR'), name='dispute_decided')),
        migrations.AddConstraint(model_name='dispute', constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['decided', 'appealed']), _negated=True), models.Q(models.Q(('decided', ''), _negated=True), ('appeal_by__isnull', False)), _connector='OR'), name='dispute_can_be_appealed')),
        migrations.AddConstraint(model_name='dispute', constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended', ''), ('final_bp', None), models.Q(('state', 'closed'), _negated=True)), models.Q(('ended', 'overtaken'), ('final_bp', None), ('state', 'closed')), models.Q(('ended__in', ['agreed', 'decided', 'upheld', 'changed']), ('final_bp__lte', 10000), ('state', 'closed')), _connector='OR'), name='dispute_ended')),
        migrations.AddConstraint(model_name='dispute', constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_by', None), models.Q(('ended__in', ['upheld', 'changed']), _negated=True)), models.Q(('ended__in', ['upheld', 'changed']), ('settled_by__isnull', False), models.Q(('settled_by', models.F('decided_by')), _negated=True)), _connector='OR'), name='dispute_appeal_by_another')),
    ]
