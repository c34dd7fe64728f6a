/** What a station shows, as data. Each thing that a picture shows has the sentence that says it: the text twin is made of the same list. */
import type { BenchScene } from './stations/bench/scene.js'
import type { ControllerScene } from './stations/controller/scene.js'
import type { FrameScene } from './stations/frame/scene.js'
import type { HandshakeScene } from './stations/handshake/scene.js'
import type { LayersScene } from './stations/layers/scene.js'
import type { PacketsScene } from './stations/packets/scene.js'
import type { Rj45Scene } from './stations/rj45/scene.js'
import type { Rs232Scene } from './stations/rs232/scene.js'
import type { SocketScene } from './stations/socket/scene.js'

export type Scene =
  | Rs232Scene
  | Rj45Scene
  | FrameScene
  | ControllerScene
  | PacketsScene
  | HandshakeScene
  | SocketScene
  | LayersScene
  | BenchScene
