/**
 * The DHCP client as a state chart: figure 5 of RFC 2131 with its state names, and what the figure leaves to the text: the
 * wait before the first message, the check of an address before it is used (4.4.1), and the link that comes and goes. Nothing
 * here sends or counts time: actions and delays are named, and the client that runs the chart provides them.
 *
 *     INIT ─▶ SELECTING ─OFFER─▶ REQUESTING ─ACK─▶ BOUND ─T1─▶ RENEWING ─T2─▶ REBINDING ─EXPIRED─▶ INIT
 *     INIT-REBOOT ─▶ REBOOTING ─ACK─▶ BOUND           ACK in RENEWING, REBINDING ─▶ BOUND        NAK ─▶ INIT
 *
 * Two states are not in the figure: STOPPED, and RELEASING on the way there, while the last message may wait for ARP.
 */
import { assign, setup } from 'xstate'
import type { DhcpMessage } from '../wire/dhcp.js'

export type DhcpClientState =
  | 'STOPPED'
  | 'INIT'
  | 'SELECTING'
  | 'REQUESTING'
  | 'BOUND'
  | 'RENEWING'
  | 'REBINDING'
  | 'INIT-REBOOT'
  | 'REBOOTING'
  | 'RELEASING'

export type DhcpClientEvent =
  | { type: 'START' }
  | { type: 'STOP' }
  | { type: 'RELEASE' }
  | { type: 'LINK UP' }
  | { type: 'LINK DOWN' }
  | { type: 'OFFER' | 'ACK' | 'NAK'; message: DhcpMessage }
  | { type: 'T1' | 'T2' | 'EXPIRED' }
  | { type: 'ADDRESS FREE' }
  | { type: 'CONFLICT' }

export interface DhcpClientContext {
  /** Messages sent in this state. */
  readonly attempts: number
  /** Failures in a row after an offer: NAK, or silence. */
  readonly failures: number
  /** Addresses declined in a row. */
  readonly conflicts: number
  /** What the wait in INIT is for. */
  readonly waitFor: 'start' | 'failure' | 'conflict'
}

/** RFC 2131 3.1, step 5: "might retransmit the DHCPREQUEST message four times". */
const REQUEST_LIMIT = 4

const FAILED = { target: '#INIT', actions: 'count a failure' } as const
const DECLINED = { target: '#INIT', actions: ['send DECLINE', 'count a conflict'] } as const

/** What an answer to REQUEST leads to, where the address may be new. */
const WHEN_ANSWERED = {
  ACK: [
    { guard: 'address is to be checked', target: 'checking', actions: 'note the lease' },
    { target: '#BOUND', actions: 'note the lease' },
  ],
  NAK: FAILED,
} as const

/** 4.4.1: the address is looked for by ARP before it is used. */
const CHECKING = {
  entry: 'check the address',
  exit: 'end the check',
  on: { 'ADDRESS FREE': '#BOUND', CONFLICT: DECLINED },
} as const

/** What an answer to the REQUEST of a renewal leads to. */
const WHEN_EXTENDED = { ACK: { target: '#BOUND', actions: 'note the lease' }, NAK: FAILED } as const

/** What ends the use of an address, in each state that has one. */
const WHILE_LEASED = {
  EXPIRED: '#INIT',
  'LINK DOWN': '#INIT-REBOOT',
  CONFLICT: DECLINED,
  RELEASE: { target: '#RELEASING', actions: 'send RELEASE' },
} as const

export const dhcpClientMachine = setup({
  types: { context: {} as DhcpClientContext, events: {} as DhcpClientEvent },
  delays: {
    // Long enough for ARP to find the server, where it had forgotten it.
    'last word': 200,
    // 4.4.1: a random wait of one to ten seconds; after DECLINE at least ten (3.1, step 5).
    'wait in INIT': 0,
    // 4.1: 4, 8, 16, 32, 64 seconds, each one more or less.
    retransmission: 0,
    // 4.4.5; a minute at least.
    'half of what is left until T2': 0,
    'half of what is left of the lease': 0,
  },
  guards: {
    'link is up': () => true,
    'an address is remembered': () => false,
    'the lease holds': () => false,
    'address is to be checked': () => true,
    'requests are left': ({ context }) => context.attempts < REQUEST_LIMIT,
  },
  actions: {
    'hear nothing': () => {},
    'send DISCOVER': () => {},
    'send REQUEST for the offer': () => {},
    'send REQUEST for the address of before': () => {},
    'send REQUEST to the server': () => {},
    'send REQUEST to everyone': () => {},
    'send DECLINE': () => {},
    'send RELEASE': () => {},
    'note the offer': () => {},
    'note the lease': () => {},
    'apply the lease': () => {},
    'drop the address': () => {},
    'forget the address': () => {},
    'check the address': () => {},
    'end the check': () => {},
    'begin an exchange': assign({ attempts: 0 }),
    'count the message': assign({ attempts: ({ context }) => context.attempts + 1 }),
    'count a failure': assign({ failures: ({ context }) => context.failures + 1, waitFor: 'failure' }),
    'count a conflict': assign({ conflicts: ({ context }) => context.conflicts + 1, waitFor: 'conflict' }),
    'all is well': assign({ failures: 0, conflicts: 0, waitFor: 'start' }),
  },
}).createMachine({
  id: 'dhcp-client',
  context: { attempts: 0, failures: 0, conflicts: 0, waitFor: 'start' },
  initial: 'STOPPED',
  on: {
    STOP: { target: '.STOPPED' },
    RELEASE: { target: '.STOPPED', actions: 'forget the address' },
  },
  states: {
    STOPPED: {
      id: 'STOPPED',
      entry: ['drop the address', 'all is well', 'hear nothing'],
      on: {
        START: [{ guard: 'an address is remembered', target: 'INIT-REBOOT' }, { target: 'INIT' }],
        STOP: {},
        RELEASE: { actions: 'forget the address' },
      },
    },
    RELEASING: {
      id: 'RELEASING',
      exit: ['drop the address', 'forget the address'],
      after: { 'last word': 'STOPPED' },
      on: { RELEASE: {}, START: 'INIT', 'LINK DOWN': 'STOPPED', EXPIRED: 'STOPPED' },
    },
    INIT: {
      id: 'INIT',
      entry: ['drop the address', 'forget the address'],
      initial: 'looking for a link',
      states: {
        'looking for a link': {
          always: { guard: 'link is up', target: 'waiting' },
          on: { 'LINK UP': 'waiting' },
        },
        waiting: {
          after: { 'wait in INIT': { target: '#SELECTING', actions: 'begin an exchange' } },
          on: { 'LINK DOWN': 'looking for a link' },
        },
      },
    },
    SELECTING: {
      id: 'SELECTING',
      entry: ['send DISCOVER', 'count the message'],
      after: { retransmission: { target: 'SELECTING', reenter: true } },
      on: {
        OFFER: { target: 'REQUESTING', actions: ['note the offer', 'begin an exchange'] },
        'LINK DOWN': 'INIT',
      },
    },
    REQUESTING: {
      initial: 'asking',
      on: { 'LINK DOWN': 'INIT' },
      states: {
        asking: {
          entry: ['send REQUEST for the offer', 'count the message'],
          after: {
            retransmission: [
              { guard: 'requests are left', target: 'asking', reenter: true },
              { target: '#INIT', actions: 'count a failure' },
            ],
          },
          on: WHEN_ANSWERED,
        },
        checking: CHECKING,
      },
    },
    'INIT-REBOOT': {
      id: 'INIT-REBOOT',
      always: { guard: 'link is up', target: 'REBOOTING', actions: 'begin an exchange' },
      on: {
        'LINK UP': { target: 'REBOOTING', actions: 'begin an exchange' },
        EXPIRED: 'INIT',
        RELEASE: { target: 'STOPPED', actions: 'forget the address' },
      },
    },
    REBOOTING: {
      initial: 'asking',
      on: {
        'LINK DOWN': 'INIT-REBOOT',
        EXPIRED: 'INIT',
        RELEASE: { target: 'RELEASING', actions: 'send RELEASE' },
      },
      states: {
        asking: {
          entry: ['send REQUEST for the address of before', 'count the message'],
          after: {
            retransmission: [
              { guard: 'requests are left', target: 'asking', reenter: true },
              // 3.2, step 4: who hears neither yes nor no may use the address for what is left of the lease.
              { guard: 'the lease holds', target: '#BOUND' },
              { target: '#INIT', actions: 'count a failure' },
            ],
          },
          on: WHEN_ANSWERED,
        },
        checking: CHECKING,
      },
    },
    BOUND: {
      id: 'BOUND',
      entry: ['apply the lease', 'all is well'],
      on: {
        T1: { target: 'RENEWING', actions: 'begin an exchange' },
        // A T1 so close to T2 that both have passed at once.
        T2: { target: 'REBINDING', actions: 'begin an exchange' },
        ...WHILE_LEASED,
      },
    },
    RENEWING: {
      entry: ['send REQUEST to the server', 'count the message'],
      after: { 'half of what is left until T2': { target: 'RENEWING', reenter: true } },
      on: {
        ...WHEN_EXTENDED,
        T2: { target: 'REBINDING', actions: 'begin an exchange' },
        ...WHILE_LEASED,
      },
    },
    REBINDING: {
      entry: ['send REQUEST to everyone', 'count the message'],
      after: { 'half of what is left of the lease': { target: 'REBINDING', reenter: true } },
      on: {
        ...WHEN_EXTENDED,
        ...WHILE_LEASED,
      },
    },
  },
})
