import { describe, expect, it } from 'vitest'
import { numberText, signedText } from './number-text.js'

describe('a number for a person', () => {
  it('has a minus sign, not a hyphen (Unicode 2212 against 002D)', () => {
    expect(numberText(-0.55)).toBe('\u22120.55')
    expect(numberText(-9)).toBe('\u22129')
    expect(signedText(-7.692, 2)).toBe('\u22127.69')
    expect(signedText(4.5678, 2)).toBe('+4.57')
  })

  it('has no sign where there is nothing left of it', () => {
    expect([numberText(0), numberText(-0), numberText(-0.0001), numberText(-0.04, 1)]).toEqual(['0', '0', '0', '0.0'])
  })

  it('has the digits that it needs, or those it is told', () => {
    expect([numberText(12), numberText(0.1 + 0.2), numberText(1.5, 2)]).toEqual(['12', '0.3', '1.50'])
  })
})
