"""What is set before torch loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from visualizer.system.environment import prepare_environment

ROOT = Path(__file__).resolve().parents[2]


def test_what_the_user_has_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOMP_SPINCOUNT", "7")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    prepare_environment()
    import os

    assert os.environ["GOMP_SPINCOUNT"] == "7"
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"


def test_it_loads_nothing_that_reads_these_variables() -> None:
    code = (
        "import sys; from visualizer.system.environment import prepare_environment;"
        "prepare_environment(); print(sorted({'numpy', 'torch'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (run.stdout.strip(), run.stderr) == ("[]", "")


@pytest.mark.skipif(sys.platform != "linux", reason="page faults are counted on Linux only")
def test_freed_memory_is_used_again_without_page_faults() -> None:
    """Twenty blocks of 64 MB, one after the other, take the pages of one."""
    code = (
        "import resource\n"
        "from visualizer.system.environment import prepare_environment\n"
        "prepare_environment()\n"
        "bytearray(1 << 26)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n"
        "for _ in range(20): bytearray(b'1') * (1 << 26)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.stderr == ""
    assert int(run.stdout) < 2 * (1 << 26) // 4096


@pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities on Linux only")
def test_a_thread_that_gives_way_and_its_own_threads_wait_for_the_window() -> None:
    code = (
        "import os, threading\n"
        "from visualizer.system.environment import give_way\n"
        "found = {}\n"
        "def look(name): found[name] = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())\n"
        "def work():\n"
        "    give_way()\n"
        "    look('work')\n"
        "    other = threading.Thread(target=look, args=('other',)); other.start(); other.join()\n"
        "thread = threading.Thread(target=work); thread.start(); thread.join(); look('window')\n"
        "print(found['window'] < found['work'] == found['other'])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (run.stdout.strip(), run.stderr) == ("True", "")
