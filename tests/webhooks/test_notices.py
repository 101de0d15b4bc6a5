"""Reading ids from a body that may hold anything."""

from uuid import UUID

from tests.webhooks.knocks import ITEM

from financehub.webhooks.notices import Notice, as_uuid


def notice(**body):
    return Notice(type="x", external_id="", object_key="", body=body)


class TestNotice:
    def test_reads_one_id(self):
        assert notice(itemId=ITEM).id_of("itemId") == UUID(ITEM)
        assert notice(itemId=7).id_of("itemId") is None
        assert notice().id_of("itemId") is None

    def test_reads_a_list_of_ids_without_what_is_none(self):
        assert notice(ids=[ITEM, "x", None, 3]).ids_of("ids") == [UUID(ITEM)]
        assert notice(ids="x").ids_of("ids") == []


class TestAsUuid:
    def test_refuses_what_is_no_text(self):
        assert as_uuid(12) is None
        assert as_uuid("12") is None
        assert as_uuid(ITEM) == UUID(ITEM)
