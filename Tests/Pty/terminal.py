"""A program in a real terminal: a pty, pyte as its screen, keys and mouse in, frames out.

Python with pyte and not Swift: the tests need a second, independent reading of the escape sequences
that the program writes, and pyte is the terminal emulator that Debian packages.
"""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

import pyte

COLON_SGR = re.compile(r"\x1b\[([0-9;:]*:[0-9;:]*)m")
PRIVATE = re.compile(r"\x1b\[[<>=][0-9;]*[a-zA-Z]")
# An escape sequence cut in two by the end of a read.
UNFINISHED = re.compile(r"\x1b(?:\[[0-9;:?<>=]*|[()]|\][^\x07\x1b]*)?$")


class Screen(pyte.Screen):
    """pyte's screen with REP (`CSI n b`), which xterm's terminfo uses and pyte does not know."""

    last = " "

    def draw(self, data):
        if data:
            self.last = data[-1]
        super().draw(data)

    def repeat(self, count=1, **_):
        super().draw(self.last * (count or 1))

    def report_device_status(self, *args, **kwargs):
        pass


class Stream(pyte.Stream):
    csi = dict(pyte.Stream.csi, b="repeat")
    events = frozenset(list(pyte.Stream.events) + ["repeat"])


def plain_sgr(match):
    text = re.sub(r"([34]8):2:[0-9]*:(\d+):(\d+):(\d+)", r"\1;2;\2;\3;\4", match.group(1))
    return "\x1b[" + text.replace(":", ";") + "m"


class Terminal:
    """A child in a pty of its own; always `close` it (or use `with`)."""

    def __init__(self, arguments, columns=120, rows=40, environment=None, term="xterm-256color"):
        settings = dict(
            os.environ, TERM=term, LC_ALL="C.UTF-8", COLORTERM="truecolor",
            SWIFT_BACKTRACE="enable=no")
        for name in ("TMUX", "NO_COLOR"):
            settings.pop(name, None)
        settings.update(environment or {})
        self.screen = Screen(columns, rows)
        self.stream = Stream(self.screen)
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.pending = ""
        self.raw = bytearray()
        self.status = None
        self.ended = False
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            try:
                os.execvpe(arguments[0], arguments, settings)
            finally:
                os._exit(127)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.status is None:
            try:
                os.kill(self.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self._wait()
        self.close_descriptor()

    def close_descriptor(self):
        """What a window that is closed does to its program."""
        if self.descriptor is not None:
            os.close(self.descriptor)
        self.descriptor, self.ended = None, True

    def _wait(self, options=0):
        pid, status = os.waitpid(self.pid, options)
        if pid:
            self.status = os.waitstatus_to_exitcode(status)

    # What the program shows.

    def pump(self, seconds=0.02):
        """Takes what has arrived; whether there was anything."""
        if self.ended or not select.select([self.descriptor], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.descriptor, 65536)
        except OSError:
            data = b""
        if not data:
            self.ended = True
            return False
        self.raw += data
        text = self.pending + self.decoder.decode(data)
        cut = UNFINISHED.search(text)
        self.pending = text[cut.start():] if cut else ""
        text = text[: cut.start()] if cut else text
        self.stream.feed(PRIVATE.sub("", COLON_SGR.sub(plain_sgr, text)))
        return True

    def text(self):
        return "\n".join(self.screen.display)

    def words(self):
        """The text for a message: without the picture, without empty lines."""
        lines = (re.sub("[▀▄█⠀-⣿ ]{2,}", "  ", line).rstrip() for line in self.screen.display)
        return "\n".join(line for line in lines if line.strip())

    def wait(self, what, timeout=20):
        """Until a string is on the screen, or a function of this terminal says yes."""
        holds = what if callable(what) else (lambda terminal: what in terminal.text())
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            while self.pump(0.01):
                pass
            if holds(self):
                return self
            if self.ended:
                break
        raise AssertionError(f"not seen within {timeout} s: {what!r}\n{self.words()}")

    def read(self, pattern, row=None, timeout=20):
        """The groups of what a pattern finds on the screen or in a row of it, once it is there."""
        found = None

        def there(terminal):
            nonlocal found
            found = re.search(pattern, terminal.text() if row is None else terminal.screen.display[row])
            return found

        self.wait(there, timeout)
        return found.groups()

    def settle(self, seconds=0.2):
        """Until nothing has arrived for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.ended:
            if self.pump(0.02):
                end = time.monotonic() + seconds
        return self

    def exit(self, timeout=20):
        """The exit code, once the program has ended."""
        end = time.monotonic() + timeout
        while self.status is None and time.monotonic() < end:
            if not self.pump(0.02):
                self._wait(os.WNOHANG)
                if self.ended and self.status is None:
                    time.sleep(0.01)
        while self.pump(0.02):
            pass
        if self.status is None:
            raise AssertionError(f"still running after {timeout} s\n{self.words()}")
        return self.status

    def restored(self):
        """Whether the program left the alternate screen, showed the cursor, and gave the mouse back."""
        tail = bytes(self.raw)
        mouse_on = max(tail.rfind(b"\x1b[?1002h"), tail.rfind(b"\x1b[?1003h"))
        return (
            tail.rfind(b"\x1b[?1049l") > tail.rfind(b"\x1b[?1049h")
            and tail.rfind(b"\x1b[?25h") >= tail.rfind(b"\x1b[?25l")
            and max(tail.rfind(b"\x1b[?1002l"), tail.rfind(b"\x1b[?1003l")) >= mouse_on)

    def pixels(self, column, row):
        """Upper and lower colour of a cell, whatever block it shows."""
        cell = self.screen.buffer[row][column]
        front, back = (cell.bg, cell.fg) if cell.reverse else (cell.fg, cell.bg)
        return {"▀": (front, back), "▄": (back, front), "█": (front, front)}.get(
            cell.data, (back, back))

    # What a person does.

    def keys(self, text):
        os.write(self.descriptor, text.encode())
        return self

    def mouse(self, button, column, row, up=False):
        return self.keys(f"\x1b[<{button};{column + 1};{row + 1}{'m' if up else 'M'}")

    def drag(self, points, button=0):
        self.mouse(button, *points[0])
        for point in points[1:]:
            self.mouse(button + 32, *point)
        return self.mouse(button, *points[-1], up=True)

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        fcntl.ioctl(
            self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        return self

    def signal(self, number):
        os.kill(self.pid, number)
        return self
