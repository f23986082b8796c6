"""Prove that every locked dependency has a wheel for aarch64 Linux (Raspberry Pi OS and Debian, 64 bit) on Python 3.11 and 3.13.

Asks the package index with pip, installs nothing. Exit status 1 and one line for each package that has none.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.requirements import Requirement

LOCK = Path(__file__).parents[1] / "requirements.lock"
PYTHONS = ("3.11", "3.13")
GLIBC = range(17, 37)
"""Debian 12 has glibc 2.36, so it runs wheels of manylinux_2_17 to manylinux_2_36."""

PURE = {
    "docopt": "one Python file: its source archive builds the same py3-none-any wheel on every machine, without a compiler",
    "srt": "one Python file: its source archive builds the same py3-none-any wheel on every machine, without a compiler",
}
"""Packages that publish a source archive only, and why that is all right on a Pi. Checked: each is built here and must give a pure wheel."""


def locked(python: str) -> list[Requirement]:
    """The lock's lines that hold for `python` on a Pi."""
    environment = {"python_version": python, "python_full_version": f"{python}.0", "platform_machine": "aarch64", "sys_platform": "linux"}
    lines = (line for line in LOCK.read_text().splitlines() if line and not line.lstrip().startswith("#"))
    requirements = [Requirement(line) for line in lines]
    return [r for r in requirements if r.marker is None or r.marker.evaluate(environment)]


def pinned(requirement: Requirement) -> str:
    return f"{requirement.name}{requirement.specifier}"


def pip(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def wheels_of(python: str, requirements: list[Requirement]) -> dict[str, str] | str:
    """Each requirement's wheel file for aarch64, or the pin of the first that has none. (uv checked Requires-Python when it locked.)"""
    platforms = [f"--platform=manylinux_2_{minor}_aarch64" for minor in reversed(GLIBC)]
    platforms += ["--platform=manylinux2014_aarch64", "--platform=linux_aarch64"]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        wanted = ["--dry-run", "--quiet", "--no-deps", "--ignore-installed", "--ignore-requires-python", "--only-binary=:all:"]
        place = [f"--python-version={python}", f"--target={folder}/t", f"--report={report}"]
        found = pip("install", *wanted, *place, *platforms, *map(pinned, requirements))
        if found.returncode:
            return found.stderr.strip().rpartition("for ")[2]
        installs = json.loads(report.read_text())["install"]
    return {i["metadata"]["name"]: i["download_info"]["url"].rsplit("/", 1)[-1] for i in installs}


def builds_pure(requirement: Requirement) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        built = pip("wheel", "--quiet", "--no-deps", "--no-binary=:all:", f"--wheel-dir={folder}", pinned(requirement))
        return built.returncode == 0 and all(w.name.endswith("-none-any.whl") for w in Path(folder).glob("*.whl"))


def check(python: str) -> bool:
    """Print each package without a wheel, then how many have one."""
    wanted, missing = [r for r in locked(python) if r.name not in PURE], []
    while isinstance(found := wheels_of(python, wanted), str):
        gone = [r for r in wanted if pinned(r) == found]
        if not gone:
            print(f"Python {python}: pip could not look: {found}")
            return False
        missing += gone
        wanted.remove(gone[0])
        print(f"Python {python}: {found} has no wheel for aarch64")
    native = sorted({w.split("-")[0] for w in found.values() if w.endswith("aarch64.whl")})
    print(f"Python {python}: {len(found)} wheels for aarch64; native: {', '.join(native)}")
    return not missing


def main() -> int:
    good = [check(python) for python in PYTHONS]
    for requirement in (r for r in locked(PYTHONS[0]) if r.name in PURE):
        pure = builds_pure(requirement)
        good.append(pure)
        print(f"{pinned(requirement)}: no wheel published; {PURE[requirement.name] if pure else 'its source does NOT build a pure wheel'}")
    print("every locked dependency installs on a 64-bit Pi without a compiler" if all(good) else "some dependencies would need a compiler on a Pi")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
