/** An application of the article, client and server, on two hosts of a lab. */
import type { Sentence } from '../../text/keyed.js'
import type { NodeModules } from '../net/modules.js'

/** As the protocols are called; of each `demo.about.NAME` says what it shows. */
export type DemoName = 'http' | 'https' | 'ftp' | 'telnet' | 'ssh' | 'smtp' | 'pop3' | 'dns'

export type DemoSide = 'client' | 'server'

/** What a demo has to work with, and whom it tells what happens. */
export interface DemoStage {
  readonly client: NodeModules
  readonly server: NodeModules
  readonly clientAddress: string
  readonly serverAddress: string
  /** A line of the application, in the protocol's own words. */
  says(who: DemoSide, line: string): void
  /** What the session layer (5) or the presentation layer (6) does. */
  explains(layer: 5 | 6, sentence: Sentence): void
  /** A line of `SSLKEYLOGFILE`: with it a capture's reader sees the plain text. */
  keyLog(line: Uint8Array): void
}

export interface Demo {
  readonly name: DemoName
  readonly transport: 'TCP' | 'UDP'
  /** Where its server is. */
  readonly port: number
  /** Client and server do what they do, and it is over. */
  run(stage: DemoStage): Promise<void>
}
