"""What is installed: the wheel holds four packages and all their data, and what pyproject promises is there."""

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import agent
from agent.stages import Skill

ROOT = Path(__file__).parents[1]
PACKAGES = ("agent", "devices", "skills", "simulators")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCK = (ROOT / "requirements.lock").read_text()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_four_packages_and_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {*PACKAGES, f"hearth_agent-{agent.__version__}.dist-info"}


def test_the_wheel_holds_every_file_that_git_has_in_them(wheel: Path) -> None:
    listed = subprocess.run(["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git clone")
    assert {f for f in listed.stdout.splitlines() if (ROOT / f).exists()} - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_the_wheel_works_from_where_it_is_installed(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = """if True:
        import sys; sys.path.insert(0, sys.argv[1])
        import agent.database, agent.config
        from importlib import resources
        print(agent.__file__, len(agent.database._schema()), len(resources.files("agent").joinpath("config.yaml").read_text()))
    """
    told = subprocess.run([sys.executable, "-I", "-c", code, tmp_path], capture_output=True, text=True, check=True, cwd=tmp_path).stdout.split()
    assert told[0] == str(tmp_path / "agent" / "__init__.py")
    assert int(told[1]) >= 1
    assert int(told[2]) > 1000


def test_the_version_is_one() -> None:
    assert version("hearth-agent") == agent.__version__


@pytest.mark.parametrize("group", ["hearth.asr", "hearth.wake", "hearth.vad", "hearth.tts"])
def test_every_engine_loads_and_answers_for_itself(group: str) -> None:
    points = entry_points(group=group)
    assert points
    for point in points:
        assert callable(point.load())
        assert callable(sys.modules[point.module].available)


def test_every_skill_loads_and_is_named_as_its_module() -> None:
    points = entry_points(group="hearth.skills")
    assert {p.name for p in points} == set(PROJECT["entry-points"]["hearth.skills"])
    for point in points:
        assert isinstance(point.load(), Skill)
        assert point.module == f"skills.{point.name}"


def test_every_skill_that_is_written_is_found() -> None:
    written = {file.stem for file in (ROOT / "skills").glob("*.py") if re.search(r"^SKILL\b", file.read_text(), re.MULTILINE)}
    assert written == set(PROJECT["entry-points"]["hearth.skills"])


def test_every_file_that_the_documents_name_is_there() -> None:
    for document in (ROOT / "docs").glob("*.md"):
        for named in re.findall(r"`((?:agent|devices|skills|simulators|training|tests|benchmarks|scripts|docs)/[\w./*-]+)`", document.read_text()):
            assert list(ROOT.glob(named.rstrip("/"))), f"{document.name} names {named}, which is not there"


def locked() -> dict[str, str]:
    lines = [line for line in LOCK.splitlines() if line and not line.lstrip().startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", line) for line in lines), "the lock holds pinned names and nothing else"
    return {canonicalize_name(r.name): str(r.specifier) for r in map(Requirement, lines)}


def test_the_lock_has_every_dependency_of_every_extra() -> None:
    wanted = PROJECT["dependencies"] + [d for extra in PROJECT["optional-dependencies"].values() for d in extra]
    missing = [d for d in map(Requirement, wanted) if canonicalize_name(d.name) not in locked()]
    assert missing == []


def test_the_lock_pins_what_pyproject_allows() -> None:
    wanted = PROJECT["dependencies"] + [d for extra in PROJECT["optional-dependencies"].values() for d in extra]
    for requirement in map(Requirement, wanted):
        pinned = locked()[canonicalize_name(requirement.name)].removeprefix("==")
        assert requirement.specifier.contains(pinned), f"{requirement} is locked at {pinned}"


def test_the_lock_names_no_place_to_fetch_from() -> None:
    assert re.search(r"https?:|--|index|trusted|@ ", LOCK) is None


def test_whose_licence_forbids_it_is_no_dependency_of_the_agent() -> None:
    """piper-tts is GPL: a voice of tests, in a process of its own."""
    shipped = PROJECT["dependencies"] + [d for name, extra in PROJECT["optional-dependencies"].items() if name != "dev" for d in extra]
    assert not [d for d in shipped if "piper" in d]
    assert PROJECT["license"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text()
