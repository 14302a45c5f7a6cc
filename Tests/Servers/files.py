"""Serves one folder's files on loopback to the tests of downloads; prints its port, ends with its standard input.

Usage: python3 files.py FOLDER

The first part of a path says how: /whole/NAME answers ranges, /plain/NAME knows none, /cut/NAME breaks off after half of
what was asked for, /other/NAME answers a range with another one. Each request is a line in FOLDER/requests: path and range.
"""
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder = sys.argv[1]
lock = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = self.headers.get("Range", "-")
        with lock, open(os.path.join(folder, "requests"), "a") as log:
            log.write(f"{self.path} {asked}\n")
        way, _, name = self.path.strip("/").partition("/")
        path = os.path.join(folder, os.path.basename(name))
        if way not in ("whole", "plain", "cut", "other") or not os.path.isfile(path):
            return self.send_error(404)
        with open(path, "rb") as file:
            data = file.read()
        start = int(asked[len("bytes="):].rstrip("-")) if asked != "-" and way != "plain" else 0
        if start >= len(data):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(data)}")
            self.send_header("Content-Length", "0")
            return self.end_headers()
        body = data[start:]
        self.send_response(206 if start else 200)
        if start:
            told = start + 1 if way == "other" else start
            self.send_header("Content-Range", f"bytes {told}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if way == "cut" else body)
        self.close_connection = True

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
