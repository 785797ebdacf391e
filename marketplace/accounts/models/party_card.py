from django.db import models


class PartyCard(models.Model):
    """What the ground shows of a party without knowing its side. The side writes it, through a service.

    `picture` is the public id of a media asset; `url_name` leads to the side's page; `facts` are typed facts
    (followers, categories, region, languages, verified channels, score).
    """

    party = models.OneToOneField("accounts.Party", on_delete=models.CASCADE, primary_key=True, related_name="card")
    name = models.CharField(max_length=80)
    picture = models.CharField(max_length=40, blank=True)
    url_name = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
