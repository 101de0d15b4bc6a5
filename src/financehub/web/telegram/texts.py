"""Words of the Telegram page that depend on a code, in Portuguese and English."""

from financehub.core.words import Words

AWAY = Words(
    "O Telegram não respondeu agora. Tente de novo em instantes.",
    "Telegram did not answer now. Try again in a moment.",
)
