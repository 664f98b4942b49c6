# SPDX-License-Identifier: MIT
"""ThreadSanitizer reports a race when there is one.

The extension holds one on purpose in builds with a sanitizer. That the other tests end
without a report would mean nothing if this one did not end with one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import textwrap
from pathlib import Path

import pytest

from scs import _core

pytestmark = [
    pytest.mark.skipif(
        not hasattr(_core, "_count_unlocked")
        or "--with-thread-sanitizer"
        not in (sysconfig.get_config_var("CONFIG_ARGS") or ""),
        reason="needs an extension and an interpreter with ThreadSanitizer",
    ),
    pytest.mark.thread_unsafe(reason="starts processes"),
]

SOURCE = Path(__file__).parents[2] / "python" / "bindings" / "deliberate_race.cpp"


def _run(body: str) -> subprocess.CompletedProcess[str]:
    """Run four threads that start together, with reports on standard error."""
    program = f"""
        import threading
        from scs import _core
        barrier, lock = threading.Barrier(4), threading.Lock()
        def work():
            barrier.wait()
            {body}
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        """
    options = os.environ.get("TSAN_OPTIONS", "") + ":log_path=stderr:exitcode=66"
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
        env={**os.environ, "TSAN_OPTIONS": options},
    )


def test_the_race_is_reported_with_file_and_line():
    done = _run("_core._count_unlocked(20_000)")
    lines = SOURCE.read_text().splitlines()
    line = next(i for i, text in enumerate(lines, 1) if "// the race" in text)
    assert done.returncode == 66
    assert "WARNING: ThreadSanitizer: data race" in done.stderr
    assert re.search(rf"{SOURCE.name}:{line}\b", done.stderr), done.stderr


def test_the_same_calls_under_a_lock_are_not_reported():
    done = _run("with lock: _core._count_unlocked(20_000)")
    assert done.returncode == 0, done.stderr
    assert "ThreadSanitizer" not in done.stderr
