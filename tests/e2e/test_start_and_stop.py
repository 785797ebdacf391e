"""`manage.py up`, as a stranger and a power cut treat it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from marketplace.stack.paths import ROOT
from tests.support.stack import Stack

pytestmark = [pytest.mark.timeout(400), pytest.mark.xdist_group("chaos")]


@pytest.fixture(scope="module")
def own_stack() -> Iterator[Stack]:
    stack = Stack(19_600)
    stack.start()
    yield stack
    stack.stop()


def gone(stack: Stack, patience: float) -> list[int]:
    deadline = time.monotonic() + patience
    while (left := stack.pids()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def test_a_second_start_beside_the_first_is_refused_in_one_line(own_stack):
    second = subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env=own_stack.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode != 0
    assert "already running here" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1
    assert own_stack.answers()


def test_killing_the_supervisor_leaves_no_process_and_the_next_start_works(own_stack):
    time.sleep(3)  # everything is up, the worker's pool included
    os.kill(own_stack.process.pid, signal.SIGKILL)
    own_stack.process.wait()
    assert gone(own_stack, 15) == []
    assert own_stack.start() < 30  # its goal is 10 s on a machine of its own
    assert own_stack.answers("/readyz")


def test_killing_everything_at_once_loses_nothing_that_was_committed(own_stack):
    made = own_stack.manage("shell", "-v0", "-c", "pass")
    assert made.returncode == 0
    own_stack.kill()
    own_stack.process.wait()
    own_stack.start()
    people = own_stack.manage(
        "shell", "-v0", "-c", "from marketplace.accounts.models import User; print(User.objects.count())"
    )
    assert int(people.stdout) >= 5, people.stderr


def test_a_taken_port_gets_another_and_says_so(own_stack):
    other = Stack(19_700)
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", other.port))
        taken.listen()
        wanted, other.port = other.port, other.port + 1
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(wanted)],
            cwd=ROOT,
            env=other.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            said = ""
            for line in process.stdout:
                said += line
                if "Mooring is up" in line:
                    break
            assert f"Port {wanted} is taken; using {wanted + 1}." in said
        finally:
            process.send_signal(signal.SIGINT)
            process.stdout.read()
            process.wait(60)
            process.stdout.close()


def test_ctrl_c_stops_everything(own_stack):
    own_stack.stop()
    assert own_stack.process.returncode == 0
    assert gone(own_stack, 1) == []
