#!/usr/bin/python3
"""Holds what no compiler checks: file lengths, which module imports which, where `unsafe` may stand, which paths
the pages name, and how much may be spent of what makes an idea hard to find (see `concepts.py`).

Without arguments it complains and fails. `--list NAME` names the places of one measure, `--figures [FOLDER]` prints
all figures (of a checkout elsewhere, to compare), `--tighten` lowers the ceilings to what is reached.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import concepts

ROOT = Path(__file__).resolve().parent.parent
SYSTEM = {
    "Foundation", "FoundationEssentials", "FoundationNetworking", "FoundationXML", "Dispatch", "Synchronization", "Glibc",
    "Testing", "Swift",
}
LINES = {"Sources": 400, "Tests": 500}
UNSAFE_MODULES = {"Kernels", "Imaging", "Terminal"}
# The system's calls that take a path or bytes, and zlib's.
UNSAFE_FILES = {
    "Sources/Files/POSIX.swift", "Sources/Archives/CRC32.swift", "Sources/Archives/Deflation.swift",
    "Sources/Archives/Inflation.swift",
}
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
# A path in a page: a source file in backticks, anything below a folder of the top level, a link's address.
PATH = re.compile(
    r"`((?:[\w+.-]+/)*[\w+.-]+\.(?:swift|c|h)|(?:Sources|Tests|Themes|Samples|\.ci|\.github)/[\w+./-]+)`"
    r"|\]\((?!https?:|#|doc:)([\w./+-]+)[#)]")


def allowed_imports():
    """What each target may import, by the target's folder."""
    dump = subprocess.run(
        ["swift", "package", "dump-package"], check=True, capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, "AURA_FUZZ": "1", "AURA_BENCHMARKS": "1"},
    ).stdout
    allowed = {}
    for target in json.loads(dump)["targets"]:
        names = set()
        for dependency in target["dependencies"]:
            for kind in ("byName", "target", "product"):
                if kind in dependency:
                    names.add(dependency[kind][0])
        top = "Tests" if target["type"] == "test" else "Sources"
        allowed[target.get("path") or f"{top}/{target['name']}"] = names
    return allowed


def fences():
    """Lengths, imports, and the word unsafe."""
    allowed = allowed_imports()
    unchecked = {}
    for top, limit in LINES.items():
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix not in {".swift", ".c", ".h", ".py"}:
                continue
            path = path.relative_to(ROOT)
            text = (ROOT / path).read_text(encoding="utf-8")
            module = path.parts[1]
            count = text.count("\n")
            if count > limit:
                yield f"{path}: {count} lines, {limit} are allowed; split it"
            if path.suffix != ".swift":
                continue
            code = COMMENT.sub("", text)
            for name in IMPORT.findall(code):
                folder = next((str(above) for above in path.parents if str(above) in allowed), "")
                if name not in SYSTEM and name not in allowed.get(folder, set()):
                    yield f"{path}: imports {name}, which Package.swift does not give to {folder}"
            if top == "Tests":
                continue
            is_free = module in UNSAFE_MODULES or str(path) in UNSAFE_FILES
            if not is_free and WORD_UNSAFE.search(code):
                yield f"{path}: the word unsafe; pointers belong in the modules for them"
            if UNCHECKED.search(code):
                unchecked.setdefault(module, []).append(path)
    for module, paths in unchecked.items():
        if module not in UNCHECKED_MODULES or len(paths) > 1:
            for path in paths:
                yield f"{path}: promises what the compiler did not check"


def pages():
    """Every path that a page names is there."""
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], check=True,
        capture_output=True, text=True, cwd=ROOT,
    ).stdout.splitlines()
    tails = set()
    for name in tracked:
        parts = Path(name).parts
        tails.update("/".join(parts[start:]) for start in range(len(parts)))
        tails.update("/".join(parts[:end]) for end in range(1, len(parts)))
    for name in tracked:
        page = ROOT / name
        if page.suffix != ".md" or page.name == "CHANGELOG.md" or not page.exists():
            continue
        for line, text in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
            for named, linked in PATH.findall(text):
                if named and named not in tails or linked and not (page.parent / linked).exists():
                    yield f"{name}:{line}: {named or linked} is not there"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", metavar="NAME")
    parser.add_argument("--figures", metavar="FOLDER", nargs="?", const=ROOT, type=Path)
    parser.add_argument("--tighten", action="store_true")
    options = parser.parse_args()
    measured = concepts.Concepts((options.figures or ROOT).resolve())
    if options.figures:
        for name, figure in measured.figures():
            print(f"{name}: {figure}")
        return 0
    if options.list:
        if options.list not in measured.places:
            parser.error(f"no measure is called {options.list}; there are {', '.join(measured.places)}")
        print("\n".join(measured.places[options.list]))
        return 0
    if options.tighten:
        concepts.tighten(measured)
        return 0
    found = [*fences(), *pages(), *concepts.complaints(measured)]
    for complaint in found:
        print(complaint, file=sys.stderr)
    print(f"structure: {len(found)} complaints")
    return 1 if found else 0


sys.exit(main())
