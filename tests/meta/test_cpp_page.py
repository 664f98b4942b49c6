# SPDX-License-Identifier: MIT
"""The page on C and C++, followed: its programs are those that tests build and run.

ctest does so with an install tree and with an embedded source tree, the last test here
with the package that pip installed.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/cpp.md").read_text()
CONSUMER = ROOT / "tests/cpp/consumer"
BUILT = {
    "cmake": [*CONSUMER.glob("*/CMakeLists.txt")],
    "cpp": [*CONSUMER.glob("*.cpp"), *(ROOT / "examples/cpp").glob("*.cpp")],
    "c": [*CONSUMER.glob("*.c"), *(ROOT / "examples/c").glob("*.c")],
}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("language", BUILT)
def test_blocks_are_parts_of_what_is_built(language: str) -> None:
    texts = [path.read_text() for path in BUILT[language]]
    found = blocks(language)
    assert found
    for block in found:
        assert any(block in text for text in texts), block


@pytest.mark.parametrize("path", BUILT["cmake"], ids=lambda path: path.parent.name)
def test_every_way_is_on_the_page_as_it_is_built(path: Path) -> None:
    licence, project = path.read_text().split("\n", 1)
    assert "SPDX" in licence
    assert project in blocks("cmake")


@pytest.mark.parametrize("name", ["program.cpp", "program.c"])
def test_the_programs_are_on_the_page_whole(name: str) -> None:
    text = (CONSUMER / name).read_text()
    program = text[text.index("#include") :]
    assert program in blocks(name.split(".")[1])
    assert program.count("\n") <= 60


def test_every_example_is_named() -> None:
    for path in [*(ROOT / "examples/c").glob("*.c"), *BUILT["cpp"]]:
        if path.parent != CONSUMER:
            assert f"{path.parent.name}/{path.name}" in PAGE


@pytest.mark.timeout(600)
def test_the_installed_package_serves_c_and_cpp(tmp_path: Path) -> None:
    for tool in ("cmake", "ctest", "ninja"):
        if not shutil.which(tool):
            pytest.skip(f"no {tool} here")
    if not any(map(shutil.which, ("c++", "g++", "clang++"))):
        pytest.skip("no C++ compiler here")
    options = {
        "WAY": "wheel",
        "ROOT": str(ROOT),
        "WORK": str(tmp_path / "work"),
        "GENERATOR": "Ninja",
        "PYTHON": sys.executable,
        "LAPACK": "OFF",
    }
    openblas = importlib.util.find_spec("scipy_openblas32")
    if openblas is not None and openblas.origin is not None:
        folder = Path(openblas.origin).parent / "lib/cmake/openblas"
        options |= {"LAPACK": "ON", "OpenBLAS_DIR": str(folder)}
    run = subprocess.run(
        [
            "cmake",
            *(f"-D{name}={value}" for name, value in options.items()),
            "-P",
            str(CONSUMER / "run.cmake"),
        ],
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    passed = run.stdout.count("100% tests passed")
    assert passed == (2 if options["LAPACK"] == "ON" else 1)
    program = tmp_path / "work/build/program"
    assert [subprocess.check_output(program, text=True)] == blocks("text")
