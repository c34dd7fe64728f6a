/** What a station shows, as data. Each thing that a picture shows has the sentence that says it: the text twin is made of the same list. */
import type { HandshakeScene } from './stations/handshake/scene.js'
import type { Rj45Scene } from './stations/rj45/scene.js'
import type { Rs232Scene } from './stations/rs232/scene.js'
import type { SocketScene } from './stations/socket/scene.js'

export type Scene = Rs232Scene | Rj45Scene | HandshakeScene | SocketScene
