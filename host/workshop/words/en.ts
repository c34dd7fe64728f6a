/** What the workshop says in English, and so all that it says: other languages have the same keys, held by `WorkshopWords`. */
import { COMMON_EN } from './en/common.js'
import { FAULTS_EN } from './en/faults.js'
import { HANDSHAKE_EN } from './en/handshake.js'
import { LADDER_EN } from './en/ladder.js'
import { RJ45_EN } from './en/rj45.js'
import { RS232_EN } from './en/rs232.js'
import { SOCKET_EN } from './en/socket.js'

export const WORKSHOP_EN = {
  ...COMMON_EN,
  ...FAULTS_EN,
  ...HANDSHAKE_EN,
  ...LADDER_EN,
  ...RJ45_EN,
  ...RS232_EN,
  ...SOCKET_EN,
}
