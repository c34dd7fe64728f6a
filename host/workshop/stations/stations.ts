/** The stations there are so far, in their order. */
import type { WorkshopStation } from '../station.js'
import { CONTROLLER_STATION } from './controller/controller.js'
import { FRAME_STATION } from './frame/frame.js'
import { HANDSHAKE_STATION } from './handshake/handshake.js'
import { LAYERS_STATION } from './layers/layers.js'
import { PACKETS_STATION } from './packets/packets.js'
import { RJ45_STATION } from './rj45/rj45.js'
import { RS232_STATION } from './rs232/rs232.js'
import { SOCKET_STATION } from './socket/socket.js'

export const STATIONS: readonly WorkshopStation[] = [
  RS232_STATION,
  RJ45_STATION,
  FRAME_STATION,
  CONTROLLER_STATION,
  PACKETS_STATION,
  HANDSHAKE_STATION,
  SOCKET_STATION,
  LAYERS_STATION,
]
