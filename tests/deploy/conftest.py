"""nginx with the configuration of deploy/, and two replicas of the dashboard behind it."""

import os
import re
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

import pytest

from devtools.serving import free_port, start, wait
from projectdata import paths

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
PORTS = ("8501", "8502")
"""The replicas in the example."""
NAME = "projects.example.org"

AROUND = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 2;
worker_shutdown_timeout 1s;
events {{ }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
"""What Debian's own nginx.conf puts around a site, in a folder of the test's own."""


def pytest_collection_modifyitems(items):
    """Without nginx there is nothing to test."""
    if NGINX is None or shutil.which("openssl") is None:
        here = Path(__file__).parent
        for item in items:
            if here in Path(item.fspath).parents:
                item.add_marker(pytest.mark.skip(reason="nginx or openssl is not installed"))


@dataclass
class Site:
    """The public address, the replicas by their own addresses, and what an operator does."""

    address: str
    folder: Path
    nginx: subprocess.Popen[bytes]
    replicas: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> tuple[int, Message, bytes]:
        """Status, headers and body of an answer, whatever the status."""
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30, context=trusting()) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers, refusal.read()

    def kill(self, replica: str) -> None:
        """End a replica as a crash would."""
        self.replicas[replica].kill()
        self.replicas[replica].wait(10)

    def bring_up(self, replica: str) -> None:
        """Start a replica at its address; `wait` tells when it answers."""
        port = int(replica.rsplit(":", 1)[1])
        self.replicas[replica] = start(paths.home() / "dashboard.py", port)

    def reload(self) -> None:
        """Let nginx read its configuration again, which ends every connection it holds."""
        subprocess.run([NGINX, *_configured(self.folder), "-s", "reload"], check=True)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    """The example as it stands, but for ports and files."""
    folder = tmp_path_factory.mktemp("nginx")
    public, plain, *own = (free_port() for _ in range(2 + len(PORTS)))
    replicas = [f"127.0.0.1:{port}" for port in own]
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(user=user, folder=folder))
    (folder / "site.conf").write_text(_example(folder, public, plain, replicas))
    _certify(folder)
    with ExitStack() as ended:
        nginx = subprocess.Popen([NGINX, *_configured(folder)], stderr=subprocess.DEVNULL)
        ended.callback(_end, nginx)
        site = Site(f"https://127.0.0.1:{public}", folder, nginx)
        ended.callback(lambda: [_end(process) for process in site.replicas.values()])
        for replica in replicas:
            site.bring_up(replica)
        for replica in replicas:
            wait(f"http://{replica}")
        _wait_for_both(site)
        yield site


def trusting() -> ssl.SSLContext:
    """For a certificate that the test has signed itself."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _example(folder: Path, public: int, plain: int, replicas: list[str]) -> str:
    text = CONFIGURATION.read_text()
    for port, replica in zip(PORTS, replicas, strict=True):
        text = text.replace(f"127.0.0.1:{port}", replica)
    text = re.sub(r"listen \[::\]:.*\n", "", text)
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{public} ")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    text = text.replace(f"/etc/ssl/certs/{NAME}.pem", f"{folder}/{NAME}.pem")
    text = text.replace(f"/etc/ssl/private/{NAME}.key", f"{folder}/{NAME}.key")
    return text.replace("/var/log/nginx/", f"{folder}/")


def _certify(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", f"/CN={NAME}", "-keyout", f"{folder}/{NAME}.key"]
    subprocess.run(
        [*command, "-out", f"{folder}/{NAME}.pem"], check=True, stderr=subprocess.DEVNULL
    )


def _configured(folder: Path) -> list[str]:
    return ["-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]


def _wait_for_both(site: Site) -> None:
    """nginx passes over a replica for a moment if it was asked before the replica was there."""
    end = time.monotonic() + 30
    served = set()
    while served < set(site.replicas) and time.monotonic() < end:
        served.add(site.get("/_stcore/health")[1]["X-Served-By"])
        time.sleep(0.05)
    assert served == set(site.replicas), (site.folder / "error.log").read_text()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
