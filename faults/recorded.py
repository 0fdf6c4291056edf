"""What a process asked of the disk, call by call, as strace saw it: writes, syncs, names, and the words it said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TRACE = (
    "pwrite64,write,writev,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,"
    "linkat,openat,open,lseek,sendfile,copy_file_range,close"
)
RULES = [f"trace={TRACE}", "-y", "-xx", "-s 2000000"]
_LINE = re.compile(r"^(\d+)\s+(\w+)\((.*)\)\s+=\s+(-?\d+)")
_FD = re.compile(r"(\d+)<(.*?)>")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Event:
    """One thing that happened to a disk. `name` and `other` are paths inside the folder; `kind` says what it was."""

    kind: str
    name: str = ""
    offset: int = 0
    data: bytes = b""
    other: str = ""


def _text(coded: str) -> str:
    return bytes.fromhex(coded.replace("\\x", "")).decode() if "\\x" in coded else coded


class Recording:
    """Reads a log of strace line by line, following where each open file stands."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._at: dict[str, int] = {}

    def events(self, log: Path) -> Iterator[Event]:
        """What happened inside the folder, in order, with what the process said in between.

        Raises ValueError for a call it cannot follow: a recording with a hole proves nothing.
        """
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            if "unfinished" in line or "resumed" in line:
                text = "two threads wrote at once, which cannot be replayed in order"
                raise ValueError(text)
            if (match := _LINE.match(line)) and int(match[4]) >= 0:
                yield from self._event(match[2], match[3], int(match[4]))

    def _event(self, call: str, arguments: str, result: int) -> Iterator[Event]:
        handles = [(number, self._inside(_text(path))) for number, path in _FD.findall(arguments)]
        strings = [bytes.fromhex(coded.replace("\\x", "")) for coded in _STRING.findall(arguments)]
        if call == "writev":
            yield Event("said", data=strings[0])
        elif call in ("openat", "open"):
            yield from self._opened(strings[-1].decode(), arguments, result)
        elif call in (
            "mkdir",
            "mkdirat",
            "unlink",
            "unlinkat",
            "rmdir",
            "rename",
            "renameat",
            "renameat2",
            "link",
            "linkat",
        ):
            names = [self._inside(name.decode()) for name in strings]
            if names and names[0] is not None:
                kind = "rmdir" if "REMOVEDIR" in arguments else re.sub(r"at2?$", "", call)
                yield Event(kind, names[0], other=names[1] or "" if len(names) > 1 else "")
        elif handles and handles[0][1] is not None:
            yield from self._on_handle(call, handles, strings, arguments, result)

    def _opened(self, path: str, arguments: str, result: int) -> Iterator[Event]:
        name = self._inside(path)
        self._at[str(result)] = 0
        if name is None or "O_DIRECTORY" in arguments:
            return
        if "O_APPEND" in arguments:
            text = f"{name} is appended to"
            raise ValueError(text)
        if "O_CREAT" in arguments:
            yield Event("create", name)
        if "O_TRUNC" in arguments:
            yield Event("truncate", name, 0)

    def _on_handle(
        self, call: str, handles: list[tuple[str, str | None]], strings: list[bytes], arguments: str, result: int
    ) -> Iterator[Event]:
        number, name = handles[0][0], handles[0][1] or ""
        numbers = [int(part) for part in re.findall(r",\s*(\d+)(?=,|$)", arguments)]
        if call == "pwrite64":
            yield Event("write", name, numbers[-1], strings[0][:result])
        elif call == "write":
            yield Event("write", name, self._at.get(number, 0), strings[0][:result])
            self._at[number] = self._at.get(number, 0) + result
        elif call == "lseek":
            self._at[number] = result
        elif call == "ftruncate":
            yield Event("truncate", name, numbers[-1])
        elif call in ("fsync", "fdatasync"):
            yield Event("sync", name)
        elif call in ("sendfile", "copy_file_range") and result:
            yield Event("copy", name, self._at.get(number, 0), result.to_bytes(8, "big"), other=handles[1][1] or "")
            self._at[number] = self._at.get(number, 0) + result

    def _inside(self, path: str) -> str | None:
        path = path.removesuffix("(deleted)").rstrip()
        if path == self._folder:
            return "."
        return path[len(self._folder) + 1 :] if path.startswith(self._folder + "/") else None
