import { expect, it } from 'vitest'
import { FINDING_RULES } from '../../boards/chips/enc28j60/finding-rules.js'
import { FINDING_REMEDIES } from './en/finding-remedies.js'
import { FINDING_REMEDIES_ZH } from './zh/finding-remedies.js'

it('has a remedy for every rule of the chip, in both languages, each its own', () => {
  const rules = Object.keys(FINDING_REMEDIES)
  expect(rules).toEqual(expect.arrayContaining(Object.keys(FINDING_RULES)))
  expect(Object.keys(FINDING_REMEDIES_ZH)).toEqual(rules)
  expect(new Set(Object.values(FINDING_REMEDIES)).size).toBe(rules.length)
  for (const [rule, words] of Object.entries(FINDING_REMEDIES_ZH)) {
    expect([rule, words]).toEqual([rule, expect.stringMatching(/[\u4e00-\u9fff]/)])
  }
})
