# SPDX-License-Identifier: AGPL-3.0-or-later
"""bagit.py BAG: RFC 8493 read a second time, with Python's standard library alone, since Debian has no program that validates bags: is the
bag complete and valid? bagit.py --make BAG FILE…: a bag of these files, by the same reading."""
import hashlib
import pathlib
import re
import sys

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def decoded(path):
    return re.sub("%(0D|0A|25)", lambda code: chr(int(code[1], 16)), path, flags=re.I)


def encoded(path):
    return re.sub("[\r\n%]", lambda c: f"%{ord(c[0]):02X}", path)


def manifest(bag, name):
    """Every listed file is there with its digest; gives the names."""
    names = []
    for line in (bag / name).read_bytes().decode().split("\n")[:-1]:
        digest, path = re.fullmatch(r"([0-9a-fA-F]{64})[ \t]+(.+)", line, re.S).groups()
        path = decoded(path)
        assert not path.startswith("/") and ".." not in path.split("/"), path
        assert sha256(bag / path) == digest.lower(), path
        names.append(path)
    assert len(names) == len(set(names)), "a file is listed twice"
    return set(names)


def validate(bag):
    assert (bag / "bagit.txt").read_bytes() == DECLARATION.encode()
    files = {str(p.relative_to(bag)) for p in bag.rglob("*") if p.is_file()}
    payload = {name for name in files if name.startswith("data/")}
    assert payload and manifest(bag, "manifest-sha256.txt") == payload
    tags = manifest(bag, "tagmanifest-sha256.txt")
    # Section 2.2.1: every payload manifest, no tag manifest, and the other tag files.
    assert tags == files - payload - {"tagmanifest-sha256.txt"}, tags
    info = dict(re.findall(r"^([^:\s][^:]*): (.*)$", (bag / "bag-info.txt").read_text(encoding="utf-8"), re.M))
    octets = sum((bag / name).stat().st_size for name in payload)
    assert info["Payload-Oxum"] == f"{octets}.{len(payload)}", info
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", info["Bagging-Date"])
    print(f"valid: {len(payload)} files, {octets} bytes")


def make(bag, files):
    (bag / "data").mkdir(parents=True)
    lines = []
    for number, name in enumerate(files):
        path = bag / "data" / name
        path.write_text(f"file {number}")
        lines.append(f"{sha256(path)}  data/{encoded(name)}\n")
    (bag / "bagit.txt").write_text(DECLARATION)
    (bag / "manifest-sha256.txt").write_text("".join(lines))


if sys.argv[1] == "--make":
    make(pathlib.Path(sys.argv[2]), sys.argv[3:])
else:
    validate(pathlib.Path(sys.argv[1]))
