"""The words of transactions, and what keeps them true on both databases."""

import django.db.models.deletion
import financehub.banking.models.search
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

COLUMNS = ("description", "own_description", "own_note", "counterparty_name", "merchant_name")
POSTGRESQL = (
    "CREATE TABLE banking_unsearched (transaction_id uuid NOT NULL)",
    "CREATE INDEX banking_searched_words ON banking_searchedrow USING gin (words)",
    """CREATE FUNCTION banking_note_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO banking_unsearched SELECT id FROM written; RETURN NULL; END $$""",
    """CREATE FUNCTION banking_note_rewritten() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO banking_unsearched VALUES (NEW.id); RETURN NULL; END $$""",
    """CREATE TRIGGER transactions_inserted AFTER INSERT ON banking_transaction
        REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION banking_note_inserted()""",
    f"""CREATE TRIGGER transactions_rewritten AFTER UPDATE ON banking_transaction FOR EACH ROW
        WHEN (({", ".join(f"OLD.{name}" for name in COLUMNS)})
            IS DISTINCT FROM ({", ".join(f"NEW.{name}" for name in COLUMNS)}))
        EXECUTE FUNCTION banking_note_rewritten()""",
    "INSERT INTO banking_unsearched SELECT id FROM banking_transaction",
)
POSTGRESQL_BACK = (
    "DROP TRIGGER transactions_inserted ON banking_transaction",
    "DROP TRIGGER transactions_rewritten ON banking_transaction",
    "DROP FUNCTION banking_note_inserted()",
    "DROP FUNCTION banking_note_rewritten()",
    "DROP TABLE banking_unsearched",
)
SQLITE = (
    "CREATE TABLE banking_unsearched (transaction_id char(32) NOT NULL)",
    """CREATE VIRTUAL TABLE banking_words USING fts5(words, content='banking_searchedrow', content_rowid='id',
        tokenize="ascii tokenchars '_'", prefix='2 3', detail='none')""",
    """CREATE TRIGGER searched_inserted AFTER INSERT ON banking_searchedrow BEGIN
        INSERT INTO banking_words(rowid, words) VALUES (NEW.id, NEW.words); END""",
    """CREATE TRIGGER searched_updated AFTER UPDATE ON banking_searchedrow BEGIN
        INSERT INTO banking_words(banking_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
        INSERT INTO banking_words(rowid, words) VALUES (NEW.id, NEW.words); END""",
    """CREATE TRIGGER searched_deleted AFTER DELETE ON banking_searchedrow BEGIN
        INSERT INTO banking_words(banking_words, rowid, words) VALUES ('delete', OLD.id, OLD.words); END""",
    """CREATE TRIGGER transactions_inserted AFTER INSERT ON banking_transaction BEGIN
        INSERT INTO banking_unsearched VALUES (NEW.id); END""",
    f"""CREATE TRIGGER transactions_rewritten AFTER UPDATE OF {", ".join(COLUMNS)} ON banking_transaction
        WHEN {" OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in COLUMNS)} BEGIN
        INSERT INTO banking_unsearched VALUES (NEW.id); END""",
    "INSERT INTO banking_unsearched SELECT id FROM banking_transaction",
)
SQLITE_BACK = (
    "DROP TRIGGER transactions_inserted",
    "DROP TRIGGER transactions_rewritten",
    "DROP TRIGGER searched_inserted",
    "DROP TRIGGER searched_updated",
    "DROP TRIGGER searched_deleted",
    "DROP TABLE banking_words",
    "DROP TABLE banking_unsearched",
)


def add(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Notes of rows to make words of, by triggers; and the index of the words."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if is_postgresql else SQLITE:
        schema_editor.execute(statement)


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_BACK if is_postgresql else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("banking", "0013_merges_and_pages"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchedRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("words", financehub.banking.models.search.WordsField()),
                (
                    "transaction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="searched",
                        to="banking.transaction",
                    ),
                ),
            ],
        ),
        migrations.RunPython(add, remove),
    ]
