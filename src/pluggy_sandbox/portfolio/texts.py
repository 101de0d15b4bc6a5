"""The Portuguese words that the simulated bank prints by itself."""

SWEEP_OUT = "Aplicação automática"
SWEEP_IN = "Resgate automático"
SAVINGS_YIELD = "Rendimento da poupança"
IOF_ABROAD = "IOF compra internacional"
CARD_PAYMENT = "Pagamento recebido"
BILL_PAYMENT = "Pagamento fatura cartão"
LATE_CHARGES = {
    "LATE_PAYMENT_FEE": "Multa por atraso",
    "LATE_PAYMENT_INTEREST": "Juros de mora",
    "LATE_PAYMENT_REMUNERATIVE_INTEREST": "Juros remuneratórios",
    "IOF": "IOF sobre atraso",
}
PROCESSING = "Em processamento"
SPLIT = "parte {number}"
BACKDATED = "Lançamento retroativo"
LATE_ROW = "Ajuste de lançamento"
