"""Public ids in addresses, by their kind: an address with anything else leads nowhere."""

from django.urls import register_converter

from marketplace.http.api.fields import id_pattern


def known_as(prefix: str) -> None:
    """`<vtk:task_id>` in a route takes the public id of a V task."""
    methods = {"to_python": lambda self, value: value, "to_url": lambda self, value: value}
    register_converter(type(f"Id_{prefix}", (), {"regex": id_pattern(prefix)[1:-1], **methods}), prefix)


PREFIXES = ("pty", "vtk", "app", "off", "ctr", "dlv", "exr", "dsp", "dpp", "pyo", "ssr")
for _prefix in PREFIXES:
    known_as(_prefix)
