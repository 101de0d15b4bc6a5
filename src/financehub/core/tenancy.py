"""Every query of a company's rows starts from that company; one that does not is refused."""

from collections.abc import Iterator
from typing import Any, NoReturn, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from financehub.core.errors import NotFound
from financehub.core.ids import new_id

RowT = TypeVar("RowT", bound=models.Model, covariant=True)


class UnscopedQuery(RuntimeError):
    """A tenant's table was about to be read or written without naming the company."""


class TenantQuery(Query):
    """The SQL of a tenant's table; inside another query it runs only when it names the company.

    `is_scoped` goes along with every copy. What Django builds inside of its own accord is part of a query that was
    asked for, so it counts as scoped.
    """

    is_scoped = True

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """As a subquery."""
        if not self.is_scoped:
            raise UnscopedQuery(f"{self.get_meta().object_name}: start from .of(company)")
        return super().as_sql(compiler, connection)


class TenantQuerySet(models.QuerySet[RowT, RowT]):
    """A queryset that runs only after `.of(company)`, through a parent row, or `.across_companies()`."""

    is_scoped = False
    _hints: dict[str, models.Model]

    def __init__(
        self,
        model: type[models.Model] | None = None,
        query: Query | None = None,
        using: str | None = None,
        hints: dict[str, models.Model] | None = None,
    ) -> None:
        if query is None and model is not None:
            query = TenantQuery(model)
            query.is_scoped = "instance" in (hints or {})
        super().__init__(model, query, using, hints)

    def of(self, company: models.Model | UUID) -> Self:
        """Only this company's rows."""
        company_id = company.pk if isinstance(company, models.Model) else company
        return self._marked().filter(company_id=company_id)

    def across_companies(self) -> Self:
        """Rows of every company: for the clock, the sweepers and the operator, never for a door."""
        return self._marked()

    def get_or_raise(self, key: UUID | str) -> RowT:
        """The row with our key. Raises NotFound, also for another company's row and for what is no key."""
        try:
            row = self.filter(pk=key if isinstance(key, UUID) else UUID(key)).first()
        except ValueError:
            row = None
        if row is None:
            raise NotFound(f"{self.model.__name__} not found")
        return row

    def _marked(self) -> Self:
        chained = self.all()
        chained.is_scoped = True
        _scope(chained.query)
        return chained

    def _add_hints(self, **hints: models.Model) -> None:
        """A parent row leads here: its children are its company's, also inside another query."""
        super()._add_hints(**hints)  # type: ignore[misc]
        if "instance" in hints:
            _scope(self.query)

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone.is_scoped = self.is_scoped
        return clone

    def _require_scope(self) -> None:
        if not (self.is_scoped or "instance" in self._hints):
            raise UnscopedQuery(f"{self.model.__name__}: start from .of(company)")

    def __and__(self, other: models.QuerySet[Any, Any]) -> Self:
        self._require_scope()
        return super().__and__(other)

    def __or__(self, other: models.QuerySet[Any, Any]) -> Self:
        self._require_scope_of_both(other)
        return super().__or__(other)

    def __xor__(self, other: models.QuerySet[Any, Any]) -> Self:
        self._require_scope_of_both(other)
        return super().__xor__(other)

    def union(self, *others: models.QuerySet[Any, Any], **kwargs: Any) -> Self:
        self._require_scope_of_both(*others)
        return super().union(*others, **kwargs)

    def intersection(self, *others: models.QuerySet[Any, Any]) -> Self:
        self._require_scope_of_both(*others)
        return super().intersection(*others)

    def difference(self, *others: models.QuerySet[Any, Any]) -> Self:
        self._require_scope_of_both(*others)
        return super().difference(*others)

    def raw(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """SQL written by hand names no company that could be checked: write it against the tables instead."""
        raise UnscopedQuery(f"{self.model.__name__}: no raw SQL on a tenant's table")

    def explain(self, **options: Any) -> str:
        self._require_scope()
        return super().explain(**options)

    def _require_scope_of_both(self, *others: models.QuerySet[Any, Any]) -> None:
        """One unscoped side would let every company's rows in."""
        for side in (self, *others):
            if isinstance(side, TenantQuerySet):
                side._require_scope()  # noqa: SLF001 - our own class

    def _fetch_all(self) -> None:
        self._require_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[RowT]:
        self._require_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._require_scope()
        return super().count()

    def exists(self) -> bool:
        self._require_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._require_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._require_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._require_scope()
        return super().delete()


def _scope(query: Query) -> None:
    if isinstance(query, TenantQuery):
        query.is_scoped = True


class TenantModel(models.Model):
    """A row that belongs to a company and is found only through it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey("companies.Company", on_delete=models.CASCADE, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"
