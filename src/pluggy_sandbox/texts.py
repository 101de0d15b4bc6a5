"""The Portuguese words a bank shows, kept apart from the code that decides when."""

CODE_LABEL = "Token"
CODE_HELP = "Digite o token do aplicativo do banco"
CODE_INVALID = "O token deve ter 6 números"
IMAGE_LABEL = "Digite os números da imagem"
QR_LABEL = "Leia o QR code com o aplicativo e digite o código"
QR_INSTRUCTIONS = "Abra o aplicativo do banco e leia o QR code"
SELECT_LABEL = "Escolha como receber o token"
SELECT_OPTIONS = {"0": "SMS", "1": "E-mail"}
PHONE_LABEL = "Para qual telefone enviamos o código?"
PHONE_OPTIONS = {"0": "(11) *****-1234", "1": "(11) *****-5678"}
COMPANY_LABEL = "Escolha a empresa"
COMPANY_OPTIONS = {"0": "Padaria Pinheiros LTDA", "1": "Pinheiros Entregas ME"}
AUTHORISE_AT_BANK = "Autorize o compartilhamento no site do banco"
AUTHORISE_DEVICE = "Autorize este acesso no aplicativo do banco"
PENDING_TERMS = "Aceite os novos termos de uso no aplicativo do banco"
BALANCE_MISSING = "Saldo detalhado indisponível no momento"
MONTHLY_LIMIT = "Limite mensal de consultas do Open Finance atingido"
ACCOUNTS_UNAVAILABLE = "Não foi possível consultar as contas"
