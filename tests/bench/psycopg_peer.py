"""psycopg calling the same SQL function, in a process of its own."""

import django

django.setup()

from tests.bench.fleet import work_when_told  # noqa: E402
from tests.bench.raw import same_function  # noqa: E402

work_when_told(same_function(turn=5))
