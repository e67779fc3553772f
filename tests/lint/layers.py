# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may include whom. The layers are those of cmake/Layers.cmake; this looks at the #include lines, so that
a header cannot slip past the link rules. It also keeps each outside library in its one place, and SQL in storage/."""
import re

# The longest matching folder wins, or the files of one name; tests may include everything.
FOLDERS = {
    "crypto/core": "core", "crypto/seal": "seal", "crypto/open": "open", "crypto/sign": "sign",
    "crypto/oprf": "oprf",
    "protocol": "protocol", "matching": "matching", "storage": "storage", "terminal": "terminal",
    "server/http": "http", "server/routes": "routes", "server/net": "net", "server/process": "process",
    "server": "candourd", "client-cli": "cli", "keyholder": "keyholder",
    "client-cli/net": "client", "client-cli/files": "client", "client-cli/state": "client",
    "client-cli/outcome": "client", "client-cli/terminal/visible": "client",
}
# An outside library, and the only folders that know it.
OUTSIDE = {
    r"boost/(beast|asio)": ("server/net",),
    r"sqlcipher/|sqlite3": ("storage",),
    r"curl/": ("client-cli",),
    r"CLI/": ("client-cli", "server/main.cpp", "keyholder/main.cpp"),
    r"seccomp": ("server/process",),
}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.MULTILINE)
SQL = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE|PRAGMA)\b")


def read_layers(cmake):
    layers = {}
    for name, used in re.findall(r"^set\(CANDOUR_LAYER_(\w+) ([^)]*)\)", cmake, re.MULTILINE):
        layers[name] = set()
        for word in used.replace('"', "").split():
            reference = re.fullmatch(r"\$\{CANDOUR_LAYER_(\w+)\}", word)
            layers[name] |= layers[reference[1]] if reference else {word}
    return layers


def folder_of(path):
    inside = [f for f in FOLDERS if path.startswith((f + "/", f + "."))]
    return max(inside, key=len, default=None)


def findings(path, content, layers):
    folder = folder_of(path)
    if folder is None or not path.endswith((".h", ".cpp")):
        return
    own = FOLDERS[folder]
    for bracket, target in INCLUDE.findall(content):
        used = folder_of(target)
        if used is None:
            for pattern, homes in OUTSIDE.items():
                if re.match(pattern, target) and not path.startswith(homes):
                    yield f"{path}: includes {target}, which only {', '.join(homes)} may"
            if bracket == '"' and "/" not in target and not target.endswith(".inc"):  # .inc: made by the build
                yield f'{path}: includes "{target}"; say the path from the top of the tree'
        elif FOLDERS[used] != own and FOLDERS[used] not in layers[own]:
            yield f"{path}: layer {own} includes {target}, of layer {FOLDERS[used]} (cmake/Layers.cmake)"
    if folder != "storage":
        for match in SQL.finditer(content):
            yield f"{path}: SQL outside storage/: {match[0]}"
