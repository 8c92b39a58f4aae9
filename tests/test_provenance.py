"""What a run is made from: any change of an input changes the hash, nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ntm_analysis.provenance import Inputs, digest_of, inputs_of, rules_digest, sha256, versions
from tests.support.spoil import COMMUNE, EVIDENCE, FIGURES, PARAMS, Copy, copy_project

NOTEBOOK = "notebook.ipynb"


@pytest.fixture
def copy(repository: Path, tmp_path: Path) -> Copy:
    made = copy_project(repository, tmp_path)
    made.path(NOTEBOOK).write_text("{}", encoding="utf-8")
    return made


@pytest.fixture
def inputs(copy: Copy) -> Callable[[], Inputs]:
    case = copy.case()

    def read() -> Inputs:
        rules_digest.cache_clear()  # a rulebook does not change while a command runs
        return inputs_of(copy.project, case, copy.path(NOTEBOOK))

    return read


def test_the_hash_of_a_file_is_that_of_its_bytes(tmp_path: Path):
    path = tmp_path / "empty"
    path.write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256(path) == empty
    assert sha256(tmp_path / "none") == "missing"


def test_the_order_of_parts_does_not_matter_but_their_names_do():
    assert digest_of([("a", "1"), ("b", "2")]) == digest_of([("b", "2"), ("a", "1")])
    assert digest_of([("a", "1"), ("b", "2")]) != digest_of([("a", "2"), ("b", "1")])


def test_all_files_are_named_as_in_the_project(inputs: Callable[[], Inputs]):
    assert set(inputs().files) == {
        PARAMS, COMMUNE, FIGURES, EVIDENCE, FIGURES.replace("figures", "facts")
    }  # fmt: skip
    assert "missing" not in inputs().files.values()


@pytest.mark.parametrize(
    "file",
    [
        PARAMS,
        COMMUNE,
        FIGURES,
        EVIDENCE,
        NOTEBOOK,
        "data/rulebook/decisions.yaml",
        "data/rulebook/advanced/09-nha-o.yaml",
    ],
)
def test_one_byte_more_in_any_input_changes_the_digest(copy: Copy, inputs, file: str):
    before = inputs().digest
    assert inputs().digest == before
    copy.add(file, "")
    assert inputs().digest != before


def test_what_a_run_does_not_read_does_not_matter(copy: Copy, inputs: Callable[[], Inputs]):
    before = inputs().digest
    copy.path("data/communes/liem-can/notes.txt").write_text("notes", encoding="utf-8")
    copy.path("data/rulebook/README.md").write_text("notes", encoding="utf-8")
    assert inputs().digest == before


def test_the_digest_does_not_hang_on_where_the_project_lies(
    repository: Path, tmp_path: Path, inputs: Callable[[], Inputs]
):
    other = copy_project(repository, tmp_path / "other")
    other.path(NOTEBOOK).write_text("{}", encoding="utf-8")
    rules_digest.cache_clear()
    there = inputs_of(other.project, other.case(), other.path(NOTEBOOK))
    assert there.as_dict() == inputs().as_dict()


def test_versions_name_python_and_every_package():
    found = versions()
    assert found["python"].startswith("3.")
    assert {"numpy", "pandas", "papermill", "matplotlib"} <= set(found)
    assert all(found.values())
