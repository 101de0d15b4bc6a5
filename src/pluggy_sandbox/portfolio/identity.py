"""Who the customer is: the vendor's Identity of a person or of a company."""

from pluggy_sandbox.portfolio import calendar, documents, scenario, wire
from pluggy_sandbox.portfolio.model import Origin
from pluggy_sandbox.portfolio.movements import Span
from pluggy_sandbox.portfolio.scenario import Person
from pluggy_sandbox.portfolio.wire import Json


def identity_json(person: Person, origin: Origin, span: Span) -> Json:
    """The vendor's Identity; company fields are null for a person, and the other way round."""
    made = wire.stamp(origin.started)
    return {
        "id": wire.made_id(origin.item_id, "identity"),
        "itemId": str(origin.item_id),
        "birthDate": None if person.is_company else wire.bare(person.birth),
        "taxNumber": documents.formatted(person.document),
        "document": documents.formatted(person.document),
        "documentType": "CNPJ" if person.is_company else "CPF",
        "jobTitle": None if person.is_company else person.job,
        "fullName": person.name,
        "companyName": person.name if person.is_company else None,
        "establishmentCode": None,
        "establishmentName": person.trade_name,
        "socialName": None,
        "sex": person.sex,
        "investorProfile": "Moderate",
        "phoneNumbers": [_phone(person)],
        "emails": [{"type": "Work" if person.is_company else "Personal", "value": person.email}],
        "addresses": [_address(person)],
        "relations": _relations(person),
        "maritalStatus": {"code": person.marital_status, "additionalInfo": None}
        if person.marital_status
        else None,
        "nationality": None
        if person.is_company
        else {"hasBrazilianNationality": True, "otherNationalities": []},
        "otherDocuments": [],
        "passport": None,
        "incorporationDate": wire.bare(person.birth) if person.is_company else None,
        "parties": _parties(person) if person.is_company else None,
        "businessOtherDocuments": [] if person.is_company else None,
        "companiesCnpj": [documents.formatted(documents.cnpj_named(str(origin.connector.get("name"))))],
        "qualifications": _qualifications(person, origin, span),
        "financialRelationships": _relationships(span),
        "createdAt": made,
        "updatedAt": made,
    }


def _phone(person: Person) -> Json:
    return {
        "type": "Work" if person.is_company else "Personal",
        "value": person.phone,
        "countryCallingCode": "55",
        "areaCode": person.phone[:2],
        "extension": None,
        "additionalInfo": None,
    }


def _address(person: Person) -> Json:
    return {
        "type": "Work" if person.is_company else "Personal",
        "fullAddress": f"{person.street}, {person.district}, {person.city} - {person.state}, {person.zip}",
        "primaryAddress": person.street,
        "additionalInfo": None,
        "district": person.district,
        "city": person.city,
        "ibgeTownCode": person.ibge,
        "state": person.state,
        "postalCode": person.zip,
        "country": "BRASIL",
        "countryCode": "BRA",
        "geographicCoordinates": None,
    }


def _relations(person: Person) -> list[Json]:
    named = (("Mother", person.mother), ("Father", person.father))
    return [{"type": kind, "name": name, "document": None} for kind, name in named if name]


def _parties(person: Person) -> list[Json]:
    name = person.partner or person.name
    return [
        {
            "type": "PARTNER",
            "personType": "NATURAL_PERSON",
            "documentType": "CPF",
            "documentNumber": documents.cpf_named(name),
            "documentCountry": "BRA",
            "documentExpirationDate": None,
            "documentIssueDate": None,
            "documentAdditionalInfo": None,
            "civilName": name,
            "socialName": None,
            "companyName": None,
            "tradeName": None,
            "startDate": wire.bare(person.birth),
            "shareholding": 1,
        }
    ]


def _qualifications(person: Person, origin: Origin, span: Span) -> Json:
    money = wire.reais(scenario.cents(person.income))
    last_year = span.today.year - 1
    return {
        "companyCnpj": documents.cnpj_named(str(origin.connector.get("name"))),
        "occupationCode": None if person.is_company else "CBO",
        "occupationDescription": None if person.is_company else person.job,
        "informedIncome": None
        if person.is_company
        else {"frequency": "MENSAL", "amount": money, "date": wire.bare(span.start)},
        "informedPatrimony": {"amount": money * 30, "year": last_year, "date": wire.bare(span.start)},
        "economicActivities": [{"code": "4729699", "isMain": True}] if person.is_company else None,
        "informedRevenue": {
            "amount": money * 12,
            "frequency": "ANNUAL",
            "frequencyAdditionalInfo": None,
            "year": last_year,
        }
        if person.is_company
        else None,
    }


def _relationships(span: Span) -> Json:
    return {
        "startDate": wire.bare(calendar.later(span.start, -24)),
        "productsServicesType": ["CONTA_DEPOSITO_A_VISTA", "CARTAO_CREDITO"],
        "productsServicesTypeAdditionalInfo": None,
        "procurators": [],
        "accounts": [],
        "portabilitiesReceived": [],
        "paychecksBankLink": [],
    }
