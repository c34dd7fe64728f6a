/** Every sentence, in English. Keys begin with what they are about: a cause, a check, a part of the report. */
import { AGAINST_WORDS } from './against.js'
import { AUDIT_WORDS } from './audit.js'
import { BOARD_WORDS } from './board.js'
import { CAMPAIGN_WORDS } from './campaign.js'
import { CHIP_PROMPT_WORDS } from './chip-prompt.js'
import { COMPARE_WORDS } from './compare.js'
import { DEMO_WORDS } from './demo.js'
import { CABLE_DIAGNOSIS } from './diagnosis/cable.js'
import { CHIP_DIAGNOSIS } from './diagnosis/chip.js'
import { INFERENCE_WORDS } from './diagnosis/inference.js'
import { MEDIUM_DIAGNOSIS } from './diagnosis/medium.js'
import { CHIP_REMEDIES } from './diagnosis/remedies-chip.js'
import { NETWORK_REMEDIES } from './diagnosis/remedies-network.js'
import { SERIAL_REMEDIES } from './diagnosis/remedies-serial.js'
import { WIRE_REMEDIES } from './diagnosis/remedies-wires.js'
import { SERIAL_DIAGNOSIS } from './diagnosis/serial.js'
import { SERIAL_WIRING_DIAGNOSIS } from './diagnosis/serial-wiring.js'
import { WIRING_DIAGNOSIS } from './diagnosis/wiring.js'
import { DRILL_WORDS } from './drill.js'
import { DRILL_ERRORS } from './drill-errors.js'
import { DROP_WORDS } from './drop-reasons.js'
import { EXTCAP_WORDS } from './extcap.js'
import { FAULT_LIST_WORDS } from './fault-list.js'
import { FINDING_RULE_WORDS } from './finding-rules.js'
import { LAB_WORDS } from './lab.js'
import { LADDER_WORDS } from './ladder.js'
import { LINES_WORDS } from './lines.js'
import { MEASURED } from './measured.js'
import { NET_STAT_WORDS } from './net-stat.js'
import { PING_WORDS } from './ping.js'
import { PORT_WORDS } from './port.js'
import { REASONS } from './reasons.js'
import { REPORT_WORDS } from './report.js'
import { RUN } from './run.js'
import { TERMINAL_WORDS } from './terminal.js'
import { TITLES } from './titles.js'

export const SENTENCES = {
  ...TITLES,
  ...MEASURED,
  ...RUN,
  ...TERMINAL_WORDS,
  ...REPORT_WORDS,
  ...FINDING_RULE_WORDS,
  ...DROP_WORDS,
  ...COMPARE_WORDS,
  ...AGAINST_WORDS,
  ...AUDIT_WORDS,
  ...REASONS,
  ...PORT_WORDS,
  ...SERIAL_DIAGNOSIS,
  ...SERIAL_WIRING_DIAGNOSIS,
  ...WIRING_DIAGNOSIS,
  ...CHIP_DIAGNOSIS,
  ...CABLE_DIAGNOSIS,
  ...MEDIUM_DIAGNOSIS,
  ...WIRE_REMEDIES,
  ...SERIAL_REMEDIES,
  ...NETWORK_REMEDIES,
  ...CHIP_REMEDIES,
  ...INFERENCE_WORDS,
  ...LADDER_WORDS,
  ...FAULT_LIST_WORDS,
  ...LINES_WORDS,
  ...NET_STAT_WORDS,
  ...BOARD_WORDS,
  ...CAMPAIGN_WORDS,
  ...CHIP_PROMPT_WORDS,
  ...DRILL_WORDS,
  ...DRILL_ERRORS,
  ...DEMO_WORDS,
  ...EXTCAP_WORDS,
  ...PING_WORDS,
  ...LAB_WORDS,
}
