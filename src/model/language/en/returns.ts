/** What came back of partners, and what their customers are worth. */
export const returns = {
  'return.title': 'Return on partners, last twelve months',
  'return.value': 'return {value:percent}: {margin:money} margin on {cost:money} of cost',
  'return.noCost': 'no return: no cost is on record (margins are known of {p:percent})',
  'return.noMargin': 'no return: margins are known of {p:percent} of what was won, too little',
  'return.won': 'won {won:money} with deals that it brought; margins are known of {p:percent}',
  'return.costs': 'cost {cost:money}: {kinds}',
  'return.unknown': '{n#cost has|costs have} no known amount and {n?counts|count} as nothing',
  'return.coverage': '{n:number} of {all:number} types of cost are on record; none of: {kinds}',
  'customers.title': 'Customers of partners beside direct ones of the same industries',
  'customers.year': `
    {firstYear:money} in a customer’s first year beside {directFirstYear:money} ({n:number}
    customers beside {direct:number} direct ones)`,
  'customers.again': 'bought again within 18 months: {p:percent} beside {pool:percent}',
  'customers.ratio': `
    {times:decimal} times a direct customer ({low:decimal} to {high:decimal}, 80%)`,
  'customers.few': 'too few customers on either side to give a ratio',
  'customers.alone': `
    {n#customer of an industry|customers of industries} without direct ones, compared with
    nobody`,
  'customers.nobody': 'no customer in an industry that has direct ones too',
  'customers.all': 'All partners together:',
  'customers.none': 'No customer of a partner has had a year since its first win.',
  'customers.missing.accounts': 'Not on record: which customer a deal is of.',
  'customers.missing.industries': 'Not on record: industries, so all customers are of one.',
  'customers.missing.renewals': 'Not on record: renewals; what is bought again stands for them.',
  'customers.missing.churn': 'Not on record: churn; nothing is taken off for customers who left.',
} as const;
