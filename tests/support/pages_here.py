"""This program's own pages at an address, for a browser beside the test that made their rows."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections


class Quiet(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        return


@contextmanager
def pages_here() -> Iterator[str]:
    """The address, without a path."""
    application = StaticFilesHandler(get_wsgi_application())

    def answer(environ, start):
        try:
            return application(environ, start)
        finally:
            connections.close_all()

    server = make_server("localhost", 0, answer, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
