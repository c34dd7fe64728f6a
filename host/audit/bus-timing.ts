/** What of the bus breaks the data sheet's figures, as far as a recording shows it for sure: by more than the time between two samples. */
import { FINDING_RULES, type FindingId } from '../../boards/chips/enc28j60/finding-rules.js'
import type { Finding } from '../../boards/chips/enc28j60/findings.js'
import { CS_HIGH, CS_SETUP } from '../../boards/chips/enc28j60/spi-timing.js'
import type { SelectFrame } from './spi-frames.js'

/** What instants are exact to where each change has its own, ns. */
const EXACT_TO = 1

/** @param period ns between two samples; 0 where each change has an instant of its own */
export function busFindings(frames: readonly SelectFrame[], period: number): readonly Finding[] {
  const margin = Math.max(period, EXACT_TO)
  const findings: Finding[] = []
  for (const { selected, setup, rested, clockHigh, spareBits, mosi } of frames) {
    const report = (id: FindingId): void => {
      const [rule, source] = FINDING_RULES[id]
      findings.push({ id, at: selected, octets: Uint8Array.from(mosi.slice(0, OCTETS_SHOWN)), rule, source })
    }
    if (setup !== undefined && setup + margin < CS_SETUP) report('cs-setup-too-short')
    if (rested !== undefined && rested + margin < CS_HIGH) report('cs-high-too-short')
    if (clockHigh) report('sck-not-idle-low')
    if (spareBits > 0) report('incomplete-octet')
  }
  return findings
}

const OCTETS_SHOWN = 32
