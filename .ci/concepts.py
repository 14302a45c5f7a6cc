"""Counts what makes an idea hard to find or to change; `ceilings.json` holds how much of each is allowed."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

from swiftsource import WORD, read

CEILINGS = Path(__file__).with_name("ceilings.json")
EXTENSION_LINES = 15
FOLDER_FILES = 20
SOURCES = {".swift", ".c", ".h"}
# Who speaks to a user of the command line.
EDGE = {"aura", "Console"}

# Names that a protocol of the standard library, Foundation or ArgumentParser asks for: nobody else calls them.
ASKED_FOR = {
    "abstract", "allCases", "body", "callAsFunction", "configuration", "customMirror", "debugDescription", "deinit",
    "description", "encode", "errorDescription", "hash", "id", "makeIterator", "next", "rawValue", "run", "validate",
    "_commandName", "startIndex", "endIndex", "index", "hashValue",
}
PROTOCOL = re.compile(r"\bprotocol\s+\w+[^{]*\{(.*?)^\s*\}", re.DOTALL | re.MULTILINE)
REQUIREMENT = re.compile(r"\b(?:func|var|let)\s+([A-Za-z_]\w*)")
ERROR_ENUM = re.compile(r"\benum\s+\w+\s*:[^{]*\bError\b[^{]*\{")
CASE = re.compile(r"^\s*(?:indirect\s+)?case\s+(\w+\s*\([^\n]*)$", re.MULTILINE)
FLAG = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]*")
# A payload that is a sentence, by its label, its place behind another, or the case's own comment.
PROSE = re.compile(
    r"\b(?:reason|message|what|why|advice|hint)\s*:\s*\[?String\b|\(\s*[^:()]+,\s*(?:[^()]*,\s*)?String\b")
SOLE = re.compile(r"^\w+\s*\(\s*String\s*\)")
TELLS = re.compile(r"///.*\b(?:why|what|reason)\b")
MODEL = re.compile(r"^\s*(?:public\s+|private\s+|fileprivate\s+)?extension\s+Model\b", re.MULTILINE)


class Concepts:
    """Every measure of the sources below a folder, each as a list of places."""

    def __init__(self, root):
        self.paths = sorted(
            path for path in (root / "Sources").rglob("*") if path.is_file() and path.suffix in SOURCES)
        self.sources = [
            relative(read(path), root) for path in self.paths if path.suffix == ".swift"]
        self.root = root
        self.places = {
            "unused-public": [],
            "needlessly-public": [],
            "short-extensions": list(self.short_extensions()),
            "error-strings": list(self.error_strings()),
            "flags-in-libraries": list(self.flags_in_libraries()),
            "crowded-folders": list(self.crowded_folders()),
            "extensions-of-model": list(self.extensions_of_model()),
        }
        self.look_at_public_symbols()

    def look_at_public_symbols(self):
        """A symbol is unused where only its declarations name it, and needlessly public where no other module does.

        Read from text: a name that several types share counts as used wherever one of them is. What a
        protocol asks for is left out, and so is a type that a public signature of its module needs.
        """
        words = {source.path: Counter(WORD.findall(source.code)) for source in self.sources}
        everywhere, modules, asked = Counter(), defaultdict(set), set(ASKED_FOR)
        for source in self.sources:
            everywhere.update(words[source.path])
            for word in words[source.path]:
                modules[word].add(source.module)
            for body in PROTOCOL.findall(source.code):
                asked.update(REQUIREMENT.findall(body))
        symbols = [(source, symbol) for source in self.sources for symbol in source.symbols()]
        declared = Counter(symbol.name for _, symbol in symbols)
        signed = defaultdict(Counter)
        for source, symbol in symbols:
            signed[source.module].update(set(WORD.findall(symbol.header)))
        for source in self.sources:
            for case in CASE.findall(source.code):
                signed[source.module].update(set(WORD.findall(case)))
        for source, symbol in symbols:
            place = f"{source.path}:{symbol.line}: {symbol.kind} {symbol.name}"
            if symbol.name in asked:
                continue
            if everywhere[symbol.name] == declared[symbol.name]:
                self.places["unused-public"].append(place)
            if modules[symbol.name] == {source.module}:
                if not symbol.is_type or signed[source.module][symbol.name] < 2:
                    self.places["needlessly-public"].append(place)

    def short_extensions(self):
        for source in self.sources:
            if "+" in source.path.name and source.lines < EXTENSION_LINES:
                yield f"{source.path}: {source.lines} lines"

    def error_strings(self):
        for source in self.sources:
            for match in ERROR_ENUM.finditer(source.code):
                body = source.code[match.end():closing(source.code, match.end())]
                line = source.code.count("\n", 0, match.end()) + 1
                for case in CASE.finditer(body):
                    at = line + body.count("\n", 0, case.start(1))
                    comment = source.text.splitlines()[at - 2]
                    if PROSE.search(case[1]) or SOLE.search(case[1]) and TELLS.search(comment):
                        yield f"{source.path}:{at}: {case[1].strip()}"

    def flags_in_libraries(self):
        for source in self.sources:
            if source.module not in EDGE:
                for line, literal in source.literals:
                    for flag in FLAG.findall(literal):
                        yield f"{source.path}:{line}: {flag}"

    def crowded_folders(self):
        files = Counter(path.relative_to(self.root).parent for path in self.paths)
        for folder, count in sorted(files.items()):
            if count > FOLDER_FILES:
                yield f"{folder}: {count} files"

    def extensions_of_model(self):
        for source in self.sources:
            if source.module == "Workbench":
                for match in MODEL.finditer(source.code):
                    yield f"{source.path}:{source.code.count(chr(10), 0, match.start()) + 1}"

    def figures(self):
        """The house in numbers."""
        lines, files = Counter(), Counter()
        for path in self.paths:
            module = path.relative_to(self.root).parts[1]
            files[module] += 1
            lines[module] += path.read_text(encoding="utf-8").count("\n")
        largest = max(lines, key=lines.get)
        yield "source files", sum(files.values())
        yield "source lines", sum(lines.values())
        yield "extension files", sum("+" in path.name for path in self.paths)
        yield f"largest module, {largest}", f"{lines[largest]} lines in {files[largest]} files"
        yield "lines of aura", lines["aura"]
        for name, places in self.places.items():
            yield name, len(places)


def relative(source, root):
    source.path = source.path.relative_to(root)
    return source


def closing(code, start):
    """Where the brace closes that opened before `start`."""
    depth = 1
    for match in re.finditer(r"[{}]", code[start:]):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return start + match.start()
    return len(code)


def ceilings():
    return json.loads(CEILINGS.read_text(encoding="utf-8"))


def complaints(concepts):
    """What stands above its ceiling; says aloud where a ceiling can come down."""
    allowed = ceilings()
    for name, places in concepts.places.items():
        if len(places) > allowed[name]:
            yield (
                f"{name}: {len(places)}, {allowed[name]} are allowed;"
                f" .ci/structure.py --list {name} names them")
        elif len(places) < allowed[name]:
            print(f"structure: {name} fell to {len(places)} from {allowed[name]}; lower it: .ci/structure.py --tighten")


def tighten(concepts):
    """Lowers each ceiling to what is reached; none is ever raised here."""
    allowed = ceilings()
    for name, places in concepts.places.items():
        allowed[name] = min(allowed.get(name, len(places)), len(places))
    CEILINGS.write_text(json.dumps(allowed, indent=2) + "\n", encoding="utf-8")
