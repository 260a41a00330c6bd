"""A Streamlit server on a free port, and how to start Chromium without a screen."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
"""A map needs WebGL; without a graphics card Chromium draws it in software."""
PATIENCE = 60
"""Seconds that a server may take to start."""


@contextmanager
def serving(script: Path, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve a script; gives the server's address, and ends it afterwards."""
    port = free_port()
    process = start(script, port, environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait(address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(
    script: Path, port: int, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a server for a script; whoever starts it waits for it and ends it."""
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    command += ["--server.headless", "true", "--server.fileWatcherType", "none"]
    command += ["--browser.gatherUsageStats", "false"]
    return subprocess.Popen(
        command,
        env=os.environ | dict(environment or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait(address: str) -> None:
    """Until the server at an address answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"the server did not start within {PATIENCE} seconds")
