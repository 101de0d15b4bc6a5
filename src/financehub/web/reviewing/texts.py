"""Why two rows are, or may be, one; and what the review queue says, in Portuguese and English."""

from financehub.core.words import Words

REASONS = {
    "provider_id": Words("o banco deu a mesma identificação", "the bank gave the same identification"),
    "payment_reference": Words("o pagamento tem o mesmo código", "the payment has the same code"),
    "former_id": Words("já teve esta identificação antes", "it has had this identification before"),
    "same_amount": Words("mesmo valor", "same amount"),
    "close_amount": Words("valor quase igual", "nearly the same amount"),
    "same_day": Words("mesmo dia", "same day"),
    "near_day": Words("poucos dias de diferença", "a few days apart"),
    "purchase_day": Words("mesma data de compra", "same purchase date"),
    "installment_purchase": Words("mesma compra parcelada", "same purchase in parcels"),
    "installment": Words("mesma parcela", "same parcel"),
    "same_text": Words("mesma descrição", "same description"),
    "like_text": Words("descrição parecida", "similar description"),
    "some_text": Words("parte da descrição", "part of the description"),
    "card": Words("mesmo cartão", "same card"),
    "mcc": Words("mesmo tipo de loja", "same kind of shop"),
    "counterparty": Words("mesma pessoa ou empresa", "same person or company"),
    "posted": Words("estava pendente e foi lançado", "it was pending and got posted"),
    "left_over": Words("o resto da fatura já foi reconhecido", "the rest of the bill is recognised"),
    "fingerprint": Words("mesmo dia, valor e descrição", "same day, amount and description"),
    "person": Words("alguém confirmou", "somebody confirmed it"),
    "receiver_is_owner": Words("quem recebe é o titular", "the receiver is the holder"),
    "payer_is_owner": Words("quem paga é o titular", "the payer is the holder"),
    "account_number": Words("a conta de destino é sua", "the account it went to is yours"),
    "own_transfer_words": Words(
        "o banco diz que é entre contas próprias", "the bank says between own accounts"
    ),
    "sent_as_bill_payment": Words("saiu como pagamento de fatura", "it left as a bill payment"),
    "received_as_bill_payment": Words("entrou no cartão como pagamento", "the card received it as a payment"),
    "bill_total": Words("igual ao total de uma fatura", "equal to the total of a bill"),
    "same_bank": Words("mesmo banco", "same bank"),
    "same_number": Words("mesmo número", "same number"),
    "same_document": Words("mesmo titular", "same holder"),
    "same_institution": Words("mesma instituição", "same institution"),
}
QUESTIONS = {
    "rekeyed": Words("O banco trocou este lançamento?", "Did the bank replace this row?"),
    "transfer": Words("Para onde foi este dinheiro?", "Where did this money go?"),
    "same_account": Words("É a mesma conta?", "Is it the same account?"),
}
HINTS = {
    "rekeyed": Words(
        "Ele sumiu do banco e há mais de um parecido. O que você anotou está guardado.",
        "It is gone from the bank and more than one looks like it. What you wrote is kept.",
    ),
    "transfer": Words(
        "Há mais de uma entrada que pode ser esta transferência.",
        "More than one row may be the other end of this transfer.",
    ),
    "same_account": Words(
        "Esta conta chegou por duas conexões. Juntar mantém as anotações e evita contar em dobro.",
        "This account came through two connections. Merging keeps what you wrote and counts nothing twice.",
    ),
}
OUTCOMES = {
    "ACCEPTED": Words("confirmado", "confirmed"),
    "REJECTED": Words("recusado, não pergunta mais", "refused, will not be asked again"),
}
DONE = {
    "chosen": Words(
        "Pronto: suas anotações estão no lançamento escolhido.", "Done: what you wrote is on the chosen row."
    ),
    "refused": Words("Anotado. Não vamos perguntar de novo.", "Noted. It will not be asked again."),
    "reopened": Words("Desfeito: a pergunta voltou para a fila.", "Undone: the question is back."),
    "parted": Words("Separados. Não serão juntados de novo.", "Parted. They will not be joined again."),
    "kept": Words("Continua pendente, sem mais avisos.", "It stays pending, without further notice."),
    "merged": Words(
        'Contas juntadas. Dá para desfazer em "Decidido".', 'Accounts merged. "Decided" takes it back.'
    ),
    "dropped": Words("Apagado. Pode ser restaurado na transação.", "Deleted. The row can be restored."),
    "rows_merged": Words(
        "Juntados: contam uma vez só, também depois das próximas leituras.",
        "Merged: they count once, after the next readings too.",
    ),
    "rows_parted": Words("Separados: são dois lançamentos de novo.", "Parted: they are two rows again."),
}
REFUSALS = {
    "not_offered": Words("Esta opção não existe mais. Veja de novo.", "This option is gone. Look again."),
    "not_the_same": Words(
        "Escolha de 2 a 10 lançamentos visíveis, na mesma moeda e no mesmo sentido.",
        "Choose 2 to 10 visible rows in one currency and one direction.",
    ),
    "account_is_read": Words(
        "O banco está sendo lido agora. Tente de novo em um minuto.",
        "The bank is being read just now. Try again in a minute.",
    ),
    "nothing_to_undo": Words("Já não há o que desfazer aqui.", "There is nothing left to undo here."),
}


def refusal(code: str) -> str:
    """What to say when the domain said no."""
    return str(REFUSALS.get(code, REFUSALS["not_offered"]))
