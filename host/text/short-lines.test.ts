import { expect, it } from 'vitest'
import { shortLines } from './short-lines.js'

it('leaves lines as they are that a person can read', () => {
  const text = `${'a'.repeat(800)}\n\nshort\n`
  expect(shortLines(text)).toBe(text)
})

it('shows both ends of a longer one, and says what is not shown', () => {
  const [first, second] = shortLines(`it is "${'('.repeat(400_000)}": too long\nsecond`).split('\n')
  expect(first).toMatch(/^it is "\(+ … \(\d+ characters\) … \(+": too long$/)
  expect(first.length).toBeLessThan(900)
  expect(second).toBe('second')
})
