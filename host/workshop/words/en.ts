/** What the workshop says in English, and so all that it says: other languages have the same keys, held by `WorkshopWords`. */
import { DROP_WORDS } from '../../text/en/drop-reasons.js'
import { BENCH_EN } from './en/bench.js'
import { CHIP_FAULTS_EN } from './en/chip-faults.js'
import { CLASS_EN } from './en/class.js'
import { COMMON_EN } from './en/common.js'
import { CONTROLLER_EN } from './en/controller.js'
import { FAULTS_EN } from './en/faults.js'
import { FRAME_EN } from './en/frame.js'
import { HANDSHAKE_EN } from './en/handshake.js'
import { HEADERS_EN } from './en/headers.js'
import { LADDER_EN } from './en/ladder.js'
import { LAYERS_EN } from './en/layers.js'
import { MISSIONS_EN } from './en/missions.js'
import { PACKETS_EN } from './en/packets.js'
import { PROMPT_EN } from './en/prompt.js'
import { RJ45_EN } from './en/rj45.js'
import { RS232_EN } from './en/rs232.js'
import { SOCKET_EN } from './en/socket.js'
import { WAY_FAULTS_EN } from './en/way-faults.js'

export const WORKSHOP_EN = {
  ...BENCH_EN,
  ...CHIP_FAULTS_EN,
  ...CLASS_EN,
  ...COMMON_EN,
  ...CONTROLLER_EN,
  ...DROP_WORDS,
  ...FAULTS_EN,
  ...FRAME_EN,
  ...HANDSHAKE_EN,
  ...HEADERS_EN,
  ...LADDER_EN,
  ...LAYERS_EN,
  ...MISSIONS_EN,
  ...PACKETS_EN,
  ...PROMPT_EN,
  ...RJ45_EN,
  ...RS232_EN,
  ...SOCKET_EN,
  ...WAY_FAULTS_EN,
}
