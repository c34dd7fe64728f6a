import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { MESSAGES_ZH } from '../../host/node/cli/zh/messages.js'
import { root } from './command.js'
import { thrownForms, toldForms } from './thrown.js'

/** What a person is told; other errors are faults of ours, or of whoever calls the library. */
const TOLD = ['UsageError', 'TargetError', 'PortError', 'InterruptedError', 'StrictError', 'TapError']

/** Whose errors no command comes to: the library's doors, the page. */
const ELSEWHERE = /^(web\/|workshop\/|pace\.ts$|target\/open-target\.ts$|target\/simulated-target\.ts$)/

it('every error of the command line has its Chinese', () => {
  const host = join(root, 'host')
  const files = readdirSync(host, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !ELSEWHERE.test(file),
  )
  const forms = files.flatMap((file) =>
    thrownForms(readFileSync(join(host, file), 'utf8'), TOLD).map((form) => [file, form] as const),
  )
  expect(forms.length).toBeGreaterThan(200)
  const told = new Set(MESSAGES_ZH.map(([english]) => english))
  // A form of values alone is put together elsewhere.
  const untold = forms.filter(([, form]) => !told.has(form) && /[a-z]{2}/.test(form))
  expect(untold).toEqual([])
})

it('every line that a command says on standard error has its Chinese', () => {
  // What `net up` says as it goes is said by those who watch its network.
  const rooms = [join(root, 'host', 'node', 'cli'), join(root, 'host', 'network')]
  const forms = rooms.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.ts$/.test(file))
      .flatMap((file) => toldForms(readFileSync(join(room, file), 'utf8'))),
  )
  expect(forms.length).toBeGreaterThan(30)
  const known = new Set(MESSAGES_ZH.map(([english]) => english))
  expect(forms.filter((form) => !known.has(form) && /[a-z]{2}/.test(form))).toEqual([])
})

it('forms are found in the source: of a choice both, of a value its place', () => {
  const choice = ['a ? `no $', '{b(`$', '{c}`)} and $', "{d}` : 'none', { cause }"].join('')
  const source = `throw new UsageError(${choice}); new RangeError('x'); new UsageError(e)`
  expect(thrownForms(source, ['UsageError'])).toEqual(['no {1} and {2}', 'none'])
})
