"""A Spark cluster on this machine: a standalone master and two workers, each a process."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from devtools.serving import free_port

PATIENCE = 60
"""Seconds that the master, and then the workers, may take to start."""

QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
"""For processes that live for a minute: Java does not spend it on making itself faster."""

SETTINGS = {
    "spark.driver.memory": "512m",
    "spark.driver.extraJavaOptions": QUICK,
    "spark.executor.memory": "512m",
    "spark.executor.extraJavaOptions": QUICK,
    "spark.cores.max": "2",
    "spark.master.rest.enabled": "false",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    # Tables of twenty rows: compiling a question to Java takes longer than answering it.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
"""What an operator would write into `spark-defaults.conf`, for small tables on a small machine."""


@dataclass(frozen=True)
class Cluster:
    """A running cluster."""

    address: str
    environment: dict[str, str]
    """What a process needs of the environment to work with the cluster."""

    workers: tuple[subprocess.Popen[bytes], ...]


def is_possible() -> bool:
    """True where Java and pyspark are installed."""
    with suppress(ImportError):
        import pyspark  # noqa: F401  # only asked whether it is there

        return shutil.which("java") is not None
    return False


@contextmanager
def cluster(folder: Path, settings: dict[str, str] | None = None) -> Iterator[Cluster]:
    """Start a cluster that writes into a folder; end its processes afterwards.

    A worker offers two cores, so that two applications can run at the same time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{name} {value}\n" for name, value in (SETTINGS | (settings or {})).items()]
    (folder / "spark-defaults.conf").write_text("".join(lines), encoding="utf-8")
    environment = {
        "SPARK_CONF_DIR": str(folder),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "local"),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": QUICK,
    }
    port = free_port()
    address = f"spark://127.0.0.1:{port}"
    with ExitStack() as running:
        place = ["--host", "127.0.0.1", "--webui-port", "0"]
        master = ["org.apache.spark.deploy.master.Master", *place, "--port", str(port)]
        running.enter_context(_process(master, folder / "master.log", environment))
        _wait(lambda: _listens(port), "the master")
        workers = []
        for number in (1, 2):
            worker = ["org.apache.spark.deploy.worker.Worker", *place, "--cores", "2"]
            worker += ["--memory", "1g", "--work-dir", str(folder / f"work-{number}"), address]
            log = folder / f"worker-{number}.log"
            workers.append(running.enter_context(_process(worker, log, environment)))
        logs = [folder / f"worker-{number}.log" for number in (1, 2)]
        _wait(
            lambda: all(b"registered with master" in log.read_bytes() for log in logs), "a worker"
        )
        yield Cluster(address, environment, tuple(workers))


@contextmanager
def _process(
    command: list[str], log: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    import pyspark

    home = Path(pyspark.__file__).parent
    with log.open("wb") as written:
        process = subprocess.Popen(
            [str(home / "bin" / "spark-class"), *command],
            env=os.environ | environment | {"SPARK_HOME": str(home)},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.kill() if process.poll() is None else None
            process.wait(20)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _wait(is_ready, what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not is_ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not start within {PATIENCE} seconds")
        time.sleep(0.1)
