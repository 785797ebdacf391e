"""The frozen schemas are those of the pinned SDK, and Stripe's own published examples satisfy them."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from scripts import freeze_stripe_schemas as freezing

HOME = Path(__file__).resolve().parents[3] / "data/stripe"
EXAMPLES = sorted(HOME.glob("*.json"))
# Newer than the published examples.
NEWER = {"dispute": ["evidence_details: 'submission_method' is a required property"]}


@pytest.fixture(scope="module")
def frozen() -> dict[str, dict]:
    return freezing.frozen()


def test_frozen_schemas_are_those_of_the_pinned_sdk(frozen: dict[str, dict]) -> None:
    on_disk = {str(path.relative_to(freezing.HOME)): path.read_text() for path in freezing.HOME.rglob("*.json")}
    assert on_disk.keys() == frozen.keys()
    assert {name for name, schema in frozen.items() if freezing.text(schema) != on_disk[name]} == set()
    assert (freezing.HOME / "version.txt").read_text().strip() == freezing.version()


def test_every_schema_is_one(frozen: dict[str, dict]) -> None:
    for schema in frozen.values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_published_example_satisfies_its_schema(path: Path, frozen: dict[str, dict]) -> None:
    example, schema = json.loads(path.read_text()), frozen[f"objects/{path.stem}.json"]
    wrong = [f"{error.json_path[2:]}: {error.message}" for error in Draft202012Validator(schema).iter_errors(example)]
    assert wrong == NEWER.get(path.stem, [])
    assert example.keys() - schema["properties"].keys() == set()


def test_schema_refuses_what_is_not_stripes(frozen: dict[str, dict]) -> None:
    transfer = json.loads((HOME / "transfer.json").read_text())
    check = Draft202012Validator(frozen["objects/transfer.json"]).is_valid
    assert check(transfer)
    assert not check(transfer | {"amount": "100"})
    assert not check({name: value for name, value in transfer.items() if name != "reversed"})
    assert not check(transfer | {"object": "charge"})
