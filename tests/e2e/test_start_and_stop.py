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

pytestmark = pytest.mark.timeout(400)


@pytest.fixture
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


def test_one_life_of_a_stack(own_stack):
    """Refuses a twin; survives its supervisor; survives the loss of everything; ends at Ctrl-C; begins again elsewhere
    when somebody took its port. In this order."""
    refuses_a_second_start(own_stack)
    leaves_no_process_behind_a_killed_supervisor(own_stack)
    loses_nothing_when_everything_is_killed(own_stack)
    stops_at_ctrl_c(own_stack)
    takes_another_port_when_its_own_is_taken(own_stack)


def refuses_a_second_start(stack: Stack) -> None:
    second = subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env=stack.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert second.returncode != 0
    assert "already running here" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1
    assert stack.answers()


def leaves_no_process_behind_a_killed_supervisor(stack: Stack) -> None:
    time.sleep(3)  # everything is up, the worker's pool included
    os.kill(stack.process.pid, signal.SIGKILL)
    stack.process.wait()
    assert gone(stack, 15) == []
    assert stack.start() < 30  # its goal is 10 s on a machine of its own
    assert stack.answers("/readyz")


def loses_nothing_when_everything_is_killed(stack: Stack) -> None:
    count = "from marketplace.accounts.models import User; print(User.objects.count())"
    before = stack.manage("shell", "-v0", "-c", count).stdout
    stack.kill()
    stack.process.wait()
    stack.start()
    after = stack.manage("shell", "-v0", "-c", count)
    assert int(before) >= 5
    assert after.stdout == before, after.stderr


def stops_at_ctrl_c(stack: Stack) -> None:
    stack.stop()
    assert stack.process.returncode == 0
    assert gone(stack, 1) == []


def takes_another_port_when_its_own_is_taken(stack: Stack) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", stack.port))
        taken.listen()
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(stack.port)],
            cwd=ROOT,
            env=stack.environment(),
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
            assert f"Port {stack.port} is taken; using {stack.port + 1}." in said
        finally:
            process.send_signal(signal.SIGINT)
            process.stdout.read()
            process.wait(60)
            process.stdout.close()
