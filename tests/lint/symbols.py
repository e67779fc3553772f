# SPDX-License-Identifier: AGPL-3.0-or-later
"""The server holds no code that seals, opens, or evaluates what is matched. Reads the symbols of a finished program: functions of
the namespaces candour::seal, candour::open, candour::oprf and candour::matching inside it, and decryption, key agreement and
passphrase functions that it takes from libraries."""
import re
import subprocess

OWN = re.compile(r"\bcandour::(seal|open|oprf|matching)::[\w:~]+")
# Of libsodium and of libcrypto. Hashing, signing, verifying, random numbers and wiping are not among them; crypto_pwhash itself
# neither, which makes the database's key from a passphrase and nothing of a report.
TAKEN = re.compile(r"(crypto_(kem|aead|box|secretbox|secretstream|stream|scalarmult|pwhash_|kx)"
                   r"|EVP_(Decrypt|Encrypt|Cipher|Seal|Open|PKEY_(derive|decrypt|decapsulate)))\w*")


def names(program, *options):
    return subprocess.run(["nm", "--demangle", *options, program], check=True, capture_output=True, text=True).stdout


def findings(program):
    """What the program could open or seal with; raises ValueError if it cannot be told."""
    own = names(program)
    if "candour::" not in own:
        raise ValueError(f"{program} holds no symbols of ours: stripped, or not our program")
    found = {m[0] for m in OWN.finditer(own)}
    found |= {m[0] for m in TAKEN.finditer(names(program, "--dynamic", "--undefined-only"))}
    return sorted(found)
