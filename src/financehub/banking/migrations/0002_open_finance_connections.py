"""A read-only view for operators: who is connected to what, and when it last synced."""

from django.db import migrations

CREATE = """
CREATE VIEW open_finance_connections AS
SELECT item.id AS item_id,
       item.company_id,
       item.created_by_id AS user_id,
       item.pluggy_id,
       connector.name AS connector_name,
       item.status,
       item.execution_status,
       item.error_code,
       item.last_sync_at,
       item.last_updated_at,
       item.next_auto_sync_at,
       item.consent_expires_at,
       item.created_at,
       item.disconnected_at
FROM banking_item item
JOIN banking_connector connector ON connector.id = item.connector_id
"""


class Migration(migrations.Migration):
    dependencies = [("banking", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, "DROP VIEW open_finance_connections")]
