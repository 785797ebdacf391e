from django.utils import timezone


def test_the_time_zone_of_one_visitor_does_not_stay_for_the_next(world):
    """Threads serve many: what is written after a request says its hour in the zone of the settings."""
    world.client("owner").get("/today/")
    assert timezone.get_current_timezone_name() == "UTC"
