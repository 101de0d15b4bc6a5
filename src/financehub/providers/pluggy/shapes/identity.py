"""Identity: who the bank says the person or the company is. Everything here is personal data."""

from decimal import Decimal

import msgspec

from financehub.providers.pluggy.shapes.base import NULL, Moment, Record, Shape, Text


class Address(Shape, kw_only=True):
    full_address: str | None = None
    primary_address: str | None = None
    city: str | None = None
    postal_code: str | None = None
    state: str | None = None
    country: str | None = None
    type: str | None = None
    additional_info: str | None = None
    district: str | None = None
    ibge_town_code: str | None = None
    country_code: str | None = None


class PhoneNumber(Shape, kw_only=True):
    value: Text = ""
    type: str | None = None
    country_calling_code: str | None = None
    area_code: str | None = None
    extension: str | None = None
    additional_info: str | None = None


class Email(Shape, kw_only=True):
    value: Text = ""
    type: str | None = None


class Relation(Shape, kw_only=True):
    type: str | None = None
    name: str | None = None
    document: str | None = None


class InformedIncome(Shape, kw_only=True):
    frequency: str | None = None
    amount: Decimal | None = None
    date: Moment | None = None


class InformedPatrimony(Shape, kw_only=True):
    amount: Decimal | None = None
    year: int | None = None
    date: Moment | None = None


class InformedRevenue(Shape, kw_only=True):
    amount: Decimal | None = None
    frequency: str | None = None
    frequency_additional_info: str | None = None
    year: int | None = None


class EconomicActivity(Shape, kw_only=True):
    code: Text = ""
    is_main: bool | None = None


class Qualifications(Shape, kw_only=True):
    company_cnpj: str | None = None
    occupation_code: str | None = None
    occupation_description: str | None = None
    informed_income: InformedIncome | None = None
    informed_patrimony: InformedPatrimony | None = None
    economic_activities: list[EconomicActivity] | None = None
    informed_revenue: InformedRevenue | None = None


class BusinessParty(Shape, kw_only=True):
    type: str | None = None
    person_type: str | None = None
    document_type: str | None = None
    document_number: str | None = None
    civil_name: str | None = None
    social_name: str | None = None
    company_name: str | None = None
    trade_name: str | None = None
    start_date: Moment | None = None
    shareholding: Decimal | None = None


class Identity(Record, kw_only=True):
    """Rarely used regulatory blocks (relationships, nationality, passport, other documents) stay raw JSON."""

    id: str
    item_id: str
    birth_date: Moment | None = None
    tax_number: str | None = None
    document: str | None = None
    document_type: str | None = None
    job_title: str | None = None
    full_name: str | None = None
    establishment_code: str | None = None
    establishment_name: str | None = None
    company_name: str | None = None
    phone_numbers: list[PhoneNumber] | None = None
    emails: list[Email] | None = None
    addresses: list[Address] | None = None
    relations: list[Relation] | None = None
    investor_profile: str | None = None
    qualifications: Qualifications | None = None
    social_name: str | None = None
    sex: str | None = None
    incorporation_date: Moment | None = None
    parties: list[BusinessParty] | None = None
    companies_cnpj: list[str] | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None
    financial_relationships: msgspec.Raw = NULL
    marital_status: msgspec.Raw = NULL
    nationality: msgspec.Raw = NULL
    other_documents: msgspec.Raw = NULL
    business_other_documents: msgspec.Raw = NULL
    passport: msgspec.Raw = NULL
