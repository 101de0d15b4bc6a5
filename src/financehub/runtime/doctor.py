"""`financehub doctor`: looks at keys, database, broker, Pluggy, webhooks and clock; says what to do."""

import argparse
import importlib
import os
from collections.abc import Sequence

import django

from financehub.runtime import environment
from financehub.runtime.findings import exit_code, problem


def main(arguments: Sequence[str]) -> int:
    """Print one line for each thing looked at; 1 when something needs a person."""
    parser = argparse.ArgumentParser(prog="financehub doctor", description=__doc__)
    parser.add_argument("--data-dir", default="", help="the one given to `financehub up`")
    chosen = parser.parse_args(arguments).data_dir
    if chosen:
        os.environ["FINANCEHUB_DATA_DIR"] = chosen
    environment.adopt_installation()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", environment.SETTINGS_MODULE)
    try:
        django.setup()
    except (RuntimeError, OSError) as refusal:  # a bad setting names its variable
        print(problem("settings", str(refusal), "correct the variable it names and try again"))
        return 1
    # The checks need the registry of applications, which exists only now.
    findings = []
    for finding in importlib.import_module("financehub.runtime.checks").look():
        print(finding, flush=True)
        findings.append(finding)
    return exit_code(findings)
