"""Who the customer is."""

from tests.pluggy_sandbox.portfolio.customers import shown


class TestIdentity:
    def test_of_a_person_and_of_a_company(self) -> None:
        person, company = shown().identity, shown("user-ok", 10).identity
        assert (person["documentType"], person["taxNumber"], person["parties"]) == (
            "CPF",
            "761.092.776-73",
            None,
        )
        assert (company["documentType"], company["birthDate"]) == ("CNPJ", None)
        assert company["parties"][0]["civilName"] == "Ana Beatriz Carvalho Lima"
