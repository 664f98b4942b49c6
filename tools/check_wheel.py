# SPDX-License-Identifier: MIT
"""What is in a wheel or source distribution, and whether that ought to be there.

    python tools/check_wheel.py dist/scs-*.whl dist/scs-*.tar.gz

Prints a report and exits with 1 if a rule is broken. Every rule returns one sentence
per fault, so an empty list means that it holds; tests/meta shows for each an archive
that breaks it. A wheel of Linux is also shown to auditwheel and, if it says that it
uses the stable ABI, to abi3audit; both are part of pyproject.toml's group `wheel`.
"""

from __future__ import annotations

import email
import email.message
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

MAX_WHEEL = 1_000_000  # bytes
MAX_SDIST = 1_500_000

# What a wheel may link to: the C and C++ run-time libraries of every Linux, no BLAS.
SYSTEM_LIBRARIES = re.compile(
    r"(lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+)\.so\.\d+|ld-linux[\w-]*\.so\.\d+"
    r"|libc\.musl-\w+\.so\.1)"
)

NAME = r"[A-Za-z0-9_-]+"
WHEEL_REQUIRED = (
    r"scs/__init__\.py",
    r"scs/_core\.(abi3|cpython-\d+t?-[\w-]+|cp\d+t?-[\w-]+)?\.?(so|pyd)",
    r"scs/_core\.pyi",
    r"scs/py\.typed",
    r"scs-[\d.]+\.dist-info/METADATA",
    r"scs-[\d.]+\.dist-info/RECORD",
    r"scs-[\d.]+\.dist-info/WHEEL",
    r"scs-[\d.]+\.dist-info/licenses/LICENSE",
)
# For C and C++ programs: headers, static libraries, CMake's package, LAPACK's table.
WHEEL_DEVELOPMENT = (
    rf"scs/include/({NAME}/)*{NAME}\.(h|hpp)",
    rf"scs/(lib|lib64)/(lib)?scs_{NAME}\.(a|lib)",
    rf"scs/((lib|lib64|share)/)?cmake/({NAME}/)*{NAME}\.cmake",
    rf"scs/(src|share)/({NAME}/)*{NAME}\.(c|cpp|h|hpp|cmake)",
)
WHEEL_ALLOWED = (
    *WHEEL_REQUIRED,
    *WHEEL_DEVELOPMENT,
    rf"scs/({NAME}/)?{NAME}\.py",
    r"scs-[\d.]+\.dist-info/sboms/[\w.-]+\.json",  # auditwheel's list of what it added
)

# The tests are in, so that a distributor can run them on what was built; the machinery
# of this repository, its benchmarks and what tools leave behind are out.
SDIST_REQUIRED = (
    r"PKG-INFO",
    r"LICENSE",
    r"README\.md",
    r"CHANGELOG\.md",
    r"CMakeLists\.txt",
    r"pyproject\.toml",
    r"scs_source/include/scs\.h",
    r"scs_source/src/api\.c",
    r"include/scs/scs\.hpp",
    r"cpp/solver\.cpp",
    r"python/bindings/module\.cpp",
    r"python/scs/py\.typed",
    r"cmake/options\.cmake",
    r"examples/demo\.py",
    r"tests/python/conftest\.py",
    r"tests/python/anywhere\.txt",
    r"tests/data/problems/blend\.npz",
)
SOURCE = r"(c|h|cpp|hpp|cu|cuh|py|pyi|txt|cmake|in|md|supp)"
SDIST_ALLOWED = (
    *SDIST_REQUIRED,
    rf"(scs_source|include|cpp|python|cmake|examples|tests)/({NAME}/)*{NAME}\.{SOURCE}",
    rf"docs/(?!_build/)({NAME}/)*{NAME}\.[a-z]+",
    r"tests/(\.clang-tidy|mypy\.ini|cvxpy/as_shipped\.ini)",
    r"cmake/scs-config\.cmake\.in",
    r"python/scs/py\.typed",
    rf"tests/data/({NAME}/)*[\w.+-]+",
    rf"tools/(cross/)?{NAME}\.(py|sh|supp|cmake)",
    r"CMakePresets\.json|CONTRIBUTING\.md|Makefile",
    r"\.(clang-format|clang-tidy|editorconfig|gitignore|gitattributes)",
)


@dataclass
class Archive:
    """A distribution file: its name, its size and the size of every file in it."""

    name: str
    size: int
    files: dict[str, int]
    metadata: email.message.Message = field(default_factory=email.message.Message)
    wheel: email.message.Message = field(default_factory=email.message.Message)
    record: list[str] = field(default_factory=list)


def open_wheel(path: Path) -> Archive:
    with zipfile.ZipFile(path) as archive:
        sizes = {i.filename: i.file_size for i in archive.infolist() if not i.is_dir()}

        def text(name: str) -> str:
            found = [n for n in sizes if n.endswith(f".dist-info/{name}")]
            return archive.read(found[0]).decode() if found else ""

        return Archive(
            path.name,
            path.stat().st_size,
            sizes,
            email.message_from_string(text("METADATA")),
            email.message_from_string(text("WHEEL")),
            [line.split(",")[0] for line in text("RECORD").splitlines()],
        )


def open_sdist(path: Path) -> Archive:
    root = path.name.removesuffix(".tar.gz") + "/"
    with tarfile.open(path) as archive:
        sizes = {m.name: m.size for m in archive.getmembers() if not m.isdir()}
        there = root + "PKG-INFO" in sizes
        info = archive.extractfile(root + "PKG-INFO") if there else None
        text = info.read().decode() if info else ""
    # What is not under the one folder keeps its name and so breaks a rule.
    return Archive(
        path.name,
        path.stat().st_size,
        {name.removeprefix(root): size for name, size in sizes.items()},
        email.message_from_string(text),
    )


def contents(
    files: Iterable[str], required: Iterable[str], allowed: Iterable[str]
) -> list[str]:
    """Everything that must be there is, and nothing else."""
    names = sorted(files)
    may_be = re.compile("|".join(f"(?:{pattern})" for pattern in allowed))
    missing = [p for p in required if not any(re.fullmatch(p, n) for n in names)]
    return [f"missing: {pattern}" for pattern in missing] + [
        f"unexpected: {name}" for name in names if not may_be.fullmatch(name)
    ]


def size(archive: Archive, limit: int) -> list[str]:
    """The file is no larger than it should be."""
    if archive.size <= limit:
        return []
    return [f"{archive.size} bytes, at most {limit}"]


def tags(archive: Archive) -> list[str]:
    """Stable ABI from 3.12 on, an ABI of its own otherwise, and all agree on it."""
    match = re.fullmatch(r"scs-[\d.]+-(cp\d+)-(\w+)-([\w.]+)\.whl", archive.name)
    if match is None:
        return [f"{archive.name}: not the name of a wheel of scs"]
    python, abi, platforms = match.groups()
    stable = (python, abi) == ("cp312", "abi3")
    own = re.fullmatch(python + "t?", abi) is not None
    with_gil_from_312 = own and not abi.endswith("t") and int(python[3:]) >= 12
    faults = []
    if not (stable or own) or with_gil_from_312:
        faults.append(f"{python}-{abi}: neither cp312-abi3 nor an ABI that has no abi3")
    said = set(archive.wheel.get_all("Tag", []))
    named = {f"{python}-{abi}-{platform}" for platform in platforms.split(".")}
    if said != named:
        faults.append(f"the name says {sorted(named)}, WHEEL {sorted(said)}")
    if archive.wheel["Root-Is-Purelib"] != "false":
        faults.append("WHEEL does not say that there is compiled code")
    for name in archive.files:
        if name.endswith(".so") and name.endswith(".abi3.so") != stable:
            faults.append(f"{name}: does not fit {abi}")
    return faults


def recorded(archive: Archive) -> list[str]:
    """RECORD lists what there is."""
    said, there = set(archive.record), set(archive.files)
    return [f"{name}: not in RECORD" for name in sorted(there - said)] + [
        f"{name}: only in RECORD" for name in sorted(said - there)
    ]


def metadata(archive: Archive) -> list[str]:
    """The core metadata say what it is, under which licence and what it needs."""
    said = archive.metadata
    version = archive.name.split("-")[1].removesuffix(".tar.gz")
    needs = said.get_all("Requires-Dist", [])
    always = {re.split(r"[^\w-]", need)[0] for need in needs if "extra ==" not in need}
    description = str(said.get_payload())
    checks = {
        "Name": said["Name"] == "scs",
        "Version": said["Version"] == version,
        "Summary": bool(said["Summary"]),
        "License-Expression": said["License-Expression"] == "MIT",
        "License-File": said.get_all("License-File") == ["LICENSE"],
        "Requires-Python": said["Requires-Python"] == ">=3.11",
        "Requires-Dist": always == {"numpy", "scipy"},
        "Description-Content-Type": said["Description-Content-Type"] == "text/markdown",
        "description": len(description) > 500,
        "Classifier: Typing :: Typed": "Typing :: Typed"
        in said.get_all("Classifier", []),
    }
    return [f"METADATA: {name}" for name, good in checks.items() if not good]


def libraries(report: str) -> list[str]:
    """Only run-time libraries of the system are linked; `report` is auditwheel's."""
    text = " ".join(report.split())
    names = re.findall(r"([\w.+-]+) with versions", text)
    if "libraries are required by the wheel:" in text:
        names += re.findall(r'"([^"]+)": ', text.split("required by the wheel:")[1])
    faults = [f"links {n}" for n in names if not SYSTEM_LIBRARIES.fullmatch(n)]
    if "platform tag" not in text:
        faults.append("auditwheel says no platform tag")
    return faults


def run(*command: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, timeout=120
    )
    return done.returncode, (done.stdout + done.stderr).strip()


def audits(path: Path) -> list[str]:
    """What auditwheel and abi3audit say of a wheel."""
    faults = []
    if "linux" in path.name:
        code, report = run("auditwheel", "show", str(path))
        print(report)
        faults += libraries(report) if code == 0 else ["auditwheel failed"]
    if "-abi3-" in path.name:
        code, report = run("abi3audit", "--strict", "--summary", str(path))
        print(report)
        faults += [] if code == 0 else ["abi3audit found what is not in the stable ABI"]
    return faults


def check_wheel(archive: Archive) -> list[str]:
    """Return the faults of a wheel that can be seen without looking into its code."""
    return [
        *contents(archive.files, WHEEL_REQUIRED, WHEEL_ALLOWED),
        *size(archive, MAX_WHEEL),
        *tags(archive),
        *recorded(archive),
        *metadata(archive),
    ]


def check_sdist(archive: Archive) -> list[str]:
    """Return the faults of a source distribution."""
    return [
        *contents(archive.files, SDIST_REQUIRED, SDIST_ALLOWED),
        *size(archive, MAX_SDIST),
        *metadata(archive),
    ]


def describe(archive: Archive) -> str:
    """Return a table of what takes the room."""
    folders: dict[str, int] = {}
    for name, length in archive.files.items():
        parts = name.split("/")
        key = name if name.endswith((".so", ".a")) else "/".join(parts[:-1][:2])
        folders[key or "."] = folders.get(key or ".", 0) + length
    rows = sorted(folders.items(), key=lambda row: -row[1])
    total = sum(folders.values())
    head = f"{archive.name}: {archive.size:,} bytes, {len(archive.files)} files"
    return "\n".join(
        [f"{head}, {total:,} bytes unpacked", *(f"{v:>12,}  {k}" for k, v in rows)]
    )


def main(paths: list[str]) -> int:
    faults = []
    for path in map(Path, paths):
        wheel = path.suffix == ".whl"
        archive = open_wheel(path) if wheel else open_sdist(path)
        print(describe(archive))
        found = check_wheel(archive) + audits(path) if wheel else check_sdist(archive)
        faults += [f"{path.name}: {fault}" for fault in found]
    print("\n".join(faults) or f"{len(paths)} distributions as they should be")
    return 1 if faults or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
