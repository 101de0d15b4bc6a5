"""Files that can be read at one sitting, functions that can be read at one glance."""

from tests.architecture.sources import functions, python_files, short

FILE_LINES = 400
FUNCTION_LINES = 50
OURS = ("src", "tests", "bench")


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {short(file): len(file.read_text().splitlines()) for file in python_files(*OURS)}
    assert {file: lines for file, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    lengths = {
        f"{short(file)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for file in python_files(*OURS)
        for node in functions(file)
    }
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}
