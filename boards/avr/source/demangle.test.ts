import { expect, it } from 'vitest'
import { readableName } from './demangle.js'

it.each([
  ['main', 'main'],
  ['_ZN8Enc28J604initEv', 'Enc28J60::init'],
  ['_ZNK5Print17availableForWriteEv', 'Print::availableForWrite'],
  ['_ZL6selectv', 'select'],
  ['_Z5setupv', 'setup'],
  ['_ZN7TwoWireC2Ev', 'TwoWire::TwoWire'],
  ['_ZN3net3TcpD1Ev', 'net::Tcp::~Tcp'],
  ['_ZN9IPAddressaSEPKh', 'IPAddress::operator='],
  ['_ZN6StringixEj', 'String::operator[]'],
  ['_ZdlPv', 'operator delete'],
  ['_ZN12_GLOBAL__N_13putEh', '(anonymous namespace)::put'],
  ['_ZN8Enc28J607writeOpEhh.constprop.3', 'Enc28J60::writeOp'],
  ['cs.part.0', 'cs'],
  ['send.lto_priv.12.part.0', 'send'],
])('%s is %s', (symbol, name) => {
  expect(readableName(symbol)).toBe(name)
})

it.each([
  '_Z', // nothing
  '_ZN', // cut off
  '_ZN99999fooEv', // a name that is longer than the rest
  '_Z3absIiET_S0_', // a template
  '_ZN3BoxIiE3getEv', // a member of one
  '_ZZ4mainENKUlvE_clEv', // a lambda
  '_ZTV5Print', // a table
  '__vector_16',
  '.part.0',
  '_GLOBAL__sub_I_chip',
])('what has something else in it stays as it is: %s', (symbol) => {
  expect(readableName(symbol)).toBe(symbol)
})
