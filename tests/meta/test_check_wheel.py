# SPDX-License-Identifier: MIT
"""A distribution as it should be passes, and each rule notices one that breaks it."""

from __future__ import annotations

import importlib.util
import io
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

spec = importlib.util.spec_from_file_location(
    "check_wheel", ROOT / "tools/check_wheel.py"
)
assert spec is not None
assert spec.loader is not None
check_wheel = importlib.util.module_from_spec(spec)
sys.modules["check_wheel"] = check_wheel  # its data class looks itself up there
spec.loader.exec_module(check_wheel)

WHEEL = "scs-7.8.9-cp312-abi3-linux_x86_64.whl"
SDIST = "scs-7.8.9.tar.gz"
INFO = "scs-7.8.9.dist-info/"
METADATA = f"""Metadata-Version: 2.4
Name: scs
Version: 7.8.9
Summary: It solves.
License-Expression: MIT
License-File: LICENSE
Classifier: Typing :: Typed
Requires-Python: >=3.11
Requires-Dist: numpy>=1.24
Requires-Dist: scipy>=1.10
Requires-Dist: tqdm; extra == "progress"
Description-Content-Type: text/markdown

{"A long description. " * 50}
"""

Files = dict[str, str]
Change = Callable[[Files], object]


def wheel_files() -> Files:
    """Return a wheel that keeps every rule, without its RECORD."""
    return {
        "scs/__init__.py": "",
        "scs/_core.abi3.so": "code",
        "scs/_core.pyi": "",
        "scs/py.typed": "",
        "scs/_formats/_mps.py": "",
        "scs/include/scs/scs.hpp": "",
        "scs/lib/libscs_core.a": "",
        "scs/lib/cmake/scs/scs-config.cmake": "",
        INFO + "METADATA": METADATA,
        INFO + "WHEEL": "Root-Is-Purelib: false\nTag: cp312-abi3-linux_x86_64\n",
        INFO + "licenses/LICENSE": "MIT",
    }


def sdist_files() -> Files:
    names = ["python/scs/__init__.py", "tests/data/files/one.dat-s", ".clang-format"]
    names += [pattern.replace("\\", "") for pattern in check_wheel.SDIST_REQUIRED]
    return dict.fromkeys(names, "") | {"PKG-INFO": METADATA}


def faults_of_wheel(folder: Path, files: Files, name: str = WHEEL) -> list[str]:
    record = INFO + "RECORD"
    listed = files.pop("RECORD", "\n".join(f"{n},," for n in [*files, record]))
    with zipfile.ZipFile(folder / name, "w") as archive:
        for path, text in (files | {record: listed}).items():
            archive.writestr(path, text)
    return list(check_wheel.check_wheel(check_wheel.open_wheel(folder / name)))


def faults_of_sdist(folder: Path, files: Files) -> list[str]:
    with tarfile.open(folder / SDIST, "w:gz") as archive:
        for path, text in files.items():
            entry = tarfile.TarInfo(f"scs-7.8.9/{path}")
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return list(check_wheel.check_sdist(check_wheel.open_sdist(folder / SDIST)))


def test_a_wheel_as_it_should_be(tmp_path: Path) -> None:
    assert faults_of_wheel(tmp_path, wheel_files()) == []


def test_a_source_distribution_as_it_should_be(tmp_path: Path) -> None:
    assert faults_of_sdist(tmp_path, sdist_files()) == []


def put(name: str, text: str = "") -> Change:
    return lambda files: files.update({name: text})


def drop(name: str) -> Change:
    return lambda files: files.pop(name)


def edit(name: str, old: str, new: str) -> Change:
    def change(files: Files) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new)

    return change


BROKEN: dict[str, tuple[Change, str]] = {
    "stubs": (drop("scs/_core.pyi"), r"missing: scs/_core\.pyi"),
    "marker": (drop("scs/py.typed"), r"missing: scs/py\.typed"),
    "licence": (
        drop(INFO + "licenses/LICENSE"),
        r"missing: scs-[\d.]+\.dist-info/licenses/LICENSE",
    ),
    "extension": (drop("scs/_core.abi3.so"), r"missing: scs/_core\."),
    "bundled": (put("scs.libs/libopenblas.so"), "unexpected: scs.libs/libopenblas.so"),
    "object": (put("scs/lib/api.c.o"), "unexpected: scs/lib/api.c.o"),
    "cache": (put("scs/__pycache__/a.pyc"), "unexpected: scs/__pycache__/a.pyc"),
    "test": (put("tests/test_solve.py"), "unexpected: tests/test_solve.py"),
    "source": (put("scs/_core.cpp"), "unexpected: scs/_core.cpp"),
    "large": (put("scs/_big.py", "x" * 1_000_000), "at most 1000000"),
    "other ABI": (put("scs/_core.cpython-313-linux.so"), "does not fit abi3"),
    "other tag": (
        edit(INFO + "WHEEL", "cp312-abi3", "cp311-cp311"),
        "WHEEL ['cp311-cp311-linux_x86_64']",
    ),
    "pure": (edit(INFO + "WHEEL", "false", "true"), "compiled code"),
    "unrecorded": (put("RECORD", "scs/gone.py,,"), "gone.py: only in RECORD"),
    "name": (edit(INFO + "METADATA", "Name: scs", "Name: sc"), "METADATA: Name"),
    "version": (edit(INFO + "METADATA", "7.8.9", "7.8.8"), "METADATA: Version"),
    "requirement": (
        edit(INFO + "METADATA", "Requires-Dist: scipy>=1.10", "Requires-Dist: cvxpy"),
        "METADATA: Requires-Dist",
    ),
    "extra made a requirement": (
        edit(INFO + "METADATA", '; extra == "progress"', ""),
        "METADATA: Requires-Dist",
    ),
    "licence metadata": (
        edit(INFO + "METADATA", "Expression: MIT", "Expression: BSD-3-Clause"),
        "METADATA: License-Expression",
    ),
    "description": (
        edit(INFO + "METADATA", "A long description. ", ""),
        "METADATA: description",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_wheel(tmp_path: Path, case: str) -> None:
    change, expected = BROKEN[case]
    files = wheel_files()
    change(files)
    found = faults_of_wheel(tmp_path, files)
    assert found
    assert expected in "\n".join(found)


@pytest.mark.parametrize(
    ("tag", "good"),
    [
        ("cp311-cp311", True),
        ("cp313-cp313t", True),
        ("cp314-cp314t", True),
        ("cp313-cp313", False),  # has a GIL and so the stable ABI
        ("cp313-abi3", False),  # would leave out 3.12
        ("py3-none", False),
    ],
)
def test_tags(tmp_path: Path, tag: str, good: bool) -> None:
    files = wheel_files()
    abi = tag.split("-")[1].removeprefix("cp")
    files[f"scs/_core.cpython-{abi}-x86_64-linux-gnu.so"] = files.pop(
        "scs/_core.abi3.so"
    )
    files[INFO + "WHEEL"] = f"Root-Is-Purelib: false\nTag: {tag}-linux_x86_64\n"
    found = faults_of_wheel(tmp_path, files, f"scs-7.8.9-{tag}-linux_x86_64.whl")
    assert (found == []) == good, found


@pytest.mark.parametrize(
    "leftover",
    [
        "build/dev/CMakeCache.txt",
        "scs_source/src/api.o",
        "python/scs/__pycache__/_api.cpython-311.pyc",
        ".venv/pyvenv.cfg",
        ".ci/run",
        "benchmarks/scsbench/cli.py",
        "docs/_build/html/index.html",
        "python/scs/_core.abi3.so",
        "tests/python/.pytest_cache/README.md",
    ],
)
def test_leftovers_in_a_source_distribution(tmp_path: Path, leftover: str) -> None:
    files = sdist_files() | {leftover: ""}
    assert faults_of_sdist(tmp_path, files) == [f"unexpected: {leftover}"]


def test_a_source_distribution_that_lacks_something(tmp_path: Path) -> None:
    files = sdist_files()
    del files["scs_source/src/api.c"]
    assert faults_of_sdist(tmp_path, files) == [r"missing: scs_source/src/api\.c"]


# As auditwheel words it.
CONSISTENT = """
scs-7.8.9-cp312-abi3-linux_x86_64.whl is consistent with the
following platform tag: "manylinux_2_34_x86_64".

The wheel references external versioned symbols in these
system-provided shared libraries: libstdc++.so.6 with versions
{'GLIBCXX_3.4.22'}, libc.so.6 with versions {'GLIBC_2.34',
'GLIBC_2.2.5'}
"""
BLAS = """
The following external shared libraries are required by the wheel:
{
    "libc.so.6": "/lib/x86_64-linux-gnu/libc.so.6",
    "libopenblas.so.0": "/lib/x86_64-linux-gnu/libopenblas.so.0"
}
"""


def test_libraries_of_the_system_are_none_of_the_wheels_business() -> None:
    assert check_wheel.libraries(CONSISTENT) == []


def test_a_library_of_linear_algebra_is() -> None:
    assert check_wheel.libraries(CONSISTENT + BLAS) == ["links libopenblas.so.0"]
    versioned = CONSISTENT.replace("libstdc++.so.6", "libgomp.so.1")
    assert check_wheel.libraries(versioned) == ["links libgomp.so.1"]
    assert check_wheel.libraries("") == ["auditwheel says no platform tag"]


def test_the_report_names_what_takes_the_room(tmp_path: Path) -> None:
    faults_of_wheel(tmp_path, wheel_files() | {"scs/_core.abi3.so": "x" * 5000})
    report = check_wheel.describe(check_wheel.open_wheel(tmp_path / WHEEL))
    assert report.startswith(WHEEL)
    assert "5,000  scs/_core.abi3.so" in report.splitlines()[1]
