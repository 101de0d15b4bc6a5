// The vendor's Node SDK over the whole simulator; prints one JSON object of what it saw.
// PLUGGY_API_URL names the simulator (the SDK reads it too); PLUGGY_CLIENT_ID and PLUGGY_CLIENT_SECRET its keys.
import pluggy from 'pluggy-sdk'

const { PluggyClient } = pluggy
const { PLUGGY_API_URL, PLUGGY_CLIENT_ID, PLUGGY_CLIENT_SECRET } = process.env
const client = new PluggyClient({ clientId: PLUGGY_CLIENT_ID, clientSecret: PLUGGY_CLIENT_SECRET })
const good = { user: 'user-ok', password: 'password-ok' }
const nobody = '00000000-0000-4000-8000-000000000000'
console.error = () => {} // the SDK prints every refused call

async function control(path, body) {
  const answer = await fetch(`${PLUGGY_API_URL}/_control${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
}

async function connect(connectorId, parameters, options) {
  const item = await client.createItem(connectorId, parameters, options)
  await control('/clock', { seconds: 10 })
  return client.fetchItem(item.id)
}

async function refusal(call) {
  try {
    await call()
  } catch (body) {
    return body
  }
  return null
}

async function connectors() {
  const all = (await client.fetchConnectors({ sandbox: true })).results
  const named = (await client.fetchConnectors({ name: 'nubank' })).results
  const checked = await client.validateParameters(2, { user: 'nobody', password: 'password-ok' })
  return {
    count: all.length,
    sandboxIds: all.filter(row => row.isSandbox).map(row => row.id),
    named: named.map(row => row.name),
    one: (await client.fetchConnector(601)).name,
    invalid: checked.errors.map(error => error.parameter),
  }
}

async function items() {
  const token = await client.createConnectToken(undefined, { clientUserId: 'person-1' })
  const item = await connect(2, good, { clientUserId: 'person-1' })
  const updating = await client.updateItem(item.id, good)
  await control('/clock', { seconds: 10 })
  const updated = await client.fetchItem(item.id)
  const asked = await connect(5, good)
  const answered = await client.updateItemMFA(asked.id, { [asked.parameter.name]: '123456' })
  await control('/clock', { seconds: 10 })
  const done = await client.fetchItem(asked.id)
  await client.deleteItem(asked.id)
  return {
    item,
    tokenParts: token.accessToken.split('.').length,
    updating: updating.status,
    updated: updated.executionStatus,
    asked: [asked.status, asked.parameter.name, asked.parameter.expiresAt instanceof Date],
    answered: answered.status,
    done: done.executionStatus,
    deleted: await refusal(() => client.fetchItem(asked.id)),
  }
}

async function accounts(itemId) {
  const found = (await client.fetchAccounts(itemId)).results
  const card = (await client.fetchAccounts(itemId, 'CREDIT')).results[0]
  const checking = found[0]
  const rows = await client.fetchAllTransactions(checking.id)
  const page = await client.fetchTransactions(checking.id, { pageSize: 500, page: 1 })
  const first = await client.fetchTransactionsCursor(checking.id, { dateFrom: '2026-09-01', dateTo: '2026-09-30' })
  const chosen = await client.fetchTransactionsCursor(checking.id, { ids: rows.slice(0, 3).map(row => row.id) })
  const changed = await client.updateTransactionCategory(rows[9].id, '13000000')
  const bills = (await client.fetchCreditCardBills(card.id, { pageSize: 500 })).results
  return {
    subtypes: found.map(row => row.subtype),
    same: (await client.fetchAccount(checking.id)).id === checking.id,
    rows: rows.length,
    distinct: new Set(rows.map(row => row.id)).size,
    total: page.total,
    dated: rows.every(row => row.date instanceof Date && row.createdAt instanceof Date),
    numbers: rows.every(row => typeof row.amount === 'number'),
    months: [...new Set(first.results.map(row => row.date.toISOString().slice(0, 7)))],
    chosen: chosen.results.length,
    category: [changed.category, (await client.fetchTransaction(rows[9].id)).categoryId],
    statements: (await client.fetchAccountStatements(checking.id)).results.length,
    bills: bills.length,
    bill: (await client.fetchCreditCardBill(bills[0].id)).totalAmount === bills[0].totalAmount,
    cardRows: (await client.fetchAllTransactions(card.id)).length,
  }
}

async function products(itemId) {
  const investments = (await client.fetchInvestments(itemId)).results
  const treasury = (await client.fetchInvestments(itemId, 'FIXED_INCOME')).results
  const loans = (await client.fetchLoans(itemId)).results
  const identity = await client.fetchIdentityByItemId(itemId)
  const remote = await client.createItem(612, { cpf: '761.092.776-73' })
  await control('/clock', { seconds: 2 })
  await control(`/items/${remote.id}/approve`, {})
  await control('/clock', { seconds: 10 })
  const consents = (await client.fetchConsents(remote.id)).results
  return {
    investments: investments.length,
    fixedIncome: treasury.length,
    investment: (await client.fetchInvestment(investments[0].id)).name === investments[0].name,
    movements: (await client.fetchAllInvestmentTransactions(treasury[1].id)).length,
    firstMovements: (await client.fetchInvestmentTransactions(treasury[1].id)).total,
    loans: loans.map(loan => loan.productName),
    loan: (await client.fetchLoan(loans[0].id)).contractAmount,
    identity: [identity.fullName, (await client.fetchIdentity(identity.id)).taxNumber],
    consents: consents.length,
    consent: (await client.fetchConsent(consents[0].id)).itemId === remote.id,
  }
}

async function rest() {
  const hook = await client.createWebhook('item/updated', 'http://127.0.0.1:9/hook', { 'X-Key': 'secret' })
  const changed = await client.updateWebhook(hook.id, { event: 'all' })
  const listed = (await client.fetchWebhooks()).results.length
  const fetched = (await client.fetchWebhook(hook.id)).event
  await client.deleteWebhook(hook.id)
  return {
    categories: (await client.fetchCategories()).total,
    category: (await client.fetchCategory('05070000')).description,
    webhook: [hook.headers, changed.event, listed, fetched],
    missing: await refusal(() => client.fetchAccount(nobody)),
    badToken: await refusal(() => new PluggyClient({ clientId: nobody, clientSecret: 'wrong' }).fetchCategories()),
  }
}

const seen = { connectors: await connectors(), items: await items() }
seen.accounts = await accounts(seen.items.item.id)
seen.products = await products(seen.items.item.id)
seen.rest = await rest()
process.stdout.write(JSON.stringify(seen))
