/** 全部句子，中文。键与英文的相同，类型保证一个不少、一个不多。 */
import type { SentenceWords } from '../keyed.js'
import { AGAINST_WORDS_ZH } from './against.js'
import { AUDIT_WORDS_ZH } from './audit.js'
import { BOARD_WORDS_ZH } from './board.js'
import { CAMPAIGN_WORDS_ZH } from './campaign.js'
import { CHIP_PROMPT_WORDS_ZH } from './chip-prompt.js'
import { COMPARE_WORDS_ZH } from './compare.js'
import { DEMO_WORDS_ZH } from './demo.js'
import { CABLE_DIAGNOSIS_ZH } from './diagnosis/cable.js'
import { CHIP_DIAGNOSIS_ZH } from './diagnosis/chip.js'
import { INFERENCE_WORDS_ZH } from './diagnosis/inference.js'
import { MEDIUM_DIAGNOSIS_ZH } from './diagnosis/medium.js'
import { CHIP_REMEDIES_ZH } from './diagnosis/remedies-chip.js'
import { NETWORK_REMEDIES_ZH } from './diagnosis/remedies-network.js'
import { SERIAL_REMEDIES_ZH } from './diagnosis/remedies-serial.js'
import { WIRE_REMEDIES_ZH } from './diagnosis/remedies-wires.js'
import { SERIAL_DIAGNOSIS_ZH } from './diagnosis/serial.js'
import { SERIAL_WIRING_DIAGNOSIS_ZH } from './diagnosis/serial-wiring.js'
import { WIRING_DIAGNOSIS_ZH } from './diagnosis/wiring.js'
import { DRILL_WORDS_ZH } from './drill.js'
import { DRILL_ERRORS_ZH } from './drill-errors.js'
import { DROP_WORDS_ZH } from './drop-reasons.js'
import { EXTCAP_WORDS_ZH } from './extcap.js'
import { FAULT_LIST_WORDS_ZH } from './fault-list.js'
import { FINDING_RULE_WORDS_ZH } from './finding-rules.js'
import { LAB_WORDS_ZH } from './lab.js'
import { LADDER_WORDS_ZH } from './ladder.js'
import { LINES_WORDS_ZH } from './lines.js'
import { MEASURED_ZH } from './measured.js'
import { NET_STAT_WORDS_ZH } from './net-stat.js'
import { PING_WORDS_ZH } from './ping.js'
import { PORT_WORDS_ZH } from './port.js'
import { REASONS_ZH } from './reasons.js'
import { REPORT_WORDS_ZH } from './report.js'
import { RUN_ZH } from './run.js'
import { TERMINAL_WORDS_ZH } from './terminal.js'
import { TITLES_ZH } from './titles.js'

export const SENTENCES_ZH: SentenceWords = {
  ...TITLES_ZH,
  ...MEASURED_ZH,
  ...RUN_ZH,
  ...TERMINAL_WORDS_ZH,
  ...REPORT_WORDS_ZH,
  ...FINDING_RULE_WORDS_ZH,
  ...DROP_WORDS_ZH,
  ...COMPARE_WORDS_ZH,
  ...AGAINST_WORDS_ZH,
  ...AUDIT_WORDS_ZH,
  ...REASONS_ZH,
  ...PORT_WORDS_ZH,
  ...SERIAL_DIAGNOSIS_ZH,
  ...SERIAL_WIRING_DIAGNOSIS_ZH,
  ...WIRING_DIAGNOSIS_ZH,
  ...CHIP_DIAGNOSIS_ZH,
  ...CABLE_DIAGNOSIS_ZH,
  ...MEDIUM_DIAGNOSIS_ZH,
  ...WIRE_REMEDIES_ZH,
  ...SERIAL_REMEDIES_ZH,
  ...NETWORK_REMEDIES_ZH,
  ...CHIP_REMEDIES_ZH,
  ...INFERENCE_WORDS_ZH,
  ...LADDER_WORDS_ZH,
  ...FAULT_LIST_WORDS_ZH,
  ...LINES_WORDS_ZH,
  ...NET_STAT_WORDS_ZH,
  ...BOARD_WORDS_ZH,
  ...CAMPAIGN_WORDS_ZH,
  ...CHIP_PROMPT_WORDS_ZH,
  ...DRILL_WORDS_ZH,
  ...DRILL_ERRORS_ZH,
  ...DEMO_WORDS_ZH,
  ...EXTCAP_WORDS_ZH,
  ...PING_WORDS_ZH,
  ...LAB_WORDS_ZH,
}
