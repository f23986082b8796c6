"""The global layer: a bundle of pairs that many homes learned, one signed and versioned JSON file. Read and checked here; making one comes later.

`{"version": 3, "pairs": [{"source", "target", "score"}...], "signature": base64}`: Ed25519 (RFC 8032) over the JSON of version and pairs, keys
sorted, without spaces. A bundle without pairs needs no signature: that is what is shipped. Its pairs are harmless ones only (agent.rewrite takes no
other, agent.guard judges each again when it is served).
"""

import base64
import binascii
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.records import Learned
from agent.wording import bare_request

MOST = 100_000
"""Pairs of a bundle."""
LONGEST = 200
"""Characters of a sentence."""


class BundleError(Exception):
    """The bundle cannot be used: one sentence that names the file and the way out."""


@dataclass(frozen=True, slots=True)
class Bundle:
    version: int = 0
    pairs: tuple[Learned, ...] = ()


def read(path: Path, key: str) -> Bundle:
    """The bundle of a file, checked with the maker's public key (base64 of 32 bytes). BundleError where it is not to be trusted or cannot be read."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        version, rows = int(told["version"]), list(told["pairs"])
    except OSError as error:
        raise BundleError(f"The bundle {path} cannot be read ({error.strerror}): name another under `learning: fleet: file:`, or none.") from None
    except (ValueError, KeyError, TypeError):
        raise BundleError(f"{path} is no bundle of learned pairs: it needs `version` and `pairs`.") from None
    if not rows:
        return Bundle(version)
    _check(path, told, key)
    return Bundle(version, tuple(_pair(path, row) for row in rows[:MOST]))


def _check(path: Path, told: dict[str, Any], key: str) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if not key:
        raise BundleError(f"The bundle {path} is used only with its maker's key: set `learning: fleet: key:`.")
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(str(told.get("signature", "")), validate=True), signed(told))
    except (InvalidSignature, ValueError, binascii.Error):
        raise BundleError(f"The signature of {path} is not that of the key under `learning: fleet: key:`: nothing of it is used.") from None


def signed(told: dict[str, Any]) -> bytes:
    """What the signature is over."""
    return json.dumps({"version": told["version"], "pairs": told["pairs"]}, sort_keys=True, separators=(",", ":")).encode()


def _pair(path: Path, row: Any) -> Learned:
    try:
        source, target, score = bare_request(str(row["source"])), str(row["target"]), float(row.get("score", 0.0))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BundleError(f"A pair in {path} lacks `source` or `target`: nothing of it is used.") from None
    if not source or not target or max(len(source), len(target)) > LONGEST:
        raise BundleError(f"A pair in {path} is empty or too long: nothing of it is used.")
    return Learned(source, target, layer="fleet", score=score, state="serving")
