"""Our own service function, in a process of its own."""

import django

django.setup()

from tests.bench.fleet import work_when_told  # noqa: E402
from tests.bench.ours import single  # noqa: E402

work_when_told(single(turn=5))
