/** 每一类故障叫什么，别人会看到什么，可以设定什么。英文写在故障本身（`boards/faults/`）；类型保证一类不少。 */
import type { FaultTexts } from '../fault-texts.js'
import { CABLE_FAULTS_ZH } from './faults/cable.js'
import { CHIP_FAULTS_ZH } from './faults/chip.js'
import { COMPUTER_FAULTS_ZH } from './faults/computer.js'
import { PARTNER_FAULTS_ZH } from './faults/partner.js'
import { SERIAL_FAULTS_ZH } from './faults/serial.js'
import { SUPPLY_FAULTS_ZH } from './faults/supply.js'
import { WIRING_FAULTS_ZH } from './faults/wiring.js'

export const FAULTS_ZH: FaultTexts = {
  ...CABLE_FAULTS_ZH,
  ...CHIP_FAULTS_ZH,
  ...COMPUTER_FAULTS_ZH,
  ...PARTNER_FAULTS_ZH,
  ...SERIAL_FAULTS_ZH,
  ...SUPPLY_FAULTS_ZH,
  ...WIRING_FAULTS_ZH,
}
