#!/usr/bin/env python3
"""Types into a shell at a terminal of its own, as a person does, and prints the line that came of it.

type-in-shell.py SHELL RC KEYS...: the shell begins with the file RC, which binds Control-X D to printing what stands in the
line, between two control characters; for each KEYS one line of output, as JSON. Nothing waits for a time to pass: the shell
reads its keys one after the other.
"""

import json
import os
import pty
import select
import sys

BEGIN, END, READY = b"\x1e", b"\x1f", b"\x1d"
# The shell is gone or hangs; the test has a limit of its own.
TIMEOUT = 60


def read_until(fd, mark, seen=b""):
    while mark not in seen:
        if not select.select([fd], [], [], TIMEOUT)[0]:
            sys.exit(f"the shell says nothing; it said {seen!r}")
        seen += os.read(fd, 65536)
    return seen


def main():
    shell, rc, lines = sys.argv[1], sys.argv[2], sys.argv[3:]
    words = {
        "bash": ["bash", "--noprofile", "--rcfile", rc, "-i"],
        "zsh": ["zsh", "-d", "-i"],
    }[shell]
    environment = dict(os.environ, TERM="dumb" if shell == "bash" else "vt100", ZDOTDIR=os.path.dirname(rc), LC_ALL="C.UTF-8")
    child, fd = pty.fork()
    if child == 0:
        os.execvpe(words[0], words, environment)
    result = []
    read_until(fd, READY)
    for keys in lines:
        os.write(fd, keys.encode() + b"\x18d")
        seen = read_until(fd, END)
        line = seen[seen.rindex(BEGIN) + 1 : seen.rindex(END)]
        result.append(line.decode())
        os.write(fd, b"\x01\x0b")  # to its beginning, and all of it away
    os.write(fd, b"exit\r")
    print(json.dumps(result))
    os.close(fd)
    os.waitpid(child, 0)


main()
