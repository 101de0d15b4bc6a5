"""Which customer a login shows: scenario files, the bundled ones and those given on the command line."""

from functools import cache
from importlib import resources
from pathlib import Path

from pluggy_sandbox.portfolio.scenario import Match, Scenario, read_scenario

_added: list[Scenario] = []


def register(path: Path) -> Scenario:
    """Add a user's file, asked before all others. Raises ScenarioInvalid."""
    scenario = read_scenario(path)
    _added.insert(0, scenario)
    return scenario


@cache
def bundled() -> list[Scenario]:
    """The scenarios that come with the program, the most particular first."""
    folder = resources.files("pluggy_sandbox") / "scenarios"
    files = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    with_paths = sorted(files, key=lambda entry: entry.name)
    scenarios = [read_scenario(Path(str(entry))) for entry in with_paths]
    return sorted(scenarios, key=lambda scenario: -_weight(scenario.match))


def scenario_for(user: str, connector_id: int, connector_type: str) -> Scenario:
    """The customer that this login at this connector shows; the salaried one when no scenario claims it."""
    for scenario in [*_added, *bundled()]:
        if _fits(scenario.match, user, connector_id, connector_type):
            return scenario
    return next(scenario for scenario in bundled() if scenario.name == "salaried")


def is_cast(user: str) -> bool:
    """Whether a scenario names that user, so that its login is a good one."""
    return any(user in scenario.match.users for scenario in [*_added, *bundled()])


def _fits(match: Match, user: str, connector_id: int, connector_type: str) -> bool:
    wanted = ((match.users, user), (match.connectors, connector_id), (match.types, connector_type))
    return any(options for options, _ in wanted) and all(
        not options or value in options for options, value in wanted
    )


def _weight(match: Match) -> int:
    return 4 * bool(match.users) + 2 * bool(match.connectors) + bool(match.types)
