from rest_framework import serializers

from marketplace.reliability.measures import LEAST, WINDOW, By
from marketplace.reliability.selectors.figures import STATUS, Record

UNITS = {By.MEDIAN: "hours", By.SHARE_MET: "percent", By.SHARE_MISSED: "percent", By.COUNT_MISSED: "count"}


class FigureOut(serializers.Serializer):
    """`value` is null below the floor of observations."""

    name = serializers.CharField()
    label = serializers.CharField()
    rule = serializers.CharField(help_text="How it is counted, in a sentence")
    unit = serializers.ChoiceField(sorted(set(UNITS.values())), help_text="Hours are the median of all observations")
    value = serializers.FloatField(allow_null=True)
    observations = serializers.IntegerField()
    status = serializers.ChoiceField([STATUS])


class RecordOut(serializers.Serializer):
    """Counted from the moments that the platform recorded, never declared."""

    window_days = serializers.IntegerField()
    least_observations = serializers.IntegerField()
    figures = FigureOut(many=True)

    @staticmethod
    def of(record: Record) -> dict[str, object]:
        return {
            "window_days": WINDOW.days,
            "least_observations": LEAST,
            "figures": [
                {
                    "name": one.figure.name,
                    "label": one.figure.label,
                    "rule": one.figure.rule,
                    "unit": UNITS[one.figure.by],
                    "value": one.value,
                    "observations": one.observations,
                    "status": one.status,
                }
                for one in record.readings
            ],
        }
