"""Identifiers that look like the real ones, lengths included.

They are random and not counted: a restarted stand-in must not hand out an id that the
application under development already has in its database.
"""

import secrets
import string

_ALPHABET = string.ascii_letters + string.digits

# Characters after the prefix, as seen on real objects; a column too short should fail here first.
_LENGTHS = {"cs_test_": 58, "bps_": 24, "evt_": 24, "req_": 14}


def new_id(prefix: str) -> str:
    length = _LENGTHS.get(prefix, 24)
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(length))
