/** What `linkpulse lab up` says. */
import { counted } from './counted.js'

export interface LabNamed {
  readonly name: string
}

export interface LabPinged {
  readonly from: string
  readonly to: string
  readonly address: string
  readonly sent: number
  readonly back: number
}

export interface LabFetched {
  readonly from: string
  readonly url: string
  readonly status: number
  readonly octets: number
}

export interface LabSteps {
  readonly done: number
  readonly steps: number
}

export const LAB_WORDS = {
  'lab.a-lab': 'a lab',
  'lab.begins': ({
    title,
    boards,
    hosts,
    boxes,
    cables,
    seed,
  }: {
    readonly title: string
    readonly boards: number
    readonly hosts: number
    readonly boxes: number
    readonly cables: number
    readonly seed: number
  }) =>
    `${title}: ${counted(boards, 'board')}, ${counted(hosts, 'host')}, ${counted(boxes, 'box', 'boxes')}, ${counted(cables, 'cable')}; seed ${seed}`,
  'lab.host': 'host',
  'lab.router': 'router',
  'lab.switch': ({ ports }: { readonly ports: number }) => `switch with ${counted(ports, 'port')}`,
  'lab.hub': ({ ports }: { readonly ports: number }) => `hub with ${counted(ports, 'port')}`,
  'lab.impaired': ({ how }: { readonly how: string }) => `carries frames badly: ${how}`,
  'lab.impaired-nothing': 'carries frames well',
  'lab.by-dhcp': 'by DHCP',
  'lab.offers': ({ services }: { readonly services: string }) => `offers ${services}`,
  'lab.dhcp-server': 'a DHCP server',
  'lab.dns-server': 'a DNS server',
  'lab.broken-by': ({ faults }: { readonly faults: string }) => `broken: ${faults}`,
  'lab.cable': ({ length }: { readonly length: number }) => `${length} m`,
  'lab.category': ({ category }: { readonly category: string }) => `category ${category}`,
  'lab.wiring.straight': 'wired straight',
  'lab.wiring.crossover': 'wired crossed over',
  'lab.wiring.split-pair': 'with split pairs',
  'lab.not-plugged': 'not plugged in',
  'lab.not-powered': 'without supply',
  'lab.serial': ({ name, path }: LabNamed & { readonly path: string }) => `${name}: serial port ${path}`,
  'lab.link-up': ({ name }: LabNamed) => `${name}: link up`,
  'lab.link-down': ({ name }: LabNamed) => `${name}: link down`,
  'lab.leased': ({ name, address }: LabNamed & { readonly address: string }) => `${name}: ${address} by DHCP`,
  'lab.lease-lost': ({ name }: LabNamed) => `${name}: the address by DHCP is lost`,
  'lab.all-up': 'all links are up, and all addresses in use',
  'lab.all': 'everybody',
  'lab.waited': ({ duration }: { readonly duration: string }) => `waited for ${duration}`,
  'lab.is-up': ({ who }: { readonly who: string }) => `${who}: link up, addresses in use`,
  'lab.not-up': ({ who }: { readonly who: string }) => `${who}: a link is not up, or an address not in use`,
  'lab.is-down': ({ who }: { readonly who: string }) => `${who}: link down`,
  'lab.not-down': ({ who }: { readonly who: string }) => `${who}: the link is not down`,
  'lab.state': ({ states }: { readonly states: readonly string[] }) => states.join('; '),
  'lab.plugged': ({ name }: LabNamed) => `${name} is plugged in`,
  'lab.unplugged': ({ name }: LabNamed) => `${name} is pulled out`,
  'lab.powered-on': ({ name }: LabNamed) => `${name} is switched on`,
  'lab.powered-off': ({ name }: LabNamed) => `${name} is switched off`,
  'lab.reset': ({ name }: LabNamed) => `the reset button of ${name} is pressed`,
  'lab.broken': ({ name, fault }: LabNamed & { readonly fault: string }) => `${name} is broken: ${fault}`,
  'lab.no-address': ({ name }: LabNamed) => `${name} has no address`,
  'lab.no-ping': ({ from, to, why }: { readonly from: string; readonly to: string; readonly why: string }) =>
    `ping from ${from} to ${to}: ${why}`,
  'lab.pinged': ({ from, to, address, sent, back }: LabPinged) =>
    `ping from ${from} to ${to} (${address}): ${back} of ${sent} answered`,
  'lab.pinged-in': ({ from, to, address, sent, back, best }: LabPinged & { readonly best: string }) =>
    `ping from ${from} to ${to} (${address}): ${back} of ${sent} answered, the fastest in ${best} ms`,
  'lab.no-page': ({ from, url, why }: { readonly from: string; readonly url: string; readonly why: string }) =>
    `GET ${url} from ${from}: ${why}`,
  'lab.page': ({ from, url, status, octets }: LabFetched) =>
    `GET ${url} from ${from}: ${status}, ${counted(octets, 'octet')}`,
  'lab.other-status': ({ from, url, status, wanted }: LabFetched & { readonly wanted: number }) =>
    `GET ${url} from ${from}: ${status}, and not ${wanted}`,
  'lab.not-in-page': ({ from, url, status, octets, contains }: LabFetched & { readonly contains: string }) =>
    `GET ${url} from ${from}: ${status}, ${counted(octets, 'octet')}, and “${contains}” is not among them`,
  'lab.as-expected': 'ok',
  'lab.not-expected': 'FAILS',
  'lab.failed': ({ done, steps }: LabSteps) => `ended: step ${done + 1} of ${steps} did not come out as it should`,
  'lab.interrupted': 'ended: interrupted',
  'lab.steps-done': ({ steps }: LabSteps) => `ended: ${counted(steps, 'step')}, all as expected`,
  'lab.until-holds': 'ended: everything that was waited for is up',
  'lab.steps-left': ({ done, steps }: LabSteps) => `ended: the time is over; ${done} of ${counted(steps, 'step')} done`,
  'lab.never-up': 'ended: the time is over, and what was waited for is not up',
  'lab.over': 'ended: the time is over',
  'lab.over-with-steps': ({ steps }: LabSteps) => `ended: the time is over; ${counted(steps, 'step')}, all as expected`,
  'lab.frames': ({ name, frames }: LabNamed & { readonly frames: number }) => `${name}: ${counted(frames, 'frame')}`,
  'lab.frames-lost': ({
    name,
    frames,
    lost,
  }: LabNamed & { readonly frames: number; readonly lost: readonly string[] }) =>
    `${name}: ${counted(frames, 'frame')}, not as sent: ${lost.join(', ')}`,
  'lab.loss': ({ what, frames }: { readonly what: string; readonly frames: number }) => `${what} ${frames}`,
  'lab.loss.open pair': 'over an open pair',
  'lab.loss.wired elsewhere': 'over a pair that leads elsewhere',
  'lab.loss.under the squelch': 'too weak for the receiver',
  'lab.loss.unplugged': 'cut short as the cable was pulled',
  'lab.loss.bit errors': 'with bit errors',
  'lab.loss.delimiter lost': 'their start was not recognized',
  'lab.loss.delimiter early': 'their start was recognized too early',
  'lab.captured': ({ frames, path }: { readonly frames: number; readonly path: string }) =>
    `${counted(frames, 'frame')} in ${path}`,
  'lab.drawn': ({ path }: { readonly path: string }) => `drawn in ${path}`,
  'lab.checked': ({
    file,
    boards,
    hosts,
    boxes,
    cables,
    steps,
  }: {
    readonly file: string
    readonly boards: number
    readonly hosts: number
    readonly boxes: number
    readonly cables: number
    readonly steps: number
  }) =>
    `${file} is right: ${counted(boards, 'board')}, ${counted(hosts, 'host')}, ${counted(boxes, 'box', 'boxes')}, ${counted(cables, 'cable')}, ${counted(steps, 'step')}`,
}
