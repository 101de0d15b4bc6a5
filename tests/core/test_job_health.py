"""Is background work being done?"""

from financehub.core import job_health


def test_without_a_broker_work_runs_in_process(settings):
    settings.CELERY_BROKER_URL = ""
    assert job_health.look() == job_health.JobHealth("in_process", 0)
    assert job_health.look().is_well


def test_a_broker_without_workers_is_not_well():
    assert job_health.look() == job_health.JobHealth("no_worker", 0)
    assert not job_health.look().is_well
