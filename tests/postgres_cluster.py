"""Runs a command with DATABASE_URL naming a PostgreSQL that lives as long as the command does.

    python -m tests.postgres_cluster pytest tests/web

The cluster lies in a temporary folder, listens on a socket in it and on no network, and gives up
durability for speed. PostgreSQL refuses to run as root, who therefore lends it another user.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

OLDEST_SUPPORTED = 15
SUPERUSER = "amtweb"


@contextmanager
def postgres_cluster() -> Iterator[str]:
    """The address of a new cluster's first database.

    Raises:
        SystemExit: PostgreSQL is not installed, is too old or does not start.
    """
    programs = _programs()
    # Directly in /tmp, because the path of a socket may not be longer than 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="amtweb-pg-", dir="/tmp"))
    identity = _unprivileged(folder)
    data = folder / "data"
    try:
        _run(
            [
                str(programs / "initdb"),
                "--auth=trust",
                f"--username={SUPERUSER}",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                f"--pgdata={data}",
            ],
            identity,
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        control = [str(programs / "pg_ctl"), f"--pgdata={data}", "--wait", "--silent"]
        log = folder / "log"
        _run([*control, f"--log={log}", f"--options={options}", "start"], identity)
        try:
            yield f"postgresql://{SUPERUSER}@{quote(str(folder), safe='')}/postgres"
        finally:
            _run([*control, "--mode=immediate", "stop"], identity)
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    """The folder of the newest version's programs, where Debian keeps them."""
    found = [
        (int(path.parents[1].name), path.parent)
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
        if path.parents[1].name.isdecimal()
    ]
    version, folder = max(found, default=(0, Path()))
    if version < OLDEST_SUPPORTED:
        raise SystemExit(f"PostgreSQL {OLDEST_SUPPORTED} or newer is missing: install postgresql")
    return folder


def _unprivileged(folder: Path) -> dict[str, Any]:
    """What makes a program run as somebody who owns the folder and is not root."""
    if os.geteuid() != 0:
        return {}
    user = next(
        user for name in ("postgres", "nobody") for user in pwd.getpwall() if user.pw_name == name
    )
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _run(command: list[str], identity: dict[str, Any]) -> None:
    outcome = subprocess.run(
        command,
        # Not a pipe: the server inherits it and would keep it open.
        stdout=subprocess.DEVNULL,
        stderr=None,
        stdin=subprocess.DEVNULL,
        cwd="/",
        check=False,
        **identity,
    )
    if outcome.returncode:
        raise SystemExit(f"{Path(command[0]).name} failed")


def main(command: list[str]) -> int:
    with postgres_cluster() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
