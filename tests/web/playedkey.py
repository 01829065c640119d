"""A security key, as far as adding one goes: it answers what the page asks of the browser."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HOST = "testserver"


def registered(options: dict[str, Any]) -> dict[str, Any]:
    """What the browser would send for these options, made by a new key."""
    pair = ec.generate_private_key(ec.SECP256R1())
    key = ES256.from_cryptography_key(pair.public_key())  # type: ignore[no-untyped-call]
    made = AttestedCredentialData.create(bytes(16), secrets.token_bytes(16), key)
    flag = AuthenticatorData.FLAG
    data = AuthenticatorData.create(
        sha256(HOST.encode()).digest(), flag.UP | flag.UV | flag.AT, 0, bytes(made)
    )
    asked = CollectedClientData.create(
        "webauthn.create", options["publicKey"]["challenge"], f"https://{HOST}"
    )
    name = text(made.credential_id)
    answer = {
        "clientDataJSON": text(asked),
        "attestationObject": text(AttestationObject.create("none", data, {})),
    }
    kind = {"type": "public-key", "clientExtensionResults": {}}
    return {"id": name, "rawId": name, "response": answer, **kind}


def text(data: bytes) -> str:
    """As JSON carries bytes."""
    return urlsafe_b64encode(bytes(data)).decode().rstrip("=")
