"""Pairing the rows that went with the rows that came: only what no other reading of the facts explains as well.

Two rounds: in the first a pair stands on its own
evidence; in the second, after most rows of a closing have been recognised, what is left over may be recognised by
the little that still agrees: by less when as many rows are left on one side as on the other, for then nothing
really went and nothing really came. In both a pair is bound only when the best explanation of all rows together
would lose MARGIN without it; everything else is for a person.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from financehub.banking.identity.assigning import best_pairs
from financehub.banking.identity.clues import Clue
from financehub.banking.identity.likeness import CERTAIN, SURE_OF_DAY, Likeness, compare
from financehub.banking.identity.nearness import pairs_worth_comparing

FLOOR, MARGIN = 42, 18
REST_FLOOR, REST_AT_LEAST, REST_SHARE = 25, 5, 0.6
LONELY_DAYS, MOST_CANDIDATES = 2, 20
LARGEST, STEP = 120, 15
NEARLY = {"same_amount", "close_amount"}
WORDS = {"same_text", "like_text"}
BEYOND_DAYS = {"purchase_day", "provider_id", "payment_reference", "former_id"}

Key = tuple[int, str]
Pair = tuple[UUID, UUID]
Edges = dict[Pair, Likeness]
Fits = Callable[[Pair, Likeness], bool]


@dataclass(frozen=True, slots=True)
class Match:
    """The new row is the old one."""

    old: UUID
    new: UUID
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that went, each with what it may have become, the likeliest first: a person's to say."""

    olds: tuple[UUID, ...]
    candidates: tuple[Match, ...]


@dataclass
class Matching:
    """What can be said for sure, and what cannot."""

    matches: list[Match] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


@dataclass
class _Pool:
    """Rows still without a partner, and what all pairs are worth."""

    olds: dict[UUID, Clue]
    news: dict[UUID, Clue]
    likenesses: Edges
    matches: list[Match] = field(default_factory=list)
    moved: frozenset[Key] = frozenset()

    def is_guess(self, pair: Pair) -> bool:
        """One of several like purchases, on another day, when the days of them all do not agree."""
        old, new = self.olds[pair[0]], self.news[pair[1]]
        return (
            key_of(old) in self.moved
            and old.day != new.day
            and not BEYOND_DAYS.intersection(self.likenesses[pair].reasons)
        )

    def take(self, match: Match) -> None:
        self.matches.append(match)
        del self.olds[match.old], self.news[match.new]

    def edges(self, floor: int, fits: Fits) -> Edges:
        return {
            pair: likeness
            for pair, likeness in self.likenesses.items()
            if likeness.score > floor
            and pair[0] in self.olds
            and pair[1] in self.news
            and fits(pair, likeness)
        }


def match(
    olds: Sequence[Clue],
    news: Sequence[Clue],
    *,
    allowed: Callable[[UUID, UUID], bool],
    recurring: frozenset[Key] = frozenset(),
    former: frozenset[Pair] = frozenset(),
    lately: Callable[[UUID], bool] = lambda _old: True,
) -> Matching:
    """Bind what is certain and group the rest.

    `recurring`: amount and text of purchases that repeat nearby. `former`: pairs whose new row carries an id that
    the old one has had. `lately`: whether a row went just now, and not in an earlier comparison.
    """
    habits = recurring | _repeated(olds)
    moved = _moved(olds, news) & habits
    likenesses = _likenesses(olds, news, habits - moved, allowed) | {
        pair: Likeness(CERTAIN, ("former_id",)) for pair in former if allowed(*pair)
    }
    pool = _Pool(
        {clue.key: clue for clue in olds}, {clue.key: clue for clue in news}, likenesses, moved=moved
    )
    _bind(pool, FLOOR, _any)
    went = [clue for clue in olds if lately(clue.key)]
    if went and len(pool.matches) >= max(REST_AT_LEAST, REST_SHARE * len(went)):
        _bind_rest(pool, went)
    return Matching(pool.matches, _groups(pool))


def key_of(clue: Clue) -> Key:
    """What makes two purchases look alike on different days."""
    return clue.amount_cents, clue.text


def _repeated(clues: Iterable[Clue]) -> frozenset[Key]:
    days = defaultdict(set)
    for clue in clues:
        if clue.installment is None:
            days[key_of(clue)].add(clue.day)
    return frozenset(key for key, found in days.items() if len(found) > 1)


def _moved(olds: Iterable[Clue], news: Iterable[Clue]) -> frozenset[Key]:
    """Amount and text whose days differ on both sides: all may have moved, so that no day proves anything."""
    days: dict[Key, tuple[Counter[date], Counter[date]]] = defaultdict(lambda: (Counter(), Counter()))
    for side, clues in enumerate((olds, news)):
        for clue in clues:
            days[key_of(clue)][side][clue.day] += 1
    return frozenset(key for key, (went, came) in days.items() if went - came and came - went)


def _likenesses(
    olds: Sequence[Clue],
    news: Sequence[Clue],
    habits: frozenset[Key],
    allowed: Callable[[UUID, UUID], bool],
) -> Edges:
    found = {}
    for old, new in pairs_worth_comparing(olds, news):
        likeness = compare(old, new, is_habit=old.installment is None and key_of(old) in habits)
        if likeness is not None and allowed(old.key, new.key):
            found[old.key, new.key] = likeness
    return found


def _bind_rest(pool: _Pool, went: Sequence[Clue]) -> None:
    """What no strong evidence touches. Rows that strong evidence left undecided compete, but are not bound."""
    undecided = {key for pair in pool.edges(FLOOR + MARGIN - 1, _any) for key in pair}
    alone = _alone(pool)

    def may_bind(pair: Pair, likeness: Likeness) -> bool:
        return not undecided.intersection(pair) and (_has_words(likeness) or alone(pair))

    _bind(pool, REST_FLOOR, _fits_rest if _is_balanced(pool, went) else _fits_uneven_rest, may_bind)


def _alone(pool: _Pool) -> Callable[[Pair], bool]:
    """Whether, for days around, these two are all that is left on either side."""
    days = [clue.day for clue in pool.olds.values()], [clue.day for clue in pool.news.values()]
    dates = {key: clue.day for key, clue in pool.olds.items()}

    def alone(pair: Pair) -> bool:
        day = dates[pair[0]]
        return all(sum(abs((other - day).days) <= LONELY_DAYS for other in side) == 1 for side in days)

    return alone


def _is_balanced(pool: _Pool, went: Sequence[Clue]) -> bool:
    """Whether as many rows are left without a partner on both sides, among the days that rows went from."""
    first, last = min(clue.day for clue in went), max(clue.day for clue in went)
    left = sum(clue.key in pool.olds for clue in went)
    return left == sum(first <= clue.day <= last for clue in pool.news.values())


def _has_words(likeness: Likeness) -> bool:
    return bool(WORDS.intersection(likeness.reasons))


def _any(_pair: Pair, _likeness: Likeness) -> bool:
    return True


def _fits_rest(_pair: Pair, likeness: Likeness) -> bool:
    """The day agrees, and the amount nearly or the words."""
    reasons = set(likeness.reasons)
    return bool(reasons & SURE_OF_DAY) and bool(reasons & (NEARLY | WORDS))


def _fits_uneven_rest(_pair: Pair, likeness: Likeness) -> bool:
    """The day agrees, the amount nearly, and something of the words."""
    reasons = set(likeness.reasons)
    return all(reasons & some for some in (SURE_OF_DAY, NEARLY, WORDS | {"some_text"}))


def _bind(pool: _Pool, floor: int, fits: Fits, may_bind: Fits = _any) -> None:
    """Bind, of the pairs over the floor that fit, those that the best explanation cannot do without."""
    edges = pool.edges(floor, fits)
    found = [one for olds, news in _components(edges) for one in _certain(edges, olds, news, floor)]
    sure = [
        one
        for one in found
        if not pool.is_guess((one.old, one.new)) and may_bind((one.old, one.new), edges[one.old, one.new])
    ]
    for one in sure:
        reasons = one.reasons if floor == FLOOR else (*one.reasons, "left_over")
        pool.take(Match(one.old, one.new, one.score, reasons))


def _certain(edges: Edges, olds: list[UUID], news: list[UUID], floor: int) -> list[Match]:
    """The pairs of one component that the best explanation cannot do without.

    Too large a tangle is looked at without its weakest pairs; a higher floor only asks more of a pair.
    """
    if max(len(olds), len(news)) > LARGEST and floor < CERTAIN:
        mine = set(olds)
        strong = {pair: it for pair, it in edges.items() if pair[0] in mine and it.score > floor + STEP}
        parts = _components(strong)
        return [found for part in parts for found in _certain(strong, *part, floor + STEP)]
    weights = [[_weight(edges.get((old, new)), floor) for new in news] for old in olds]
    pairs = [(olds[pair.left], news[pair.right]) for pair in best_pairs(weights) if pair.loss >= MARGIN]
    return [Match(old, new, edges[old, new].score, edges[old, new].reasons) for old, new in pairs]


def _weight(likeness: Likeness | None, floor: int) -> int:
    return 0 if likeness is None else likeness.score - floor


def _components(pairs: Iterable[Pair]) -> list[tuple[list[UUID], list[UUID]]]:
    """Sets of rows that are connected by plausible pairs."""
    parent: dict[UUID, UUID] = {}

    def root(key: UUID) -> UUID:
        while parent.setdefault(key, key) != key:
            parent[key] = key = parent[parent[key]]
        return key

    sides: tuple[dict[UUID, None], dict[UUID, None]] = ({}, {})
    for old, new in pairs:
        sides[0][old] = sides[1][new] = None
        parent[root(old)] = root(new)
    found: dict[UUID, tuple[list[UUID], list[UUID]]] = defaultdict(lambda: ([], []))
    for at, side in enumerate(sides):
        for key in side:
            found[root(key)][at].append(key)
    return list(found.values())


def _groups(pool: _Pool) -> list[Group]:
    """Rows that strong evidence connects together; every other row that went, alone with what it might be."""
    ranked: dict[UUID, list[Match]] = {key: [] for key in pool.olds}
    for (old, new), it in pool.edges(-CERTAIN, _any).items():
        ranked[old].append(Match(old, new, it.score, it.reasons))
    for candidates in ranked.values():
        candidates.sort(key=lambda candidate: -candidate.score)
    together = [olds for olds, _ in _components(pool.edges(FLOOR, _any))]
    grouped = {old for olds in together for old in olds}
    return [
        Group(tuple(olds), tuple(one for old in olds for one in ranked[old][:MOST_CANDIDATES]))
        for olds in (*together, *([old] for old in pool.olds if old not in grouped))
    ]
