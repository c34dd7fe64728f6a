/** 简体中文：与英文相同的键，类型保证一个不少。 */
import type { WorkshopWords } from './told.js'
import { COMMON_ZH } from './zh/common.js'
import { FAULTS_ZH } from './zh/faults.js'
import { HANDSHAKE_ZH } from './zh/handshake.js'
import { LADDER_ZH } from './zh/ladder.js'
import { RJ45_ZH } from './zh/rj45.js'
import { RS232_ZH } from './zh/rs232.js'
import { SOCKET_ZH } from './zh/socket.js'

export const WORKSHOP_ZH: WorkshopWords = {
  ...COMMON_ZH,
  ...FAULTS_ZH,
  ...HANDSHAKE_ZH,
  ...LADDER_ZH,
  ...RJ45_ZH,
  ...RS232_ZH,
  ...SOCKET_ZH,
}
