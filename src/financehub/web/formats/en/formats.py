"""English for people in Brazil: the day first, 24 hours, as on their bank's papers."""

SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
