/** What `linkpulse net stat` says around its figures; names of counters and purposes are as in its document. */
import { counted } from './counted.js'
import { times } from './times.js'

export const NET_STAT_WORDS = {
  'net-stat.lab': ({ board }: { readonly board: string }) => `${board} in a lab`,
  'net-stat.up': ({ target, seconds }: { readonly target: string; readonly seconds: string }) =>
    `${target}: up for ${seconds} s`,
  'net-stat.more': ({ count }: { readonly count: number }) => `and ${count} more (--json has all)`,
  'net-stat.given-up': 'claims it: given up, asked for again',
  'net-stat.kept': 'claimed it too: kept',
  'net-stat.interface': ({
    name,
    addresses,
    mac,
    link,
    mtu,
  }: {
    readonly name: string
    readonly addresses: string
    readonly mac: string
    readonly link: string
    readonly mtu: number
  }) => `interface ${name}: ${addresses}, station ${mac}, link ${link}, MTU ${mtu}`,
  'net-stat.no-address': 'no address',
  'net-stat.link.up': 'up',
  'net-stat.link.down': 'down',
  'net-stat.no-neighbours': 'no neighbours',
  'net-stat.routes': 'routes',
  'net-stat.route': ({ interface: name }: { readonly interface: string }) => `on ${name}`,
  'net-stat.route-by': ({ gateway, interface: name }: { readonly gateway: string; readonly interface: string }) =>
    `by ${gateway} on ${name}`,
  'net-stat.memory': ({
    used,
    limit,
    share,
    peak,
  }: {
    readonly used: number
    readonly limit: number
    readonly share: string
    readonly peak: number
  }) => `memory: ${used} of ${counted(limit, 'octet')} in use (${share} %), ${peak} at most so far`,
  'net-stat.refused': ({ purpose }: { readonly purpose: string }) => `refused: ${purpose}`,
  'net-stat.times': ({ count }: { readonly count: number }) => times(count),
  'net-stat.connections': 'connections',
  'net-stat.gateway': ({ addresses }: { readonly addresses: string }) => `gateway ${addresses}`,
  'net-stat.gateway-allowed': 'allowed of this machine and its networks',
  'net-stat.gateway-nothing': 'nothing',
  'net-stat.gateway-internet': 'everything else',
  'net-stat.gateway-reached': 'the Internet is reached',
  'net-stat.gateway-refused': 'refused',
  'net-stat.gateway-echoes': 'echoes to hosts outside',
  'net-stat.gateway-ping': 'by the ping of this machine',
  'net-stat.gateway-itself': 'answered by the gateway itself: this machine has no ping',
  'net-stat.gateway-forwards': 'forwarded',
  'net-stat.gateway-forward': ({ board, count }: { readonly board: string; readonly count: number }) =>
    `to ${board}, ${count} open`,
  'net-stat.gateway-open': 'open through the gateway (board, outside)',
  'net-stat.gateway-octets': ({ sent, received }: { readonly sent: number; readonly received: number }) =>
    `sent ${sent}, received ${received}`,
  'net-stat.gateway-counted': 'counted by the gateway',
  'net-stat.counted': 'counted (what is 0 is left out)',
  'net-stat.lost-by': 'lost by',
  'net-stat.service': 'service',
}
