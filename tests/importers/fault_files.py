"""Makes the fault files of the reference material, and looks at each in a process that tells what it cost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.importers.sheets import ROOT, SHARED, TODAY

GENERATOR = SHARED / "sheets" / "make_bad_sheets.py"
Json = dict[str, Any]  # what json.loads gives
_LOOK = """
import json, sys, time
sys.path.insert(0, {root!r})
from datetime import date
from pathlib import Path
from analysis.problems import UserProblem
from importers.child import TEXT, WORKBOOK
from importers.examine import examine
from importers.inspection import refused
from importers.limits import limit_this_process
path = Path({path!r})
allowed = TEXT if path.suffix == ".csv" else WORKBOOK
limit_this_process(allowed.memory, allowed.seconds)
began = time.monotonic()
try:
    found = examine(path, today=date.fromisoformat({today!r}))
except UserProblem as problem:
    found = refused(path.name, problem)
seconds = time.monotonic() - began
issues = [issue.message + " " + issue.hint for issue in found.issues]
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({{"verdict": found.verdict, "seconds": seconds, "mib": int(peak) / 1024, "issues": issues,
                  "said": " ".join(issues) + json.dumps(found.as_json(), ensure_ascii=False)[:2_000_000]}}))
"""


def made_faults(folder: Path, *, big: bool = False) -> Path:
    """The folder with the fault files and their manifest in it; the test is skipped where the generator is absent."""
    if not GENERATOR.exists():
        pytest.skip("the generator of fault files is not beside this checkout")
    options = [] if big else ["--no-big"]
    subprocess.run([sys.executable, str(GENERATOR), str(folder), *options], check=True, capture_output=True)
    return folder


def looked_at_alone(path: Path) -> Json:
    """Verdict, sentences, seconds and MiB at the peak of looking at a file in a bounded process of its own."""
    code = _LOOK.format(root=str(ROOT), path=str(path), today=TODAY.isoformat())
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=180)
    told: Json = json.loads(done.stdout) if done.returncode == 0 else {"died": done.stderr[-300:] or done.returncode}
    return told


def broken_promises(folder: Path, entry: Json) -> list[str]:
    """What of a manifest's entry does not hold: verdict, words, seconds, memory, a safe sentence."""
    name, told = entry["file"], looked_at_alone(folder / entry["file"])
    if "died" in told:
        return [f"{name} killed its process: {told['died']}"]
    said = told["said"].lower()
    wrong = [f"{name} does not say {word}" for word in entry["say"] if word.lower() not in said]
    if told["verdict"] != entry["verdict"]:
        wrong.append(f"{name}: {told['verdict']}, not {entry['verdict']}")
    limits = entry["limits"]
    wrong += [f"{name}: {told[m]:.0f} {m}, at most {limits[m]}" for m in limits if told[m] > limits[m]]
    if entry["verdict"] == "refuse" and "nothing has been saved" not in said:
        wrong.append(f"{name} does not say what is safe")
    if any(sign in " ".join(told["issues"]) for sign in ("Traceback", "Error:", str(folder))):
        wrong.append(f"{name} shows the inside of the program")
    return wrong
