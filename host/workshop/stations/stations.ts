/** The stations there are so far, in their order. */
import type { WorkshopStation } from '../station.js'
import { HANDSHAKE_STATION } from './handshake/handshake.js'
import { RJ45_STATION } from './rj45/rj45.js'
import { RS232_STATION } from './rs232/rs232.js'
import { SOCKET_STATION } from './socket/socket.js'

export const STATIONS: readonly WorkshopStation[] = [RS232_STATION, RJ45_STATION, HANDSHAKE_STATION, SOCKET_STATION]
