"""What was made is handed out again under the same name, and makes room for newer things."""

from financehub.banking.cards.remembering import Remembered


def made_by(memory: Remembered[int], key: str, rows: int, value: int) -> int:
    return memory.get(key, rows, lambda: value)


def test_the_same_name_gives_what_was_made_first() -> None:
    memory: Remembered[int] = Remembered()
    assert [made_by(memory, "a", 1, 1), made_by(memory, "a", 1, 2), made_by(memory, "b", 1, 3)] == [1, 1, 3]


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    memory: Remembered[int] = Remembered(most_rows=10)
    made_by(memory, "a", 5, 1), made_by(memory, "b", 5, 2)
    assert made_by(memory, "a", 5, 0) == 1
    made_by(memory, "c", 5, 3)
    assert (made_by(memory, "a", 5, 0), made_by(memory, "b", 5, 9)) == (1, 9)


def test_the_last_one_is_kept_whatever_its_size() -> None:
    memory: Remembered[int] = Remembered(most_rows=10)
    made_by(memory, "small", 5, 1), made_by(memory, "huge", 50, 2)
    assert (made_by(memory, "huge", 50, 0), made_by(memory, "small", 5, 7)) == (2, 7)
