/** An application of the article, client and server, on two hosts of a lab. */
import type { Sentence } from '../../text/keyed.js'
import type { NodeModules } from '../net/modules.js'
import type { OptionalPackage } from '../optional-package.js'

/** As the protocols are called; of each `demo.about.NAME` says what it shows. */
export type DemoName =
  | 'http'
  | 'https'
  | 'http2'
  | 'websocket'
  | 'ftp'
  | 'telnet'
  | 'ssh'
  | 'smtp'
  | 'pop3'
  | 'mqtt'
  | 'dns'
  | 'ntp'

/** The application did not come to its end, and nothing of ours is wrong: the wire is. */
export class DemoFailure extends Error {}

export type DemoSide = 'client' | 'server'

/** What a server has to work with, and whom it tells what happens. */
export interface ServerStage {
  readonly server: NodeModules
  readonly serverAddress: string
  /** Virtual time, in nanoseconds. */
  now(): number
  /** From now on the server answers for names; `server.lab.test` is its own. */
  serveNames(): void
  /** A line of the application, in the protocol's own words. */
  says(who: DemoSide, line: string): void
  /** A line of `SSLKEYLOGFILE`: with it a capture's reader sees the plain text. */
  keyLog(line: Uint8Array): void
}

/** And a client too. */
export interface DemoStage extends ServerStage {
  readonly client: NodeModules
  readonly clientAddress: string
  /** Lets virtual time pass until it holds, for so many nanoseconds at most. @returns whether it holds */
  until(condition: () => boolean, limit: number): Promise<boolean>
  /** Octets of chance, from the seed. */
  chance(octets: number): Buffer
  /** A connection of the client's broke where nothing waits that would say so: the demo ends with that. */
  readonly fails: (error: Error) => void
  /** What the session layer (5) or the presentation layer (6) does. */
  explains(layer: 5 | 6, sentence: Sentence): void
}

export interface Demo {
  readonly name: DemoName
  readonly transport: 'TCP' | 'UDP'
  /** Where its server is. */
  readonly port: number
  /** What it needs that does not come with linkpulse. */
  readonly needs?: OptionalPackage
  /** What somebody types who has a client of their own. */
  example(address: string): string
  /** Starts the server. @returns what ends it, when its clients are done */
  serve(stage: ServerStage): Promise<() => Promise<void>>
  /** The client does what it does, and it is over. */
  use(stage: DemoStage): Promise<void>
}
