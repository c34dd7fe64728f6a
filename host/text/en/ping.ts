/** What `linkpulse net ping` and `net http` say. */
import { counted } from './counted.js'

export const PING_WORDS = {
  'ping.begins': ({ address, size }: { readonly address: string; readonly size: number }) =>
    `ping ${address} with ${counted(size, 'octet')} of data`,
  'ping.answered': ({
    size,
    address,
    sequence,
    timeToLive,
    time,
  }: {
    readonly size: number
    readonly address: string
    readonly sequence: number
    readonly timeToLive: number
    readonly time: string
  }) => `${counted(size, 'octet')} from ${address}: seq ${sequence}, ttl ${timeToLive}, time ${time} ms`,
  'ping.failed': ({ sequence, reason }: { readonly sequence: number; readonly reason: string }) =>
    `seq ${sequence}: ${reason}`,
  'ping.says': ({ reason, address }: { readonly reason: string; readonly address: string }) =>
    `${reason} (says ${address})`,
  'ping.no answer': 'no answer',
  'ping.unreachable': 'unreachable',
  'ping.time exceeded': 'time exceeded',
  'ping.refused': 'refused',
  'ping.altered': 'altered',
  'ping.sum': ({ sent, back }: { readonly sent: number; readonly back: number }) => `${sent} sent, ${back} came back`,
  'ping.times': ({
    sum,
    shortest,
    mean,
    longest,
  }: {
    readonly sum: string
    readonly shortest: string
    readonly mean: string
    readonly longest: string
  }) => `${sum}; shortest ${shortest}, mean ${mean}, longest ${longest} ms`,
}
