"""What is installed, shipped and locked."""

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import version
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PACKAGES = ("cli", "domain", "ledger", "projections")
LOCKS = ("dev", "runtime")

PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[\w.+!]+)(?: ; [^/@]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
ORIGIN = r"(?:[\w-]+|answerable \(pyproject\.toml\)|-c requirements/dev\.txt)"
VIA = re.compile(rf"    # via {ORIGIN}(?:, {ORIGIN})*")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)["project"]
    return table


def lock_lines(lock: str) -> list[str]:
    return (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8").splitlines()


def pins(lock: str) -> dict[str, str]:
    found = map(PIN.fullmatch, lock_lines(lock))
    return {pin["name"]: pin["version"] for pin in found if pin}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_hashes_and_origins_and_nothing_else(lock: str) -> None:
    strange = [
        line
        for line in lock_lines(lock)
        if not any(pattern.fullmatch(line) for pattern in (PIN, HASH, VIA))
    ]
    assert strange == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_address_or_path(lock: str) -> None:
    text = "\n".join(lock_lines(lock)).replace("-c requirements/dev.txt", "")
    assert re.findall(r"index-url|find-links|trusted-host|://|file:|@|/", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_hashed(lock: str) -> None:
    unhashed = [
        line
        for line, following in pairwise([*lock_lines(lock), ""])
        if PIN.fullmatch(line) and not HASH.fullmatch(following)
    ]
    assert unhashed == []


def test_the_runtime_lock_is_part_of_the_dev_lock() -> None:
    assert pins("runtime").items() <= pins("dev").items()


def test_the_locks_satisfy_what_the_project_declares(project: dict[str, Any]) -> None:
    extras = project["optional-dependencies"]
    declared = {
        "runtime": project["dependencies"] + extras["build"],
        "dev": project["dependencies"] + list(chain(*extras.values())),
    }
    unmet = [
        f"{requirement} in {lock}.txt: run `make lock`"
        for lock, lines in declared.items()
        for requirement in map(Requirement, lines)
        if requirement.name != project["name"]
        and not requirement.specifier.contains(
            pins(lock).get(canonicalize_name(requirement.name), "0")
        )
    ]
    assert unmet == []


def test_the_installed_version_is_the_declared_one(project: dict[str, Any]) -> None:
    assert version("answerable") == project["version"]


def test_the_four_packages_import_only_under_the_name_of_the_project(tmp_path: Path) -> None:
    code = (
        "import sys; from importlib.util import find_spec\n"
        "print(*(name for name in sys.argv[1:] if find_spec(name)))"
    )
    qualified = [f"answerable.{name}" for name in PACKAGES]
    found = subprocess.run(
        [sys.executable, "-I", "-c", code, *PACKAGES, *qualified],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.stdout.split() == qualified


@pytest.mark.parametrize("package", PACKAGES)
def test_an_editable_install_reads_the_folder_at_the_top(package: str) -> None:
    link = ROOT / ".pkg" / "answerable" / package
    assert link.is_symlink()
    assert link.resolve() == ROOT / package


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_that_it_is_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


def build(target: str, source: Path, into: Path) -> Path:
    subprocess.run(
        [sys.executable, "-I", "-m", "hatchling", "build", "-t", target, "-d", str(into)],
        cwd=source,
        check=True,
        capture_output=True,
    )
    (built,) = into.iterdir()
    return built


def test_the_wheel_holds_the_four_packages_under_the_name_of_the_project(tmp_path: Path) -> None:
    with zipfile.ZipFile(build("wheel", ROOT, tmp_path)) as archive:
        names = set(archive.namelist())
        (entry_points,) = (n for n in names if n.endswith(".dist-info/entry_points.txt"))
        scripts = archive.read(entry_points).decode()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"answerable"}
    for package in PACKAGES:
        assert {f"answerable/{package}/__init__.py", f"answerable/{package}/py.typed"} <= names
    assert {
        f"answerable/ledger/bundle/{name}" for name in ("standalone_verifier.py", "readme.txt")
    } <= names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert "answerable = answerable.cli.main:main" in scripts


def test_the_source_archive_holds_the_four_folders_at_the_top(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", ROOT, tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for package in PACKAGES:
        assert {f"{package}/__init__.py", f"{package}/py.typed"} <= names
    assert "LICENSE" in names
