"""Places that a program is not made for: little stack, few threads and descriptors, nonsense in the
environment, closed streams, folders that go away, disks that turn read-only, and all signals there are."""

import functools
import os
import shutil
import signal
import subprocess
import time
import unittest

from edge_test import DOWN, RIGHT, small_project, stroke
from place import AURA, Folder, OPEN, lines, simulated, someone_else, strokes
from terminal import Terminal

as_root = unittest.skipUnless(os.getuid() == 0, "needs root, to be another user or to mount")
MANY = 20_000


def shell(folder, command, *arguments, before="", timeout=60, cwd=None):
    """What a shell's line does: `"$@"` in it is the program with its arguments."""
    return subprocess.run(
        ["bash", "-c", f"{before}\n{command}", "bash", str(AURA), *map(str, arguments)], timeout=timeout,
        capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=cwd,
        env=dict(os.environ, **folder.environment()))


def in_shell(folder, line, *arguments, columns=100, rows=30, **more):
    """The workbench in a terminal, started by a line of a shell: `"$@"` in it is the program."""
    return Terminal(
        ["bash", "-c", line, "bash", *map(str, arguments)], columns, rows, folder.environment(**more))


class Test(unittest.TestCase):
    def says(self, done, code, *words):
        """Whether a command ended with a code after one line that has all the words."""
        said = done.stderr.strip().splitlines()
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(len(said), 1, done.stderr)
        self.assertTrue(said[0].startswith("aura: "), done.stderr)
        for word in words:
            self.assertIn(word, said[0])

    def labels(self, folder, terminal, images, leave="qq", code=0):
        """Whether a stroke can be drawn and a mask accepted, and both are there after leaving."""
        terminal.wait("256x256").keys("\r").wait("undo 0")
        stroke(terminal, 1)
        terminal.keys("a").wait("1/3 done").keys(leave)
        self.assertEqual(terminal.exit(), code, terminal.words())
        self.assertTrue(terminal.restored())
        self.assertEqual(len(list((images / ".aura" / "masks").glob("*.png"))), 1)


class LimitsTest(Test):
    def test_a_stack_that_is_too_small_is_named(self):
        with Folder() as folder:
            for kilobytes in (64, 128, 256):
                with self.subTest(kilobytes=kilobytes):
                    done = shell(folder, '"$@"', "info", before=f"ulimit -s {kilobytes}")
                    self.says(done, 71, f"{kilobytes} kB", "ulimit -s")

    def test_a_stack_that_may_grow_is_taken(self):
        with Folder() as folder:
            done = shell(
                folder, '"$@"', "predict", small_project(folder, 1), "-o", folder.path / "out", "--size", "64",
                "--no-flips", before="ulimit -S -s 64")
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_little_address_space_ends_with_a_code(self):
        with Folder() as folder:
            for megabytes in (150, 200, 300, 1000):
                with self.subTest(megabytes=megabytes):
                    done = shell(
                        folder, '"$@"', "info", before=f"ulimit -v {megabytes}000", timeout=20)
                    self.assertGreaterEqual(done.returncode, 0, done.stderr)
            self.assertEqual(done.returncode, 0, done.stderr)

    @as_root
    def test_too_few_threads_are_named(self):
        with Folder() as folder:
            images = small_project(folder, 1)
            program = someone_else(folder)[0][-1]
            folder.path.chmod(0o777)
            # The user's other processes count as well, so that the user is one who has none.
            user = ["setpriv", "--reuid=65527", "--regid=65527", "--clear-groups"]
            arguments = [program, "predict", str(images), "-o", str(folder.path / "out"), "--threads", "2"]
            for processes, code in [(1, 71), (2, 71), (5, 71), (60, 0)]:
                with self.subTest(processes=processes):
                    done = subprocess.run(
                        [*user, "prlimit", f"--nproc={processes}", *arguments], capture_output=True, text=True,
                        timeout=60, env=dict(os.environ, **folder.environment()))
                    if code:
                        self.says(done, code, "threads can be started", "ulimit -u")
                    else:
                        self.assertEqual(done.returncode, 0, done.stderr)

    def test_few_descriptors_are_enough_or_said_to_be_too_few(self):
        for count in (6, 10, 20, 30, 32):
            with self.subTest(count=count), Folder() as folder:
                images = small_project(folder)
                done = shell(
                    folder, '"$@"', "predict", images, "-o", folder.path / "out", "--size", "64", "--no-flips",
                    before=f"ulimit -n {count}")
                with in_shell(folder, f'ulimit -n {count}; exec "$@"', *OPEN, images) as terminal:
                    if count < 32:
                        self.says(done, 71, f"{count} files", "ulimit -n")
                        self.assertEqual(terminal.exit(), 71, terminal.words())
                    else:
                        self.assertEqual(done.returncode, 0, done.stderr)
                        self.labels(folder, terminal, images)


class EnvironmentTest(Test):
    def test_nonsense_in_the_environment_is_passed_over(self):
        for number, nonsense in enumerate([
                {"LINES": "abc", "COLUMNS": "-5"}, {"LINES": "0", "COLUMNS": "0"},
                {"LINES": "99999999999", "COLUMNS": "1"}, {"LINES": "9", "COLUMNS": "40"}, {"LANG": "xx_YY.nonsense", "LC_ALL": "tlh"},
                {"LC_ALL": "C", "LANG": ""}, {"TERMINFO": "/nothing", "TERMINFO_DIRS": ":::/nothing"},
                {"TERMINFO": "b64:AAAA"}, {"HOME": "/nothing", "TMPDIR": "/nothing"}, {"HOME": "", "PATH": ""},
                {"COLORTERM": "\x1b[31m"}, {"TMUX": "/nothing,1,0"}]):
            with self.subTest(**nonsense), Folder() as folder:
                images = small_project(folder)
                with Terminal([*OPEN, str(images)], 100, 30, folder.environment(**nonsense)) as terminal:
                    self.labels(folder, terminal, images)

    def test_a_type_of_terminal_that_nobody_knows_is_named(self):
        with Folder() as folder:
            images = small_project(folder)
            for kind in ("nonsense", "../../etc/passwd", "x" * 5000, "a b\x1b[31m"):
                with self.subTest(kind=kind[:20]):
                    with Terminal([*OPEN, str(images)], 100, 30, folder.environment(), term=kind) as terminal:
                        self.assertEqual(terminal.exit(), 69, terminal.words())
                        self.assertIn("not known here", " ".join(terminal.text().split()))


class FoldersTest(Test):
    def test_a_current_folder_that_is_gone_is_no_crash(self):
        with Folder() as folder:
            images = small_project(folder)
            gone = f'mkdir "{folder.path}/gone"; cd "{folder.path}/gone"; rmdir "{folder.path}/gone"'
            done = shell(folder, '"$@"', "info", before=gone)
            self.assertEqual(done.returncode, 0, done.stderr)
            done = shell(folder, '"$@"', "info", images, before=gone)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.says(shell(folder, '"$@"', "info", "images", before=gone), 66, "images")
            done = shell(
                folder, '"$@"', "predict", images, "-o", "out", "--size", "64", "--no-flips", before=gone)
            self.assertIn(done.returncode, (66, 73, 74), done.stderr)
            self.assertIn("aura: ", done.stderr)
            with in_shell(folder, f'{gone}; exec "$@"', *OPEN) as terminal:
                self.assertEqual(terminal.exit(), 66, terminal.words())
            with in_shell(folder, f'{gone}; exec "$@"', *OPEN, images) as terminal:
                self.labels(folder, terminal, images)

    @as_root
    def test_a_disk_that_turns_read_only_loses_nothing_that_was_saved(self):
        with Folder() as folder:
            disk, file = folder.path / "disk", folder.path / "disk.ext4"
            disk.mkdir()
            file.write_bytes(bytes(16 << 20))
            for command in (["mkfs.ext4", "-q", str(file)],
                            ["mount", "-o", "loop,errors=remount-ro", str(file), str(disk)]):
                if not shutil.which(command[0]) or subprocess.run(command, capture_output=True).returncode:
                    self.skipTest(f"no disk of one's own can be mounted here ({command[0]})")
            try:
                images = small_project(folder)
                project = disk / "project"
                with Terminal(
                        [*OPEN, str(images), "--project", str(project)], 160, 40,
                        folder.environment()) as terminal:
                    terminal.wait("256x256").keys("\r").wait("undo 0")
                    stroke(terminal, 1)
                    stroke(terminal, 2)
                    kept = len(strokes(project))
                    self.assertEqual(kept, 2)
                    # What the kernel does to a disk with errors, whoever has files of it open.
                    subprocess.run(["mount", "-o", "remount,abort", str(disk)], check=True)
                    terminal.keys(DOWN * 4 + " " + RIGHT * 4 + "\r").wait("its disk is read-only")
                    terminal.keys("a").settle(0.5)
                    self.assertNotIn("1/3 done", terminal.text())
                    terminal.keys("\x03")
                    self.assertEqual(terminal.exit(), 130)
                    self.assertIn("could not be saved", terminal.text())
                self.assertEqual(len(strokes(project)), kept)
                self.assertEqual(list(project.glob("masks/*")), [])
            finally:
                subprocess.run(["umount", "-l", str(disk)], capture_output=True)


class StreamsTest(Test):
    def test_without_all_of_its_terminal_the_workbench_says_so(self):
        with Folder() as folder:
            images = small_project(folder)
            for line in ('"$@" <&-', '"$@" </dev/null', 'true | "$@"', '"$@" >&-', '"$@" | cat',
                         '"$@" >/dev/null', '"$@" <&- >&-'):
                with self.subTest(line=line):
                    with in_shell(folder, f"set -o pipefail; {line}", *OPEN, images) as terminal:
                        self.assertEqual(terminal.exit(), 69, terminal.words())
                        self.assertIn("needs a terminal", terminal.words())
            with in_shell(folder, '"$@" <&- >&- 2>&-', *OPEN, images) as terminal:
                self.assertEqual(terminal.exit(), 69)
            self.assertFalse((images / ".aura").exists())

    def test_the_workbench_needs_no_standard_error(self):
        for line in ('exec "$@" 2>&-', 'exec "$@" 2>/dev/full', 'exec "$@" 2> >(true)'):
            with self.subTest(line=line), Folder() as folder:
                images = small_project(folder)
                with in_shell(folder, line, *OPEN, images) as terminal:
                    self.labels(folder, terminal, images)

    def test_closed_streams_are_not_written_into_results(self):
        with Folder() as folder:
            images = small_project(folder)
            whole = shell(
                folder, '"$@"', "predict", images, "-o", folder.path / "whole", "--size", "64", "--no-flips")
            self.assertEqual(whole.returncode, 0, whole.stderr)
            for number, streams in enumerate(("2>&-", "<&- 2>&-", "<&- >&- 2>&-")):
                with self.subTest(streams=streams):
                    out = folder.path / f"out{number}"
                    shell(
                        folder, f'"$@" {streams}', "predict", images, "-o", out, "--size", "64", "--no-flips")
                    for path in (folder.path / "whole").glob("*.png"):
                        self.assertEqual((out / path.name).read_bytes(), path.read_bytes())
            self.assertEqual(shell(folder, '"$@" >&-', "info").returncode, 74)


class SignalsTest(Test):
    # What is not here: SIGKILL and SIGSTOP reach no program, SIGCONT and SIGWINCH ask for a screen.
    SAVING = "HUP INT QUIT TERM USR1 USR2 ALRM VTALRM PROF XCPU IO PWR STKFLT RTMIN RTMAX"
    CRASHING = "SEGV BUS ILL FPE ABRT TRAP SYS"
    IGNORED = "PIPE XFSZ CHLD URG"

    def ended_by(self, name):
        number = signal.Signals[f"SIG{name}"]
        with Folder() as folder:
            images = small_project(folder, 1)
            with Terminal([*OPEN, str(images)], 80, 24, folder.environment()) as terminal:
                terminal.wait("256x256").keys("\r").wait("undo 0")
                terminal.keys(DOWN * 4 + " " + RIGHT * 4).wait("pen down").signal(number)
                code = terminal.exit()
                self.assertTrue(terminal.restored(), name)
            return code, len(strokes(images / ".aura"))

    def test_signals_that_ask_to_end_save_and_give_the_terminal_back(self):
        for name in self.SAVING.split():
            if hasattr(signal, f"SIG{name}"):
                with self.subTest(name=name):
                    self.assertEqual(self.ended_by(name), (128 + signal.Signals[f"SIG{name}"], 1))

    def test_crashes_give_the_terminal_back(self):
        for name in self.CRASHING.split():
            with self.subTest(name=name):
                self.assertEqual(self.ended_by(name)[0], -signal.Signals[f"SIG{name}"])

    def test_signals_that_are_errors_of_a_write_end_nothing(self):
        with Folder() as folder:
            images = small_project(folder)
            with Terminal([*OPEN, str(images)], 100, 30, folder.environment()) as terminal:
                terminal.wait("256x256")
                for name in self.IGNORED.split():
                    terminal.signal(signal.Signals[f"SIG{name}"]).settle(0.1)
                self.labels(folder, terminal, images)

    def test_a_run_is_saved_by_what_queues_of_jobs_send(self):
        for name in ("USR1", "XCPU"):
            with self.subTest(name=name), Folder() as folder:
                number = signal.Signals[f"SIG{name}"]
                process = subprocess.Popen(
                    [str(AURA), "train", str(simulated(64)), "--masks", str(simulated(64) / "masks"), "-o",
                     str(folder.path / "run"), "--size", "64", "--epochs", "9999", "--weights", "none",
                     "--network", "unet"],
                    stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                    env=dict(os.environ, **folder.environment()))
                try:
                    until(lambda: len(lines(folder.path / "run" / "history.csv")) > 1)
                    process.send_signal(number)
                    if name == "XCPU":
                        process.send_signal(number)
                    said = process.communicate(timeout=60)[1]
                finally:
                    process.kill()
                self.assertEqual(process.returncode, 128 + number, said)
                self.assertTrue((folder.path / "run" / "weights.safetensors").exists(), said)


class CrowdTest(Test):
    """20,000 images, and 20,000 characters that come at once."""

    @classmethod
    @functools.cache
    def images(cls):
        folder = Folder()
        cls.addClassCleanup(folder.__exit__)
        images = small_project(folder, 1)
        for index in range(MANY - 1):
            os.link(images / "a0.png", images / f"b{index:05}.png")
        return folder, images

    def begun(self):
        folder, images = self.images()
        terminal = Terminal([*OPEN, str(images)], 100, 30, folder.environment())
        return terminal.wait("256x256", timeout=120).settle()

    def flood(self, terminal, text):
        """Types without waiting for anybody; how many seconds it took to be taken."""
        data, began = text.encode(), time.monotonic()
        os.set_blocking(terminal.descriptor, False)
        while data:
            try:
                data = data[os.write(terminal.descriptor, data):]
            except BlockingIOError:
                terminal.pump(0.01)
            self.assertLess(time.monotonic() - began, 60)
        os.set_blocking(terminal.descriptor, True)
        return time.monotonic() - began

    def test_characters_without_brackets_are_taken_at_once(self):
        with self.begun() as terminal:
            for opening in ("/", "\x10"):
                with self.subTest(opening=opening):
                    terminal.keys(opening).settle()
                    began = time.monotonic()
                    self.flood(terminal, "b1" * (MANY // 2))
                    terminal.wait("b1b1").keys("\x1b").wait(lambda terminal: "b1b1" not in terminal.text())
                    self.assertLess(time.monotonic() - began, 5)
            terminal.keys("q")
            self.assertEqual(terminal.exit(), 0)

    def test_a_signal_does_not_wait_for_the_keys_in_front_of_it(self):
        for keys in ("n", "/b\r/\x1b", "a", "?\x1b"):
            with self.subTest(keys=keys), self.begun() as terminal:
                self.flood(terminal, keys * (MANY // len(keys)))
                began = time.monotonic()
                terminal.signal(signal.SIGTERM)
                self.assertEqual(terminal.exit(), 143)
                self.assertLess(time.monotonic() - began, 2)
                self.assertTrue(terminal.restored())


def until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(0.02)


if __name__ == "__main__":
    unittest.main()
