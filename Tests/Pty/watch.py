"""Calls a function the moment a folder's files change, by inotify: to kill a program inside a write."""

import ctypes
import os
import select
import struct
import threading

CREATE, MODIFY = 0x100, 0x2
LIBC = ctypes.CDLL(None, use_errno=True)


class Watch:
    """Calls `act` at the `count`-th event whose file name satisfies `matches`, once."""

    def __init__(self, folders, events, matches, count, act):
        self.descriptor = LIBC.inotify_init1(os.O_CLOEXEC)
        for folder in folders:
            LIBC.inotify_add_watch(self.descriptor, str(folder).encode(), events)
        self.matches, self.count, self.act = matches, count, act
        self.quit_read, self.quit_write = os.pipe()
        self.thread = threading.Thread(target=self.work, daemon=True)
        self.thread.start()

    def work(self):
        while True:
            ready = select.select([self.descriptor, self.quit_read], [], [])[0]
            if self.quit_read in ready:
                return
            data = os.read(self.descriptor, 65536)
            offset = 0
            while offset < len(data):
                length = struct.unpack_from("iIII", data, offset)[3]
                name = data[offset + 16 : offset + 16 + length].rstrip(b"\0").decode()
                offset += 16 + length
                if self.matches(name):
                    self.count -= 1
                    if self.count == 0:
                        self.act()
                        return

    def close(self):
        os.write(self.quit_write, b"x")
        self.thread.join()
        for descriptor in (self.descriptor, self.quit_read, self.quit_write):
            os.close(descriptor)
