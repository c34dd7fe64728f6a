/** 简体中文：与英文相同的键，类型保证一个不少。 */

import { DROP_WORDS_ZH } from '../../text/zh/drop-reasons.js'
import type { WorkshopWords } from './told.js'
import { BENCH_ZH } from './zh/bench.js'
import { CHIP_FAULTS_ZH } from './zh/chip-faults.js'
import { CLASS_ZH } from './zh/class.js'
import { COMMON_ZH } from './zh/common.js'
import { CONTROLLER_ZH } from './zh/controller.js'
import { FAULTS_ZH } from './zh/faults.js'
import { FRAME_ZH } from './zh/frame.js'
import { HANDSHAKE_ZH } from './zh/handshake.js'
import { HEADERS_ZH } from './zh/headers.js'
import { LADDER_ZH } from './zh/ladder.js'
import { LAYERS_ZH } from './zh/layers.js'
import { MISSIONS_ZH } from './zh/missions.js'
import { PACKETS_ZH } from './zh/packets.js'
import { PROMPT_ZH } from './zh/prompt.js'
import { RJ45_ZH } from './zh/rj45.js'
import { RS232_ZH } from './zh/rs232.js'
import { SOCKET_ZH } from './zh/socket.js'
import { WAY_FAULTS_ZH } from './zh/way-faults.js'

export const WORKSHOP_ZH: WorkshopWords = {
  ...BENCH_ZH,
  ...CHIP_FAULTS_ZH,
  ...CLASS_ZH,
  ...COMMON_ZH,
  ...CONTROLLER_ZH,
  ...DROP_WORDS_ZH,
  ...FAULTS_ZH,
  ...FRAME_ZH,
  ...HANDSHAKE_ZH,
  ...HEADERS_ZH,
  ...LADDER_ZH,
  ...LAYERS_ZH,
  ...MISSIONS_ZH,
  ...PACKETS_ZH,
  ...PROMPT_ZH,
  ...RJ45_ZH,
  ...RS232_ZH,
  ...SOCKET_ZH,
  ...WAY_FAULTS_ZH,
}
