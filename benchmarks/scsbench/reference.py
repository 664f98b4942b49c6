# SPDX-License-Identifier: MIT
"""The reference solver in a virtual environment of its own, outside the tree."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REFERENCE_VERSION = "3.3.1"
REFERENCE_PACKAGES = (f"scs=={REFERENCE_VERSION}", "numpy", "scipy")


def cache_folder() -> Path:
    """Return the folder for environments: ``$XDG_CACHE_HOME`` or ``~/.cache``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return Path(base or Path.home() / ".cache") / "scsbench"


def reference_python(base: str = sys.executable, folder: Path | None = None) -> str:
    """Return the interpreter of the reference, installing it on first use.

    ``base`` makes the environment and so sets the Python version. Raises
    ``subprocess.CalledProcessError`` when creating or installing fails.
    """
    parent = folder or cache_folder()
    home = parent / f"reference-{REFERENCE_VERSION}-{_tag(base)}"
    scripts = "Scripts" if sys.platform == "win32" else "bin"
    python = home / scripts / "python"
    # Written last, so that an installation that was cut is made again.
    complete = home / "complete"
    if not complete.exists():
        print(f"installing {' '.join(REFERENCE_PACKAGES)} in {home}", file=sys.stderr)
        _run(base, "-m", "venv", "--clear", str(home))
        _run(str(python), "-m", "pip", "install", "--quiet", *REFERENCE_PACKAGES)
        complete.touch()
    return str(python)


def resolve(python: str) -> str:
    """Turn the word ``reference`` into its interpreter; leave paths as they are."""
    return reference_python() if python == "reference" else python


def _tag(python: str) -> str:
    code = "import sysconfig; print(sysconfig.get_config_var('SOABI') or 'py')"
    ended = subprocess.run(
        [python, "-c", code], check=True, capture_output=True, text=True
    )
    return ended.stdout.strip()


def _run(*command: str) -> None:
    # pip talks on stdout, which belongs to the path that is printed in the end.
    subprocess.run(command, check=True, stdout=sys.stderr)
