"""The circuit breaker by itself."""

from financehub.providers.circuits import Breaker, InMemoryCircuits


def breaker() -> Breaker:
    return Breaker(InMemoryCircuits(), "api.example", threshold=2, delay=30.0)


class TestBreaker:
    def test_stays_closed_below_the_threshold(self):
        one = breaker()
        one.record_failure(100.0)
        assert one.seconds_to_wait(100.0) == 0.0

    def test_forgets_failures_after_a_success(self):
        one = breaker()
        one.record_failure(100.0)
        one.record_success()
        one.record_failure(101.0)
        assert one.seconds_to_wait(101.0) == 0.0

    def test_tells_how_long_it_stays_open(self):
        one = breaker()
        one.record_failure(100.0)
        one.record_failure(101.0)
        assert one.seconds_to_wait(111.0) == 20.0

    def test_lets_only_the_first_through_when_half_open(self):
        one = breaker()
        one.record_failure(100.0)
        one.record_failure(100.0)
        assert (one.seconds_to_wait(130.0), one.seconds_to_wait(130.0)) == (0.0, 30.0)

    def test_opens_again_when_the_try_fails(self):
        one = breaker()
        for moment in (100.0, 100.0, 130.0):
            one.record_failure(moment)
        assert one.seconds_to_wait(140.0) == 20.0


class TestInMemoryCircuits:
    def test_keeps_hosts_apart(self):
        circuits = InMemoryCircuits()
        circuits.write("a", 3, 9.0)
        assert (circuits.read("a"), circuits.read("b")) == ((3, 9.0), (0, 0.0))
