/** A connection as an application has it (RFC 9293 3.9.1). */
import type { NetErrorCode } from '../errors.js'
import type { IpAddress } from '../network-layer.js'
import type { TcpInfo } from './info.js'
import { type ConnectionOptions, TCP_DEFAULTS } from './options.js'
import type { TcpState } from './states.js'

export interface TcpEndpoint {
  readonly address: IpAddress
  readonly port: number
}

/**
 * One end of a connection. Nothing here waits: `write` takes what fits, `read` gives what is there, and the callbacks tell when
 * more is possible. They are called from frame and clock events; any method may be called from within them.
 */
export class Connection {
  onState: ((state: TcpState, previous: TcpState) => void) | undefined
  onReadable: (() => void) | undefined
  onWritable: (() => void) | undefined
  onSoftError: ((code: NetErrorCode) => void) | undefined
  onUrgent: (() => void) | undefined
  onClosed: ((error: NetErrorCode | undefined) => void) | undefined

  get state(): TcpState {
    return 'CLOSED'
  }
  get local(): TcpEndpoint {
    return { address: 0, port: 0 }
  }
  get remote(): TcpEndpoint {
    return { address: 0, port: 0 }
  }
  get error(): NetErrorCode | undefined {
    return undefined
  }
  get softError(): NetErrorCode | undefined {
    return undefined
  }
  get readable(): number {
    return 0
  }
  get writable(): number {
    return 0
  }
  get ended(): boolean {
    return false
  }
  get urgent(): { readonly pending: boolean; readonly remaining: number } {
    return { pending: false, remaining: 0 }
  }
  write(_octets: Uint8Array, _from = 0, _to = _octets.length, _options?: { urgent?: boolean; push?: boolean }): number {
    return 0
  }
  read(_into: Uint8Array, _from = 0, _to = _into.length): number {
    return 0
  }
  peek(_into: Uint8Array, _from = 0, _to = _into.length): number {
    return 0
  }
  shutdownWrite(): void {}
  close(): void {}
  abort(): void {}
  get<Name extends keyof ConnectionOptions>(name: Name): ConnectionOptions[Name] {
    return TCP_DEFAULTS[name]
  }
  set<Name extends keyof ConnectionOptions>(_name: Name, _value: ConnectionOptions[Name]): void {}
  info(): TcpInfo {
    throw new Error('not yet')
  }
}
