import { expect, it } from 'vitest'
import { conclusionOf } from './cause.js'

const diagnosed = (...causes: string[]) =>
  causes.map((cause) => ({ cause, confidence: 0.9, class: [cause], side: 'wire', evidence: [], remedy: '' }))

it('comes to the likeliest cause, to health, or to nothing that is known', () => {
  expect(conclusionOf({ verdict: 'fail', diagnosis: diagnosed('miso-open', 'cs-stuck-high') })).toBe('miso-open')
  expect(conclusionOf({ verdict: 'pass', diagnosis: [] })).toBe('healthy')
  for (const verdict of ['fail', 'warn', 'skip'] as const)
    expect(conclusionOf({ verdict, diagnosis: [] })).toBe('unknown')
  expect(conclusionOf({ verdict: 'fail', diagnosis: diagnosed('a fault of a later version') })).toBe('unknown')
})
