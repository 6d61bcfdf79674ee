"""What is installed, shipped and locked."""

import ast
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from importlib import import_module
from importlib.metadata import version
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import answerable

ROOT = Path(__file__).parents[2]
PACKAGES = ("cli", "domain", "ledger", "projections")
OWN = ("__init__.py", "exports.py", "py.typed", "version.py")
"""The files of answerable itself, beside its four packages."""
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
    assert version("answerable") == project["version"] == answerable.__version__


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


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_four_packages_under_the_name_of_the_project(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
        (entry_points,) = (n for n in names if n.endswith(".dist-info/entry_points.txt"))
        scripts = opened.read(entry_points).decode()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"answerable"}
    assert {f"answerable/{name}" for name in OWN} <= names
    for package in PACKAGES:
        assert {f"answerable/{package}/__init__.py", f"answerable/{package}/py.typed"} <= names
    assert {
        f"answerable/ledger/bundle/{name}" for name in ("standalone_verifier.py", "readme.txt")
    } <= names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert "answerable = answerable.cli.main:main" in scripts


def test_the_source_archive_holds_the_four_folders_at_the_top(archive: Path) -> None:
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    for package in PACKAGES:
        assert {f"{package}/__init__.py", f"{package}/py.typed"} <= names
    assert {name for name in names if name.startswith(".pkg/")} == {
        f".pkg/answerable/{name}" for name in OWN
    }
    assert "LICENSE" in names


PROGRAM = """
import answerable
from answerable import Ledger, __version__
from answerable.domain import parse
from answerable.projections import RecordView, accountability_of

with Ledger.create("incidents.db") as ledger:
    event = {"kind": "contact-made", "case_id": "acme", "counterparty": "org-7"}
    ledger.append(parse(event), recorded_by="jane")
    accountability_of(RecordView(ledger).case("acme"))
print(answerable.__file__, __version__)
"""


def test_a_wheel_made_from_the_source_archive_is_the_same_and_works_where_it_is_installed(
    archive: Path, wheel: Path, tmp_path: Path
) -> None:
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    again = build("wheel", source, tmp_path / "dist")
    assert again.read_bytes() == wheel.read_bytes()

    place = tmp_path / "venv"
    venv.create(place, symlinks=True)
    python = str(place / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "--no-input", "-qq", "install"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(again)], check=True)
    ran = subprocess.run(
        [python, "-c", PROGRAM],
        cwd=tmp_path,
        env={"PYTHONPATH": sysconfig.get_path("purelib")},  # for what it needs
        check=True,
        capture_output=True,
        text=True,
    )
    where, installed = ran.stdout.split()
    assert Path(where).is_relative_to(place)
    assert installed == answerable.__version__


EXPORTING = ("answerable", "answerable.domain", "answerable.ledger", "answerable.projections")


@pytest.mark.parametrize("name", EXPORTING)
def test_what_editors_see_of_a_package_is_what_a_program_gets(name: str) -> None:
    package = import_module(name)
    assert package.__file__ is not None
    code = ast.parse(Path(package.__file__).read_text())
    (seen,) = (block for block in code.body if isinstance(block, ast.If))
    found = {
        each.asname or each.name: getattr(import_module(statement.module or ""), each.name)
        for statement in seen.body
        if isinstance(statement, ast.ImportFrom)
        for each in statement.names
    }
    assert sorted(package.__all__) == sorted(found) == dir(package)
    assert {public: getattr(package, public) for public in found} == found


@pytest.mark.parametrize("name", EXPORTING)
def test_a_name_that_a_package_does_not_have_is_missed_as_of_any_module(name: str) -> None:
    with pytest.raises(AttributeError, match=f"module '{name}' has no attribute 'nothing'"):
        import_module(name).nothing  # noqa: B018


@pytest.mark.parametrize("name", EXPORTING)
def test_importing_a_package_loads_nothing_that_it_exports(name: str) -> None:
    code = (
        f"import sys; before = {{*sys.modules}}; import {name}; print(*{{*sys.modules}} - before)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert {*loaded} == {"answerable", "answerable.exports", name}
