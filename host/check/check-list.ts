/** Every check, in running order: from the line upwards. */
import { EN } from '../text/en.js'
import { keyed } from '../text/keyed.js'
import { say } from '../text/say.js'
import { CHIP_CHECKS } from './checks/chip.js'
import { MAC_CHECKS } from './checks/mac.js'
import { MEDIUM_CHECKS } from './checks/medium.js'
import { NETWORK_CHECKS } from './checks/network.js'
import { PHY_CHECKS } from './checks/phy.js'
import { CLOSING_CHECKS, SERIAL_CHECKS } from './checks/serial.js'
import { SPI_CHECKS } from './checks/spi.js'
import type { BoardCheck, CheckContext } from './context.js'
import type { CheckId } from './figures/all.js'
import type { Check, CheckDescription } from './types.js'

const UNTITLED: readonly BoardCheck[] = [
  ...SERIAL_CHECKS,
  ...SPI_CHECKS,
  ...CHIP_CHECKS,
  ...PHY_CHECKS,
  ...MEDIUM_CHECKS,
  ...MAC_CHECKS,
  ...NETWORK_CHECKS,
  ...CLOSING_CHECKS,
]

export const CHECKS: readonly Check<CheckContext, CheckId>[] = UNTITLED.map((check) => {
  const title = keyed(check.id)
  return { ...check, title: say(EN, title), keyed: { title } }
})

/** What `check --list` shows. */
export function listChecks(): CheckDescription[] {
  return CHECKS.map(({ id, layer, title, reference }) => ({ id, layer, title, reference }))
}
