"""Reads Swift as text: what is code, what is a literal, and which public symbols a file declares."""

import re
from dataclasses import dataclass
from pathlib import Path

# Everything at which the meaning of what follows may change.
MARK = re.compile(r'//[^\n]*|/\*|"""|"|\\\(|\\.|[()\n]', re.DOTALL)
WORD = re.compile(r"[A-Za-z_]\w*")
MODIFIERS = (
    r"(?:static|class|final|mutating|nonmutating|consuming|borrowing|override|convenience|lazy|weak|"
    r"indirect|nonisolated|internal\(set\)|private\(set\)|fileprivate\(set\))\s+")
PUBLIC = re.compile(
    r"^[ \t]*(?:@\w+(?:\([^)]*\))?\s+)*public\s+(?:" + MODIFIERS + r")*"
    r"(?P<kind>func|var|let|struct|enum|class|actor|protocol|typealias)\s+(?P<name>[A-Za-z_]\w*)",
    re.MULTILINE,
)
TYPES = {"struct", "enum", "class", "actor", "protocol", "typealias"}


@dataclass(frozen=True)
class Symbol:
    """A public declaration: its kind, its name, its line, and its text up to the body."""

    kind: str
    name: str
    line: int
    header: str

    @property
    def is_type(self):
        return self.kind in TYPES


@dataclass
class Source:
    """A Swift file, its code without comments and literals (but with what they interpolate), and its literals."""

    path: Path
    text: str
    code: str
    literals: list  # (line, text)

    @property
    def module(self):
        return self.path.parts[1]

    @property
    def lines(self):
        return self.text.count("\n")

    def symbols(self):
        for match in PUBLIC.finditer(self.code):
            line = self.code.count("\n", 0, match.start("kind")) + 1
            yield Symbol(match["kind"], match["name"], line, header(self.code, match.start("kind")))


def header(code, start):
    """The text of a declaration up to its body, its value or the end of its line."""
    depth = 0
    for offset in range(start, len(code)):
        letter = code[offset]
        if letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        elif letter == "{" and depth == 0:
            return code[start:offset]
        elif letter == "\n" and depth == 0:
            following = code[offset:offset + 120].lstrip()
            if not re.match(r"->|where\b|throws\b|async\b|\{|:|[&.]", following):
                return code[start:offset]
    return code[start:]


def read(path):
    """Takes a file apart. Line numbers stay: what is left out keeps its line ends."""
    text = path.read_text(encoding="utf-8")
    code, literals = [], []
    # Of each open literal: its quote, its first line, its text so far, and the brackets open within
    # the interpolation in hand.
    open_literals = []
    depth, position, line = 0, 0, 1
    inside = False
    while True:
        match = MARK.search(text, position)
        plain = text[position:match.start()] if match else text[position:]
        if inside:
            open_literals[-1][2].append(plain)
        else:
            code.append(plain)
        if match is None:
            break
        mark, position = match.group(), match.end()
        if mark == "\n":
            line += 1
            code.append("\n")
            if inside and open_literals[-1][0] == '"':  # Only a raw literal of this reader's limits.
                open_literals.pop()
                inside = False
        elif inside:
            quote, first, parts, _ = open_literals[-1]
            if mark == quote:
                literals.append((first, "".join(parts)))
                depth = open_literals.pop()[3]
                inside = False
            elif mark == "\\(":
                code.append(" ")
                inside, depth = False, 1
                open_literals[-1][2].append("\\()")
            else:
                parts.append(mark)
                line += mark.count("\n")
                code.append("\n" * mark.count("\n"))
        elif mark.startswith("//"):
            continue
        elif mark == "/*":
            end = text.find("*/", position)
            end = len(text) if end < 0 else end + 2
            skipped = text[position:end].count("\n")
            line += skipped
            code.append("\n" * skipped)
            position = end
        elif mark in ('"', '"""'):
            open_literals.append((mark, line, [], depth))
            inside, depth = True, 0
        else:
            code.append(mark)
            depth += {"(": 1, ")": -1}.get(mark, 0)
            if mark == ")" and depth == 0 and open_literals:
                inside = True
    return Source(path, text, "".join(code), literals)
