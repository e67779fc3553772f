# SPDX-License-Identifier: AGPL-3.0-or-later
"""Steps that say "ok NAME" or "not ok NAME" with what was found, and a summary that ./check counts."""
import subprocess
import time
import traceback

WAIT_SECONDS = 60
STEPS = []


def step(function):
    STEPS.append(function)
    return function


def run_all():
    failed = 0
    for function in STEPS:
        name = function.__name__.replace("_", " ")
        try:
            function()
        except Exception:  # every kind of failure is one of the step
            failed += 1
            print(f"not ok - {name}\n{traceback.format_exc()}", flush=True)
        else:
            print(f"ok - {name}", flush=True)
    print(f"# pass {len(STEPS) - failed}\n# fail {failed}", flush=True)


def run(*command, check=True, typed="", **options):
    """What it printed on both streams."""
    ran = subprocess.run(command, input=typed, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if check and ran.returncode != 0:
        raise AssertionError(f"{command} ended with {ran.returncode}:\n{ran.stdout}")
    return ran.stdout


def shown(unit, name):
    return run("systemctl", "show", "--value", "--property", name, unit).strip()


def is_active(unit):
    return run("systemctl", "is-active", unit, check=False).strip() == "active"


def wait_until(condition, what):
    end = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def expect(text, *words):
    for word in words:
        assert word in text, f"{word!r} is not in:\n{text}"
