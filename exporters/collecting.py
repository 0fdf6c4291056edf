"""Python's collecting of garbage put off while a workbook is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_put_off() -> Iterator[None]:
    """Collect nothing meanwhile, where Python collects by itself: so much is made and so little of it goes in circles
    that going through all of it again and again takes an eighth of the time and frees nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
