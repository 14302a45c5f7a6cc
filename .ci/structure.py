"""Holds what no compiler checks: file lengths, which module imports which, and where `unsafe` may stand."""

import json
import re
import subprocess
import sys
from pathlib import Path

SYSTEM = {
    "Foundation", "FoundationEssentials", "FoundationNetworking", "Dispatch", "Synchronization", "Glibc",
    "Testing", "Swift",
}
LINES = {"Sources": 400, "Tests": 500}
UNSAFE_MODULES = {"Kernels", "Imaging", "Terminal"}
# `@unchecked Sendable` and `nonisolated(unsafe)`: the pool of threads, and Terminal's one file.
UNCHECKED_MODULES = {"Kernels", "Terminal"}

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?([A-Za-z_]\w*)",
    re.MULTILINE,
)
WORD_UNSAFE = re.compile(r"(?<![\w.\"])unsafe(?!\w)|nonisolated\(unsafe\)")
UNCHECKED = re.compile(r"@unchecked\s+Sendable|nonisolated\(unsafe\)")
COMMENT = re.compile(r"//[^\n]*")


def allowed_imports():
    dump = subprocess.run(
        ["swift", "package", "dump-package"], check=True, capture_output=True, text=True).stdout
    allowed = {}
    for target in json.loads(dump)["targets"]:
        names = set()
        for dependency in target["dependencies"]:
            for kind in ("byName", "target", "product"):
                if kind in dependency:
                    names.add(dependency[kind][0])
        allowed[target["name"]] = names
    return allowed


def lines_of(path):
    return path.read_text(encoding="utf-8").count("\n")


def main():
    complaints = []
    allowed = allowed_imports()
    unchecked = {}
    for top, limit in LINES.items():
        for path in sorted(Path(top).rglob("*")):
            if path.suffix not in {".swift", ".c", ".h", ".py"}:
                continue
            module = path.parts[1]
            count = lines_of(path)
            if count > limit:
                complaints.append(f"{path}: {count} lines, {limit} are allowed; split it")
            if path.suffix != ".swift":
                continue
            code = COMMENT.sub("", path.read_text(encoding="utf-8"))
            for name in IMPORT.findall(code):
                if name not in SYSTEM and name not in allowed.get(module, set()):
                    complaints.append(
                        f"{path}: imports {name}, which Package.swift does not give to {module}")
            if top == "Tests":
                continue
            if module not in UNSAFE_MODULES and WORD_UNSAFE.search(code):
                complaints.append(f"{path}: the word unsafe; pointers belong in the modules for them")
            if UNCHECKED.search(code):
                unchecked.setdefault(module, []).append(path)
    for module, paths in unchecked.items():
        if module not in UNCHECKED_MODULES or len(paths) > 1:
            complaints += [f"{path}: promises what the compiler did not check" for path in paths]
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    print(f"structure: {len(complaints)} complaints")
    sys.exit(1 if complaints else 0)


main()
