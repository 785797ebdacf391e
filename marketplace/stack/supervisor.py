"""`manage.py up`: starts everything in order, restarts what dies, stops everything in reverse order.

It keeps no connection and does no work of its own, so that nothing but a bug in here can take the house down.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from django.conf import settings

from marketplace.stack import lock, paths, seal, standin
from marketplace.stack.data_services import DataServices
from marketplace.stack.errors import StackError
from marketplace.stack.migration_stamp import MigrationStamp
from marketplace.stack.paths import ROOT
from marketplace.stack.processes import Child
from marketplace.stack.programs import Ports, Programs

PAGES_TIMEOUT = 60.0
MIN_LIFE = 6.0  # seconds; a program that dies sooner after its start has fallen
FALLS_ALLOWED = 12  # in a row, before we give up and say so


class Supervisor:
    def __init__(self, *, port: int, say=print) -> None:
        self.var = paths.var_dir().resolve()
        self.wanted_port = port
        self.say = say
        self.stopping = False
        self.children: list[Child] = []
        self.falls: dict[str, int] = {}
        self.story: Child | None = None

    def run(self) -> None:
        """Start, watch until a signal comes, stop. Raises StackError when something cannot start."""
        started = time.monotonic()
        lock_handle = lock.hold(self.var)
        for caught in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(caught, self._on_signal)
        if settings.DEMO:
            seal.make_once(self.var)
        services = DataServices(self.var)
        try:
            services.start()
            self.children = list(services.children)
            self._start_programs(services, lock_handle, started)
            while not self.stopping:
                self._revive()
                self._end_story()
                time.sleep(0.2)
        finally:
            self.say("\nStopping …")
            if self.story:
                self.story.stop()
            for child in reversed(self.children or services.children):
                child.stop()
            self.say("Everything has stopped. Your data is in var/.")

    def _start_programs(self, services: DataServices, lock_handle, started: float) -> None:
        chosen = Ports.pick(self.wanted_port)
        if chosen.pages != self.wanted_port:
            self.say(f"Port {self.wanted_port} is taken; using {chosen.pages}.")
        env = self._environment(services, chosen)
        programs = Programs(var=self.var, ports=chosen, env=env, with_bank="STANDIN_URL" in env)
        self._prepare(services, env, with_bank=programs.with_bank)
        address = env["SITE_URL"]
        self._start(programs.first())
        self._wait_for_pages(f"http://localhost:{chosen.pages}")
        self._start(programs.then())
        lock.announce(lock_handle, address)
        self._welcome(address, env, time.monotonic() - started)
        if settings.DEMO and env.get("MOORING_DEMO") != "people" and not self._told.exists():
            self.say("  The demo's ninety days are being told: the market fills within a minute or two.\n")
            self.story = programs.story()
            self.story.start()

    def _environment(self, services: DataServices, chosen: Ports) -> dict[str, str]:
        site = os.environ.get("SITE_URL") or f"http://localhost:{chosen.pages}"  # passkeys refuse an IP address
        env = (
            dict(os.environ)
            | services.environment()
            | {
                "MOORING_VAR": str(self.var),
                "SITE_URL": site,
                "SOCKETS_URL": os.environ.get("SOCKETS_URL") or f"http://localhost:{chosen.sockets}",
                "PYTHONUNBUFFERED": "1",
            }
        )
        env.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
        if not env.get("STRIPE_SECRET_KEY") and not env.get("STANDIN_URL") and "STANDIN_DATABASE_URL" in env:
            pages, bank = f"http://localhost:{chosen.pages}", f"http://localhost:{chosen.bank}"
            dialect = os.environ.get("MOORING_BANK", "")
            env |= standin.environment(self.var, bank=bank, pages=pages, site=site, dialect=dialect)
        return env

    def _start(self, programs: list[Child]) -> None:
        for child in programs:
            child.start()
            self.children.append(child)

    def _prepare(self, services: DataServices, env: dict[str, str], *, with_bank: bool) -> None:
        """Migrate, and load demo content into an empty database; nothing on a warm start."""
        stamp = MigrationStamp(self.var, env["DATABASE_URL"])
        if stamp.fits and not services.is_new:
            return
        self._manage(env, ROOT / "manage.py", "prepare")
        if with_bank:
            self._manage(env, ROOT / "marketplace/payments/standin/manage.py", "migrate", "--no-input", "-v0")
        stamp.set()

    def _manage(self, env: dict[str, str], script: Path, *arguments: str) -> None:
        result = subprocess.run([sys.executable, script, *arguments], env=env, cwd=ROOT, check=False)
        if result.returncode:
            raise StackError(f"`{script.name} {arguments[0]}` failed; its message is above.")

    def _wait_for_pages(self, address: str) -> None:
        deadline = time.monotonic() + PAGES_TIMEOUT
        while time.monotonic() < deadline:
            for child in self.children:
                if not child.running:
                    raise StackError(f"{child.name} stopped while starting:\n{child.log_tail()}")
            try:
                with urllib.request.urlopen(f"{address}/livez", timeout=2):  # noqa: S310
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise StackError(f"The pages did not answer within {PAGES_TIMEOUT:.0f} s; see {self.var / 'log/pages.log'}.")

    def _welcome(self, address: str, env: dict[str, str], seconds: float) -> None:
        self.say(f"\n  Mooring is up after {seconds:.1f} s:  {address}\n")
        self.say(f"  Mail lands in        {address}/mailbox/")
        if "STANDIN_PUBLIC_URL" in env:
            self.say(f"  The test bank's own  {env['STANDIN_PUBLIC_URL']}/statement")
        if env.get("STRIPE_API_BASE"):
            self.say("  Payments             speak Stripe, to the stand-in; the demo's ninety days are not told")
        if env.get("BANK_RAIL_ACCOUNT_NUMBER"):
            self.say("  Renminbi             by transfers that finance books from statements, at /admin/bank_rail/")
        self.say("  Demo sign-ins        password for all of them: mooring-demo-2026")
        for line in (
            "mei@chenyu.example      merchant (Chenyu Tea, owner)",
            "xiawei@xiawei.example   anchor (Xia Wei)",
            "lan@northquay.example   agency (Northquay PGC, owner), admin at /admin/",
            "ops@mooring.example     platform staff, admin at /admin/",
            "ops2@mooring.example    another of them, for what takes two: appeals, payout runs",
        ):
            self.say(f"                       {line}")
        self.say("\n  Ctrl-C stops everything.\n")

    @property
    def _told(self) -> Path:
        return self.var / "demo-told"

    def _end_story(self) -> None:
        """Told to its end once, it is not told again; broken off, the next start goes on with it."""
        if self.story is None or self.story.running:
            return
        if self.story.process.returncode == 0:
            self._told.touch()
        else:
            self.say(f"The demo broke off:\n{self.story.log_tail()}")
        self.story = None

    def _revive(self) -> None:
        """Start again what has died. One that cannot stand is given more time at each fall, and in the end given up."""
        now = time.monotonic()
        for child in self.children:
            if child.running or self.stopping:
                continue
            falls = self.falls.get(child.name, 0)
            if now - child.started_at < MIN_LIFE and now < child.started_at + min(0.1 * 2**falls, 5.0):
                continue
            self.falls[child.name] = falls + 1 if now - child.started_at < MIN_LIFE else 0
            if self.falls[child.name] > FALLS_ALLOWED:
                raise StackError(f"{child.name} keeps stopping:\n{child.log_tail()}")
            self.say(f"{child.name} stopped; starting it again.")
            child.stop()  # its process group may have left grandchildren
            child.start()

    def _on_signal(self, _signum: int, _frame: FrameType | None) -> None:
        if self.stopping:
            return
        self.stopping = True
