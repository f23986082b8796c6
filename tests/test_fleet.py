"""The bundle of the global layer: trusted with its maker's signature alone."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import agent
from agent.fleet import Bundle, BundleError, read, signed

MAKER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = base64.b64encode(MAKER.public_key().public_bytes_raw()).decode()
PAIRS = [{"source": "Turn the telly thing on, please", "target": "turn on the tv", "score": 0.98}]


def bundle(folder: Path, **changed: object) -> Path:
    told = {"version": 3, "pairs": PAIRS}
    whole = {**told, "signature": base64.b64encode(MAKER.sign(signed(told))).decode(), **changed}
    path = folder / "fleet.json"
    path.write_text(json.dumps(whole))
    return path


def test_the_one_that_is_shipped_is_empty() -> None:
    assert read(Path(agent.__file__).parent / "fleet.json", "") == Bundle(0)


def test_a_signed_one_is_read(tmp_path: Path) -> None:
    found = read(bundle(tmp_path), KEY)
    assert (found.version, [(p.source, p.target, p.layer, p.state) for p in found.pairs]) == (
        3,
        [("turn the telly thing on", "turn on the tv", "fleet", "serving")],
    )


@pytest.mark.parametrize(
    ("changed", "key", "said"),
    [
        ({}, "", "only with its maker's key"),
        ({"pairs": [*PAIRS, {"source": "x", "target": "unlock the door"}]}, KEY, "signature of"),
        ({"version": 4}, KEY, "signature of"),
        ({"signature": "AAAA"}, KEY, "signature of"),
        ({"signature": "no base64!"}, KEY, "signature of"),
        ({}, base64.b64encode(bytes(32)).decode(), "signature of"),
        ({}, "short", "signature of"),
        ({"pairs": 3}, KEY, "is no bundle"),
        ({"version": "x"}, KEY, "is no bundle"),
    ],
)
def test_what_cannot_be_trusted_is_told(tmp_path: Path, changed: dict[str, object], key: str, said: str) -> None:
    with pytest.raises(BundleError, match=said):
        read(bundle(tmp_path, **changed), key)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="cannot be read"):
        read(tmp_path / "none.json", KEY)
