/** 每一类故障叫什么，别人会看到什么，可以设定什么。英文写在故障本身（`boards/faults/`）；类型保证一类不少。 */
import type { FaultTexts } from '../fault-texts.js'
import { CABLE_FAULT_TEXTS_ZH } from './faults/cable.js'
import { CHIP_FAULT_TEXTS_ZH } from './faults/chip.js'
import { COMPUTER_FAULT_TEXTS_ZH } from './faults/computer.js'
import { PARTNER_FAULT_TEXTS_ZH } from './faults/partner.js'
import { SERIAL_FAULT_TEXTS_ZH } from './faults/serial.js'
import { SUPPLY_FAULT_TEXTS_ZH } from './faults/supply.js'
import { WIRING_FAULT_TEXTS_ZH } from './faults/wiring.js'

export const FAULT_TEXTS_ZH: FaultTexts = {
  ...CABLE_FAULT_TEXTS_ZH,
  ...CHIP_FAULT_TEXTS_ZH,
  ...COMPUTER_FAULT_TEXTS_ZH,
  ...PARTNER_FAULT_TEXTS_ZH,
  ...SERIAL_FAULT_TEXTS_ZH,
  ...SUPPLY_FAULT_TEXTS_ZH,
  ...WIRING_FAULT_TEXTS_ZH,
}
