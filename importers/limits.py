"""What a reading child may cost, set by the child itself before it opens anything.

Linux: address space, processor time and core dumps by the kernel. Windows: a job object that the process puts itself
into, with the same memory and time and no further processes. macOS: processor time by the kernel; it does not keep to
limits of memory, so the parent looks (`resident`) and ends the child. Only Linux is proved by the tests; the two others
are written from their makers' documentation and are NOT VERIFIED on a machine.
"""

from __future__ import annotations

import subprocess
import sys

_SYSTEM: str = sys.platform
_SECONDS_TO_ANSWER = 5


def limit_this_process(memory: int, seconds: int) -> None:
    """Bound this process: bytes of memory, seconds of processor time. Raises OSError where the system refuses."""
    if _SYSTEM == "win32":
        _enter_job(memory, seconds)
        return
    import resource

    _lower(resource.RLIMIT_CPU, seconds + _SECONDS_TO_ANSWER)
    _lower(resource.RLIMIT_CORE, 0)
    if _SYSTEM != "darwin":
        _lower(resource.RLIMIT_AS, memory)


def _lower(kind: int, most: int) -> None:
    """Set a limit; a hard limit that is lower already stays."""
    import resource

    _, hard = resource.getrlimit(kind)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (allowed, allowed))


def resident(pid: int) -> int:
    """Bytes of memory a process holds, where the kernel does not limit it (macOS); 0 elsewhere, or when it ended."""
    if _SYSTEM != "darwin":
        return 0
    told = subprocess.run(["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return int(told.stdout.strip() or 0) * 1024


def _enter_job(memory: int, seconds: int) -> None:
    """Windows: a job with one process, its memory and its time, which ends with the last handle to it."""
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("per_process_user_time_limit", ctypes.c_int64),
            ("per_job_user_time_limit", ctypes.c_int64),
            ("limit_flags", wintypes.DWORD),
            ("minimum_working_set_size", ctypes.c_size_t),
            ("maximum_working_set_size", ctypes.c_size_t),
            ("active_process_limit", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority_class", wintypes.DWORD),
            ("scheduling_class", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("basic", Basic),
            ("io_counters", ctypes.c_uint64 * 6),
            ("process_memory_limit", ctypes.c_size_t),
            ("job_memory_limit", ctypes.c_size_t),
            ("peak_process_memory_used", ctypes.c_size_t),
            ("peak_job_memory_used", ctypes.c_size_t),
        )

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]  # Windows only
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    wanted = Extended()
    wanted.basic.limit_flags = _PROCESS_TIME | _ACTIVE_PROCESS | _PROCESS_MEMORY | _DIE_QUIETLY | _KILL_ON_CLOSE
    wanted.basic.per_process_user_time_limit = (seconds + _SECONDS_TO_ANSWER) * 10_000_000
    wanted.basic.active_process_limit = 1
    wanted.process_memory_limit = memory
    job = kernel.CreateJobObjectW(None, None)
    is_set = kernel.SetInformationJobObject(job, _EXTENDED, ctypes.byref(wanted), ctypes.sizeof(wanted))
    if not (is_set and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())):
        raise OSError(ctypes.get_last_error(), "the process could not be bounded")  # type: ignore[attr-defined,unused-ignore]  # Windows only


_EXTENDED = 9
_PROCESS_TIME, _ACTIVE_PROCESS, _PROCESS_MEMORY, _DIE_QUIETLY, _KILL_ON_CLOSE = 0x2, 0x8, 0x100, 0x400, 0x2000
"""JOBOBJECT_EXTENDED_LIMIT_INFORMATION and the JOB_OBJECT_LIMIT flags, as in winnt.h."""
