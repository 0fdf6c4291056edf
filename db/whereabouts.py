"""What kind of place a file lies in: this computer's own disk, a network drive, or a synchronised folder.

SQLite needs locks that work and a file that nobody swaps underneath. Network drives and synchronised folders give
neither; lost files of other programs are listed in their public trackers (docs/decisions/0012).
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath, PurePosixPath


class PlaceKind(StrEnum):
    """Where a file lies."""

    LOCAL = "this computer"
    NETWORK = "a network drive"
    SYNCED = "a synchronised folder"


@dataclass(frozen=True)
class Place:
    """The kind of place, and the name people know it by (`OneDrive`, `cifs`)."""

    kind: PlaceKind
    name: str = ""

    @property
    def is_safe(self) -> bool:
        """Whether an evaluation file can be worked on there."""
        return self.kind is PlaceKind.LOCAL

    @property
    def words(self) -> str:
        """`a synchronised folder (OneDrive)`."""
        return f"{self.kind.value} ({self.name})" if self.name else self.kind.value


NETWORK_SYSTEMS = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "afs", "ncpfs", "ceph", "glusterfs", "lustre", "beegfs"),
        *("davfs", "fuse.davfs2", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.s3fs", "webdav", "afpfs"),
    }
)
"""Names of file systems that live on another machine, as Linux (/proc/self/mountinfo) and macOS call them."""

SYNCED_FOLDERS: dict[str, re.Pattern[str]] = {
    "OneDrive": re.compile(r"^onedrive( - .+)?$", re.IGNORECASE),
    "SharePoint": re.compile(r"^(.+ - documents|sharepoint|davwwwroot)$", re.IGNORECASE),
    "Dropbox": re.compile(r"^dropbox( \(.+\))?$", re.IGNORECASE),
    "iCloud": re.compile(r"^(mobile documents|com~apple~clouddocs|icloud ?drive|iclouddrive)$", re.IGNORECASE),
    "Google Drive": re.compile(r"^(google ?drive|my drive|googledrive-.+)$", re.IGNORECASE),
    "Nextcloud": re.compile(r"^(nextcloud|owncloud)\d?$", re.IGNORECASE),
    "Box": re.compile(r"^box( sync)?$", re.IGNORECASE),
    "a synchronised folder of macOS": re.compile(r"^cloudstorage$", re.IGNORECASE),
}
"""Folder names that the programs make themselves."""

MARKERS = {
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".owncloudsync.log": "Nextcloud",
}
"""Files by which a synchronised folder shows, whatever it is called."""

SYNC_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
REMOTE_DRIVE = 4
"""GetDriveType of Windows for a drive on another machine."""


def place_of(path: Path) -> Place:
    """What kind of place a file or folder lies in; links are followed first."""
    whole = path.resolve()
    network = _share(whole) or _network_system(whole)
    if network:
        return Place(PlaceKind.NETWORK, network)
    synced = by_name(whole.parent) or _by_marker(whole) or _by_variable(whole)
    return Place(PlaceKind.SYNCED, synced) if synced else Place(PlaceKind.LOCAL)


def by_name(folder: PurePath) -> str:
    """The program whose folder name stands in a path, empty when none does."""
    for part in folder.parts:
        for name, pattern in SYNCED_FOLDERS.items():
            if pattern.match(part):
                return name
    return ""


def _by_marker(path: Path) -> str:
    home = Path.home()
    for folder in path.parents:
        if folder in (home, folder.parent):
            break
        for marker, name in MARKERS.items():
            if (folder / marker).exists():
                return name
    return ""


def _by_variable(path: Path) -> str:
    for variable in SYNC_VARIABLES:
        root = os.environ.get(variable, "")
        if root and path.is_relative_to(root):
            return "OneDrive"
    return ""


def _share(path: PurePath) -> str:
    """A name like //server/share, as Windows shows network places."""
    drive = path.drive
    return drive if drive.startswith(("\\\\", "//")) and not drive.startswith(("\\\\?\\", "\\\\.\\")) else ""


def _network_system(path: Path) -> str:
    if os.name == "nt":
        import ctypes

        kind = ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\")  # type: ignore[attr-defined,unused-ignore]  # Windows only
        return path.drive if kind == REMOTE_DRIVE else ""
    system = file_system_of(path, mounts())
    return system if system in NETWORK_SYSTEMS else ""


def mounts() -> str:
    """The table of mounts of Linux; empty elsewhere."""
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def file_system_of(path: PurePath, table: str) -> str:
    """The kind of file system a path is on, by the longest mount point above it; layout: proc(5), mountinfo."""
    found, length = "", -1
    for line in table.splitlines():
        left, _, right = line.partition(" - ")
        point = _plain(left.split()[4]) if len(left.split()) > 4 else ""
        if point and path.is_relative_to(PurePosixPath(point)) and len(point) >= length:
            found, length = right.split()[0], len(point)
    return found


def _plain(point: str) -> str:
    """A mount point without the octal escapes that stand for blanks."""
    return re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), point)
